from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from agencies.access import visible_agencies
from reports.forms import RankingForm
from reports.notes import badges, warnings
from reports.selectors.nights import latest
from reports.selectors.overview import field_names
from reports.selectors.ranking import ranking
from reports.tables import Lists, RankingTable
from ui.htmx import wants_fragment


@require_GET
@vary_on_headers("HX-Request")
def ranking_page(request: HttpRequest) -> HttpResponse:
    """Every unit the caller may see, by its overdue dossiers."""
    form = RankingForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/ranking.html", {"form": form}, status=422)
    as_of = form.cleaned_data["ngay"] or latest()
    if as_of is None:
        return render(request, "reports/no_figures.html")
    agencies, filters = visible_agencies(caller(request)), form.filters()
    form.offer_fields(field_names(agencies=agencies, as_of=as_of))
    found = ranking(agencies=agencies, as_of=as_of, **filters)
    page: dict[str, object] = {"form": form, "as_of": as_of, "ranking": found}
    if found.known:
        table = RankingTable(found, Lists(as_of, **filters), order=form.cleaned_data["sap_xep"], query=request.GET)
        page |= {"table": table, "badges": badges(found), "warnings": warnings(found)}
    return render(request, "reports/_ranking.html" if wants_fragment(request) else "reports/ranking.html", page)
