"""Doors to the reviews of responsibility: units by written criteria, one unit's facts, files of them, the criteria."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.documents import KINDS, Heading, candidates_workbook, officers_text
from accountability.forms import CriteriaForm
from accountability.selectors import candidates, criteria_in_force, criteria_versions, pack
from accountability.sentences import BASIS, DISCLAIMER, NAMES
from accountability.services import LIMITS, criteria_decide, file_made
from accounts.caller import caller, signature
from accounts.models import User
from agencies.access import agency_or_404, answers_for, can, require
from agencies.models import Agency
from agencies.rules import Capability
from dossiers.selectors.dossiers import Listing, listing
from dossiers.selectors.runs import days_known
from kontum_tthc import clock
from reports.forms import DayForm
from reports.views.first_run import no_figures
from ui.workbook import XLSX

SHOWN = 50


@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    user = caller(request)
    require(user, Capability.SEE_REVIEWS)
    return _of_a_day(request, _("Hồ sơ kiểm điểm"), "accountability/list.html", lambda night: _list_page(user, night))


def _list_page(user: User, night: Listing) -> dict[str, object]:
    criteria = criteria_in_force()
    found = candidates(user=user, night=night, criteria=criteria)
    considered = [one for one in found if one.considered]
    return {"criteria": criteria, "considered": considered, "others": found[len(considered) :]}


@require_GET
def review_pack(request: HttpRequest, code: str) -> HttpResponse:
    """The office and the inspectors see any unit's, a head what is said of a unit of theirs."""
    _user, agency = _unit(request, code)
    return _of_a_day(request, agency.name, "accountability/pack.html", lambda night: _pack_page(agency, night))


def _pack_page(agency: Agency, night: Listing) -> dict[str, object]:
    criteria = criteria_in_force()
    found = pack(agency=agency, night=night, criteria=criteria)
    return {"criteria": criteria, "pack": found, "first": found.late[:SHOWN], "officers_text": officers_text(found)}


def _of_a_day(request: HttpRequest, title: str, template: str, content: Callable[[Listing], dict[str, object]]) -> HttpResponse:
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, template, {"form": form, "title": title}, status=422)
    days = days_known()
    if days is None:
        return no_figures(request, title)
    form.offer_days(days)
    as_of = form.cleaned_data["ngay"] or days[1]
    page: dict[str, object] = {"form": form, "title": title, "as_of": as_of, "days": days}
    if night := listing(as_of):
        page |= {"seal": night.seal, "basis": BASIS, "disclaimer": DISCLAIMER, "names": NAMES} | content(night)
        page |= {"preparing": can(caller(request), Capability.PREPARE_REVIEWS)}
    return render(request, template, page)


@require_POST
def review_file(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """One unit's facts as a file; taking it away is put on record."""
    user, agency = _unit(request, code)
    require(user, Capability.PREPARE_REVIEWS)
    content_type, write = KINDS[kind]
    night, heading = _heading(request, user)
    content = write(pack(agency=agency, night=night, criteria=heading.criteria), heading)
    return _file(content, f"ho-so-kiem-diem-{code}-{heading.as_of}.{kind}", content_type, code, heading, user)


@require_POST
def review_all_file(request: HttpRequest) -> HttpResponseBase:
    user = caller(request)
    require(user, Capability.PREPARE_REVIEWS)
    night, heading = _heading(request, user)
    content = candidates_workbook(candidates(user=user, night=night, criteria=heading.criteria), heading)
    return _file(content, f"ho-so-kiem-diem-{heading.as_of}.xlsx", XLSX, "", heading, user)


def _heading(request: HttpRequest, user: User) -> tuple[Listing, Heading]:
    form = DayForm(request.POST)
    night = listing(form.cleaned_data["ngay"]) if form.is_valid() else None
    if night is None:
        raise Http404
    return night, Heading(night.run.as_of, night.seal, criteria_in_force(), signature(user), clock.now())


def _file(content: bytes, name: str, content_type: str, agency: str, heading: Heading, user: User) -> FileResponse:
    file_made(
        content=content, name=name, agency=agency, as_of=heading.as_of, seal=heading.seal, criteria=heading.criteria, user=user
    )
    return FileResponse(iter([content]), as_attachment=True, filename=name, content_type=content_type)


def _unit(request: HttpRequest, code: str) -> tuple[User, Agency]:
    user = caller(request)
    agency = agency_or_404(user, code)
    if not can(user, Capability.SEE_REVIEWS) and not (can(user, Capability.EXPLAIN) and answers_for(user, agency)):
        raise PermissionDenied
    return user, agency


@require_http_methods(["GET", "POST"])
def review_criteria(request: HttpRequest) -> HttpResponse:
    """The criteria in force and all versions before; the office decides on a new one."""
    user = caller(request)
    require(user, Capability.SEE_REVIEWS)
    held = criteria_in_force()
    if request.method == "POST":
        require(user, Capability.PREPARE_REVIEWS)
        form = CriteriaForm(request.POST)
        if form.is_valid() and _decided(form, user):
            return redirect("accountability:criteria")
    else:
        form = CriteriaForm(initial={name: getattr(held, name) for name in LIMITS})
    page = {
        "form": form,
        "held": held,
        "versions": criteria_versions(),
        "preparing": can(user, Capability.PREPARE_REVIEWS),
        "basis": BASIS,
    }
    return render(request, "accountability/criteria.html", page, status=422 if form.errors else 200)


def _decided(form: CriteriaForm, user: User) -> bool:
    limits = {name: form.cleaned_data[name] for name in LIMITS}
    try:
        criteria_decide(limits=limits, reason=form.cleaned_data["reason"], user=user, now=clock.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
