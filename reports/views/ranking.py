from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller
from reports.forms import RankingForm
from reports.fragments import ranking_fragment
from reports.selectors.nights import latest
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
    order = form.cleaned_data["sap_xep"]
    fragment = ranking_fragment(user=caller(request), as_of=as_of, filters=form.filters(), order=order, words=form.words())
    if wants_fragment(request):
        return HttpResponse(fragment.html)
    form.offer_fields(fragment.fields)
    return render(request, "reports/ranking.html", {"form": form, "as_of": as_of, "fragment": fragment.html})
