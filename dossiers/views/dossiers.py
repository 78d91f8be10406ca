"""Doors to the dossiers: the list of a date, one dossier, its applicant's name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import visible_agencies
from agencies.selectors import agencies_on
from dossiers.filters import DossierFilter
from dossiers.selectors.dossiers import dossiers_listed, fields_counted, night_of
from dossiers.selectors.runs import latest_run
from dossiers.selectors.states import Day
from dossiers.tables import LIST_VALUES, DossierTable
from kontum_tthc import clock
from ui.htmx import wants_fragment
from worktime.selectors import calendar


def asked_date(query: QueryDict) -> date | None:
    """``?ngay=``; None when absent or unreadable (the filter form then says so)."""
    try:
        found: date | None = DateField(required=False).clean(query.get("ngay", ""))
    except ValidationError:
        return None
    return found


@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    user, asked = caller(request), asked_date(request.GET)
    run = night_of(asked)
    if run is None:
        empty = {"as_of": asked or clock.today(), "latest": latest_run()}
        return render(request, "dossiers/list_empty.html", empty)
    working = calendar()
    chosen = DossierFilter(
        request.GET,
        dossiers_listed(user=user, run=run),
        day=Day.of(run.as_of, working),
        agencies=(visible_agencies(user) & agencies_on(run.as_of)).values_list("code", "name"),
        fields=fields_counted(run.as_of),
    )
    if not chosen.is_valid():
        return render(request, "dossiers/list.html", {"filter": chosen, "run": run}, status=422)
    rows = chosen.qs.values_list(*LIST_VALUES, named=True)
    table = DossierTable(rows, as_of=run.as_of, calendar=working).configured(request)
    page = {"filter": chosen, "run": run, "table": table, "caption": _("Danh sách hồ sơ")}
    return render(request, "dossiers/_list.html" if wants_fragment(request) else "dossiers/list.html", page)
