from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import agency_or_404, answers_for, can, visible_agencies
from agencies.models import Agency
from agencies.rules import Capability
from agencies.selectors import agencies_in, units_given
from directives.selectors.explained import explained_counts, together
from directives.selectors.unit import unit_letters
from dossiers.models import SweepRun
from dossiers.selectors.dossiers import night_of
from dossiers.selectors.runs import days_known, latest_day, latest_run, nights_told
from journal.selectors import night_seal
from kontum_tthc import clock
from reports.charts import trend_chart
from reports.forms import ScopeForm
from reports.notes import badges, warnings
from reports.selectors.desk import desk
from reports.selectors.overview import headlines, known_of, movement
from reports.selectors.ranking import Ranking, ranking
from reports.selectors.trend import trend
from reports.selectors.unit import backlog, letters, place
from reports.selectors.worklist import worklist
from reports.tables import Lists, RankingTable
from reports.views.first_run import no_figures
from worktime.selectors import calendar

UNITS = ("rank", "name", "old", "new", "total", "day", "ages", "spark")


@require_GET
def agency_page(request: HttpRequest, code: str) -> HttpResponse:
    """One unit, alone or with all under it; outside the caller's units it is missing."""
    user = caller(request)
    agency, form = agency_or_404(user, code), ScopeForm(request.GET)
    page: dict[str, object] = {"agency": agency, "form": form}
    form.offer_days(days_known())
    if not form.is_valid():
        return render(request, "reports/agency.html", page, status=422)
    run, scope = night_of(form.cleaned_data["ngay"]), form.cleaned_data["pham_vi"]
    as_of = form.cleaned_data["ngay"] or (run.as_of if run else None)
    if as_of is None:
        return no_figures(request, agency.name)
    units = agencies_in(agency, scope)
    found, lists = ranking(agencies=units, as_of=as_of), Lists(as_of, scope, unit=agency.code)
    page |= {"words": form.words(), "as_of": as_of, "ranking": found, "lists": lists, "letters": letters(agency, as_of=as_of)}
    page |= {"own": Lists(as_of, unit=agency.code), "place": place(agency, sight=visible_agencies(user), on=as_of)}
    if run:
        page |= _figures(found, units, run) | _demanded(agency, run)
        page["explained"] = together(explained_counts(agencies=units, as_of=run.as_of).values())
        mine = answers_for(user, agency)
        page |= {"mine": mine, "scope": scope, "seal": night_seal(run.as_of)}
        page["reviewable"] = can(user, Capability.SEE_REVIEWS) or (mine and can(user, Capability.EXPLAIN))
        page["table"] = RankingTable(found, lists, columns=UNITS) if scope == "area" else None
    return render(request, "reports/agency.html", page)


@require_GET
def agency_worklist(request: HttpRequest, code: str) -> HttpResponse:
    """The day's work of a unit, or of each unit of its area, as sheets to print."""
    agency, form = agency_or_404(caller(request), code), ScopeForm(request.GET)
    run = night_of(form.cleaned_data["ngay"]) if form.is_valid() else None
    if run is None:  # the unit's page says what is missing
        return redirect(f"{reverse('reports:agency', args=[code])}?{request.GET.urlencode()}")
    units = agencies_in(agency, form.cleaned_data["pham_vi"])
    known, today = known_of(units, run), _today(run)
    found = worklist(agency=agency, units=units, known=known, as_of=run.as_of, today=today, calendar=calendar())
    page: dict[str, object] = {"agency": agency, "worklist": found, "words": form.words(), "form": form}
    page |= {"systems": nights_told([run])[0].systems, "seal": night_seal(run.as_of)}
    return render(request, "reports/worklist.html", page)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """To the unit the caller was given; where there are several, or none, to a page that says so."""
    user = caller(request)
    units = list(units_given(user))
    if len(units) == 1:
        return redirect("reports:agency", units[0].code)
    run = latest_run()
    if run is None:
        return no_figures(request, _("Việc của tôi"))
    found = ranking(agencies=units_given(user), as_of=run.as_of)
    table = RankingTable(found, Lists(run.as_of), columns=UNITS) if units else None
    return render(request, "reports/mine.html", {"units": units, "ranking": found, "as_of": run.as_of, "table": table})


def _today(run: SweepRun) -> date | None:
    """The present date, if there are no newer figures: a past night's work was that day's."""
    return clock.today() if run.as_of == latest_day() else None


def _demanded(agency: Agency, run: SweepRun) -> dict[str, object]:
    known = known_of(agencies_in(agency, "own"), run)
    return {"unit_letters": unit_letters(agency=agency, known=known, as_of=run.as_of, calendar=calendar())}


def _figures(found: Ranking, units: QuerySet[Agency], run: SweepRun) -> dict[str, object]:
    known, working = known_of(units, run), calendar()
    return {
        "badges": badges(found),
        "warnings": warnings(found),
        "desk": desk(known=known, as_of=run.as_of, today=_today(run), calendar=working),
        "headlines": headlines(agencies=units, ranking=found),
        "movement": movement(known=known, as_of=run.as_of),
        "trend": trend_chart(trend(agencies=units, as_of=found.as_of)),
        "backlog": backlog(known=known, as_of=run.as_of, calendar=working),
    }
