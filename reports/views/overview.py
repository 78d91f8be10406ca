from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import visible_agencies
from agencies.models import Agency
from dossiers.selectors.dossiers import night_of
from reports.charts import trend_chart
from reports.forms import DayForm
from reports.notes import badges, warnings
from reports.selectors.overview import fields, headlines, known_of, levels, movement
from reports.selectors.ranking import ranking
from reports.selectors.trend import trend
from reports.tables import LEADERS, Lists, RankingTable

TOP = 10


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The province, or the units the caller answers for."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/overview.html", {"form": form}, status=422)
    run = night_of(form.cleaned_data["ngay"])
    as_of = form.cleaned_data["ngay"] or (run.as_of if run else None)
    if as_of is None:
        return render(request, "reports/no_figures.html")
    agencies = visible_agencies(caller(request))
    found = ranking(agencies=agencies, as_of=as_of)
    page: dict[str, object] = {"form": form, "words": form.words(), "as_of": as_of, "ranking": found}
    if run:
        lists = Lists(as_of)
        page |= {
            "lists": lists,
            "badges": badges(found),
            "warnings": warnings(found),
            "headlines": headlines(agencies=agencies, ranking=found),
            "movement": movement(known=known_of(agencies, run), as_of=run.as_of),
            "trend": trend_chart(trend(agencies=agencies, as_of=as_of)),
            "table": RankingTable(found, lists, columns=LEADERS, most=TOP),
            "levels": [(Agency.Level(level).label, held, Lists(as_of, level=level)) for level, held in levels(found)],
            "fields": fields(agencies=agencies, as_of=as_of),
        }
    return render(request, "reports/overview.html", page)
