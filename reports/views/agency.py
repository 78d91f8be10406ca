from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import agency_or_404, visible_agencies
from agencies.models import Agency
from agencies.selectors import agencies_in
from dossiers.models import SweepRun
from dossiers.selectors.dossiers import night_of
from reports.charts import trend_chart
from reports.forms import ScopeForm
from reports.notes import badges, warnings
from reports.selectors.overview import headlines, known_of, movement
from reports.selectors.ranking import Ranking, ranking
from reports.selectors.trend import trend
from reports.selectors.unit import backlog, letters, place
from reports.tables import SHORT, Lists, RankingTable
from worktime.selectors import calendar


@require_GET
def agency_page(request: HttpRequest, code: str) -> HttpResponse:
    """One unit, alone or with all under it; outside the caller's units it is missing."""
    agency = agency_or_404(caller(request), code)
    form = ScopeForm(request.GET)
    page: dict[str, object] = {"agency": agency, "form": form}
    if not form.is_valid():
        return render(request, "reports/agency.html", page, status=422)
    run, scope = night_of(form.cleaned_data["ngay"]), form.cleaned_data["pham_vi"]
    as_of = form.cleaned_data["ngay"] or (run.as_of if run else None)
    if as_of is None:
        return render(request, "reports/no_figures.html")
    units = agencies_in(agency, scope)
    found, lists = ranking(agencies=units, as_of=as_of), Lists(as_of, scope, unit=agency.code)
    page |= {"words": form.words(), "as_of": as_of, "ranking": found, "lists": lists, "letters": letters(agency)}
    page |= {"own": Lists(as_of, unit=agency.code), "place": place(agency, sight=visible_agencies(caller(request)), on=as_of)}
    if run:
        page |= _figures(found, units, run)
        page["table"] = RankingTable(found, lists, columns=SHORT) if scope == "area" else None
    return render(request, "reports/agency.html", page)


def _figures(found: Ranking, units: QuerySet[Agency], run: SweepRun) -> dict[str, object]:
    known = known_of(units, run)
    return {
        "badges": badges(found),
        "warnings": warnings(found),
        "headlines": headlines(agencies=units, ranking=found),
        "movement": movement(known=known, as_of=run.as_of),
        "trend": trend_chart(trend(agencies=units, as_of=found.as_of)),
        "backlog": backlog(known=known, as_of=run.as_of, calendar=calendar()),
    }
