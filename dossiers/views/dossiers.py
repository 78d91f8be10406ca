"""Doors to the dossiers: the list of a date, one dossier, its applicant's name."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller, signature
from accounts.models import SavedView, User
from accounts.selectors import saved_views
from agencies.access import can, require, sight
from agencies.rules import Capability
from dossiers.documents import LIST_MOST, list_answer
from dossiers.dues import due_dates
from dossiers.filters import DossierFilter
from dossiers.first_run import first_run
from dossiers.forms import RevealForm
from dossiers.rules.privacy import mask_name
from dossiers.selectors.dossiers import Listing, dossier_or_404, dossiers_listed, fields_offered, listing, units_offered
from dossiers.selectors.explain import dossier_explanation
from dossiers.selectors.history import dossier_sightings, dossier_timeline, told_by
from dossiers.selectors.outlived import lists_standing_on
from dossiers.selectors.runs import latest_run
from dossiers.services.personal import applicant_reveal, names_taken_away
from dossiers.tables import DossierTable
from kontum_tthc import clock
from ui.addresses import PAGE
from ui.asked import sentence
from ui.htmx import wants_fragment
from ui.kept import kept
from worktime.selectors import calendar


def asked_date(query: QueryDict) -> date | None:
    """``?ngay=``; None when absent or unreadable (the filter form then says so)."""
    try:
        found: date | None = DateField(required=False).clean(query.get("ngay", ""))
    except ValidationError:
        return None
    return found


class Part(NamedTuple):
    """What of the page is nobody's own: the filter as it was asked and printed, and the list; none for a wrong question."""

    bar: SafeString
    more: SafeString
    narrowed: bool
    hidden_errors: list[str]
    question: str = ""
    list: SafeString | None = None


@require_GET
@vary_on_headers("HX-Request")
def dossier_list(request: HttpRequest) -> HttpResponse:
    user, asked = caller(request), asked_date(request.GET)
    night = listing(asked)
    if night is None:
        latest = latest_run()
        empty = {"as_of": asked, "latest": latest, "first_run": None if latest else first_run(user)}
        return render(request, "dossiers/list_empty.html", empty)
    key = ("dossiers", sight(user), night.run.as_of, request.GET.urlencode())
    part = kept(lambda: _part(request, user, night), version=night.version, key=key)
    if not part.list:
        return render(request, "dossiers/list.html", {"filter": part}, status=422)
    saved = saved_views(user=user, page=SavedView.Page.DOSSIERS, query=part.question)
    page = {"filter": part, "list": part.list, "saved": saved}
    return render(request, "dossiers/_list.html" if wants_fragment(request) else "dossiers/list.html", page)


def _part(request: HttpRequest, user: User, night: Listing) -> Part:
    chosen = _filter(request, user, night)
    if not chosen.is_valid():
        return Part(chosen.bar, chosen.more, chosen.narrowed, chosen.hidden_errors)
    return Part(chosen.bar, chosen.more, chosen.narrowed, [], chosen.question, _found(request, chosen, night))


def _filter(request: HttpRequest, user: User, night: Listing) -> DossierFilter:
    mine, units = dossiers_listed(user=user, listing=night), units_offered(user=user, listing=night)
    fields = fields_offered(user=user, listing=night)
    return DossierFilter(request.GET, mine, listing=night, units=units, fields=fields, offer=DossierTable.offer())


def _found(request: HttpRequest, chosen: DossierFilter, night: Listing) -> SafeString:
    table = DossierTable(chosen.qs, chosen.columns, listing=night).configured(request)
    page = {
        "table": table,
        "as_of": night.run.as_of,
        "seal": night.seal,
        "caption": _("Danh sách hồ sơ"),
        "asked": chosen.asked,
        "menu": DossierTable.offer().menu(chosen.columns, table.query),
        "shape": chosen.shape,
        "most": LIST_MOST,
        "download": reverse("dossiers:download") + table.address(**{PAGE: None}),
    }
    return render_to_string("dossiers/_rows.html", page)


@require_POST
def dossier_download(request: HttpRequest) -> HttpResponseBase:
    """The whole list as the address asks for it, as a file. A POST: names of people leaving are put on record."""
    user, night = caller(request), listing(asked_date(request.GET))
    if night is None:
        return redirect(f"{reverse('dossiers:list')}?{request.GET.urlencode()}")  # which says what is missing
    chosen = _filter(request, user, night)
    if not chosen.is_valid():
        return render(request, "dossiers/list.html", {"filter": chosen}, status=422)
    table = DossierTable(chosen.qs, chosen.columns, listing=night).ordered(request)
    told = sentence(chosen.asked)
    answer, rows = list_answer(table, listing=night, conditions=told, reader=signature(user), now=clock.now())
    if table.personal:
        names_taken_away(user=user, as_of=night.run.as_of, rows=rows, conditions=told, columns=table.chosen)
    return answer


@require_GET
def dossier_detail(request: HttpRequest, system: str, code: str) -> HttpResponse:
    user = caller(request)
    dossier = dossier_or_404(user=user, system=system, code=code)
    latest, masked = latest_run(), mask_name(dossier.applicant)
    as_of = asked_date(request.GET) or (latest.as_of if latest else clock.today())
    working = calendar()
    explained = dossier_explanation(dossier, as_of, working)
    past, later = told_by(dossier_timeline(dossier), as_of)
    page = {
        "dossier": dossier,
        "explained": explained,
        "dues": due_dates(explained.facts, working),
        "sightings": dossier_sightings(dossier),
        "letters": lists_standing_on(dossier, as_of),
        "past": past,
        "later": later,
        "may_reveal": can(user, Capability.REVEAL_PERSONAL) and masked != dossier.applicant,
        "masked": masked,
    }
    return render(request, "dossiers/detail.html", page)


@require_POST
def applicant(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """The applicant's full name, for a stated reason."""
    user = caller(request)
    dossier = dossier_or_404(user=user, system=system, code=code)
    require(user, Capability.REVEAL_PERSONAL)
    form = RevealForm(request.POST)
    if not form.is_valid():
        page = {"dossier": dossier, "form": form, "may_reveal": True, "masked": mask_name(dossier.applicant)}
        return render(request, "dossiers/_applicant.html", page, status=422)
    name = applicant_reveal(dossier=dossier, user=user, reason=form.cleaned_data["reason"])
    return render(request, "dossiers/_applicant.html", {"dossier": dossier, "name": name})
