from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.caller import caller, signature
from accounts.models import SavedView
from accounts.selectors import saved_views
from agencies.access import sight, visible_agencies
from agencies.models import Agency
from dossiers.selectors.runs import days_known, latest_day
from journal.selectors import head, night_seal
from kontum_tthc import clock
from reports.columns import OFFER
from reports.forms import RankingForm
from reports.notes import badges, warnings
from reports.selectors.overview import field_names
from reports.selectors.ranking import Ranking, ranking
from reports.tables import Lists, RankingTable
from reports.views.first_run import no_figures
from reports.workbooks import ranking_answer
from ui.addresses import address
from ui.asked import sentence
from ui.htmx import wants_fragment
from ui.kept import kept


@require_GET
@vary_on_headers("HX-Request")
def ranking_page(request: HttpRequest) -> HttpResponse:
    """Every unit the caller may see, by its overdue dossiers."""
    user, form = caller(request), RankingForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/ranking.html", {"form": form}, status=422)
    days = days_known()
    if days is None:
        return no_figures(request, _("Xếp hạng đơn vị"))
    form.offer_days(days)
    as_of = form.cleaned_data["ngay"] or days[1]
    key = ("ranking", sight(user), as_of, sorted(form.words().items()))
    found, fields = kept(lambda: _ranked(visible_agencies(user), as_of, form), version=head(), key=key)
    form.offer_fields(fields, agencies=visible_agencies(user))
    if form.errors:
        return render(request, "reports/ranking.html", {"form": form}, status=422)
    saved = saved_views(user=user, page=SavedView.Page.RANKING, query=urlencode(form.words()))
    page = {"form": form, "as_of": as_of, "ranking": found, "saved": saved}
    return render(request, "reports/_ranking.html" if wants_fragment(request) else "reports/ranking.html", page)


def _ranked(agencies: QuerySet[Agency], as_of: date, form: RankingForm) -> tuple[SafeString, list[str]]:
    """The table as the page prints it, and the fields that have figures on that date."""
    found, words = _asked(agencies, as_of, form), form.words()
    page: dict[str, object] = {"as_of": as_of, "ranking": found, "words": words, "asked": form.asked()}
    if found.known:
        page |= {"table": _table(found, form), "menu": OFFER.menu(form.cleaned_data["cot"], words)}
        page |= {"download": reverse("reports:ranking_download") + address(words)}
        page |= {"badges": badges(found), "warnings": warnings(found), "seal": night_seal(as_of)}
    return render_to_string("reports/_ranked.html", page), field_names(agencies=agencies, as_of=as_of)


def _asked(agencies: QuerySet[Agency], as_of: date, form: RankingForm) -> Ranking:
    found = ranking(agencies=agencies, as_of=as_of, explained=form.explained, **form.filters())
    return found.named(form.words().get("q", ""))


def _table(found: Ranking, form: RankingForm) -> RankingTable:
    columns, order, lists = form.cleaned_data["cot"], form.cleaned_data["sap_xep"], Lists(found.as_of, **form.filters())
    return RankingTable(found, lists, columns=columns, order=order, words=form.words())


@require_GET
def ranking_download(request: HttpRequest) -> HttpResponseBase:
    """The ranking as the address asks for it, as a file; it names no person."""
    user, form = caller(request), RankingForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/ranking.html", {"form": form}, status=422)
    as_of = form.cleaned_data["ngay"] or latest_day()
    found = _asked(visible_agencies(user), as_of, form) if as_of else None
    if as_of is None or found is None or not found.known:
        return redirect(f"{reverse('reports:ranking')}?{urlencode(form.words())}")  # which says what is missing
    form.offer_fields((), agencies=visible_agencies(user))
    if form.errors:
        return render(request, "reports/ranking.html", {"form": form}, status=422)
    told = {"conditions": sentence(form.asked()), "reader": signature(user), "seal": night_seal(as_of)}
    return ranking_answer(_table(found, form), now=clock.now(), **told)
