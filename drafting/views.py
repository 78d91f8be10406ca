"""Doors to drafting: what a letter would say, making it, taking it again, its template."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import caller
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from directives.models import Directive
from dossiers.selectors.dossiers import Listing, listing
from dossiers.selectors.runs import days_known
from drafting.forms import DraftForm, TemplateForm
from drafting.models import MadeDraft
from drafting.rendering import TemplateUnfitError
from drafting.selectors import (
    FiguresError,
    UnitFigures,
    drafts_made,
    letters_before,
    template_in_use,
    template_versions,
    units_overdue,
)
from drafting.services import draft_make, template_bytes, template_put
from drafting.template import VARIABLES
from kontum_tthc import clock
from reports.forms import DayForm
from reports.views.first_run import no_figures
from ui.wordfile import DOCX

NAMED, WORKING_DAYS, SHOWN = 2, 10, 20


def _office(request: HttpRequest) -> User:
    user = caller(request)
    require(user, Capability.MANAGE_LETTERS)
    return user


@require_http_methods(["GET", "POST"])
def drafting(request: HttpRequest) -> HttpResponseBase:
    """The letter of a day. A draft that was made comes as a file; it is kept and listed below."""
    user, days, chosen = _office(request), days_known(), DayForm(request.GET)
    if days is None:
        return no_figures(request, _("Soạn công văn"))
    chosen.offer_days(days)
    page: dict[str, Any] = {
        "day_form": chosen,
        "form": chosen,
        "days": days,
        "made": drafts_made()[:SHOWN],
    }
    if not chosen.is_valid():
        return render(request, "drafting/page.html", page, status=422)
    as_of = chosen.cleaned_data["ngay"] or days[1]
    night = listing(as_of)
    page |= {"as_of": as_of, "night": night}
    if night is None:
        return render(request, "drafting/page.html", page)
    units, letters = units_overdue(as_of), letters_before(clock.today())
    offered: dict[str, Any] = {"units": units, "letters": letters, "as_of": as_of, "calendar": night.calendar}
    if request.method == "POST":
        form = DraftForm(request.POST, **offered)
        if form.is_valid() and (made := _made(form, night, user)):
            return _file(made)
    else:
        form = DraftForm(initial=_proposed(night, units, letters), **offered)
    page |= {"draft": form, "units": units, "letters": letters, "seal": night.seal}
    page |= {"named": form["don_vi"].value() or [], "cited": form["van_ban"].value() or []}
    return render(request, "drafting/page.html", page, status=422 if form.errors else 200)


def _proposed(night: Listing, units: Sequence[UnitFigures], letters: Sequence[Directive]) -> dict[str, object]:
    """The letter's way: the units with most, every letter before it, ten working days."""
    as_of = night.run.as_of
    before = [one.issued_on for one in letters if one.issued_on < as_of]
    return {
        "don_vi": [one.agency.code for one in units[:NAMED]],
        "van_ban": [one.slug for one in letters],
        "trich_yeu": "giải quyết dứt điểm hồ sơ thủ tục hành chính quá hạn",
        "han": night.calendar.add_working_days(as_of, WORKING_DAYS),
        "tu_ngay": before[-1] if before else as_of.replace(day=1),
    }


def _made(form: DraftForm, night: Listing, user: User) -> MadeDraft | None:
    said = form.cleaned_data
    try:
        return draft_make(
            night=night,
            codes=said["don_vi"],
            cited=form.cited,
            subject=said["trich_yeu"],
            due_on=said["han"],
            since=said["tu_ngay"],
            user=user,
            now=clock.now(),
        )
    except (FiguresError, TemplateUnfitError) as error:
        form.add_error(None, str(error))
        return None


@require_GET
def draft_again(request: HttpRequest, pk: int) -> FileResponse:
    """The same bytes as when it was made."""
    _office(request)
    return _file(get_object_or_404(drafts_made(), pk=pk))


def _file(made: MadeDraft) -> FileResponse:
    name = f"du-thao-{made.pk}-{made.run.as_of}.docx"
    return FileResponse(made.file.open("rb"), as_attachment=True, filename=name, content_type=DOCX)


@require_http_methods(["GET", "POST"])
def template_page(request: HttpRequest) -> HttpResponse:
    user, form = _office(request), TemplateForm()
    if request.method == "POST":
        form = TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            template_put(content=form.cleaned_data["tep"].read(), user=user, now=clock.now())
        except TemplateUnfitError as error:
            form.add_error("tep", str(error))
        else:
            messages.success(request, _("Mẫu mới được dùng từ bây giờ."))
            return redirect("drafting:template")
    page = {"form": form, "in_use": template_in_use(), "versions": template_versions()[:SHOWN], "variables": VARIABLES}
    return render(request, "drafting/template.html", page, status=422 if form.errors else 200)


@require_POST
def template_reset(request: HttpRequest) -> HttpResponse:
    """Back to the built-in one."""
    user = _office(request)
    if template_in_use():
        template_put(content=b"", user=user, now=clock.now())
        messages.success(request, _("Đã trở về mẫu có sẵn."))
    return redirect("drafting:template")


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The template in use, to be edited in Word."""
    _office(request)
    answer = HttpResponse(template_bytes(template_in_use()), content_type=DOCX)
    answer["Content-Disposition"] = 'attachment; filename="mau-cong-van.docx"'
    return answer
