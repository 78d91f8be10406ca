from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.caller import caller
from agencies.access import can, sight, visible_agencies
from agencies.models import Agency
from agencies.rules import Capability
from dossiers.selectors.dossiers import night_of
from dossiers.selectors.runs import days_known, latest_run
from journal.selectors import head, night_seal
from kontum_tthc import clock
from reports.charts import trend_chart
from reports.forms import OverviewForm
from reports.notes import badges, warnings
from reports.rules.ranking import EVERYONE, Figures
from reports.selectors.movers import balances
from reports.selectors.overnight import overnight
from reports.selectors.overview import fields, headlines, known_of, levels, movements
from reports.selectors.ranking import Ranking, ranking
from reports.selectors.tiles import tile_map
from reports.selectors.trend import trend
from reports.tables import Lists
from reports.todo import todo
from reports.verdict import verdict
from reports.views.first_run import no_figures
from ui.kept import kept

LEADERS, BESIDE = 10, 8  # units named in a list
HALF = 5  # fields in one column before a second one begins


class Parts(NamedTuple):
    """What of the page is nobody's own: the words under the title, the figures, all the rest (empty without figures)."""

    lede: str
    answer: SafeString
    rest: str = ""


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The province, or the units the caller answers for."""
    user, form = caller(request), OverviewForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/overview.html", {"form": form}, status=422)
    newest = latest_run()
    if newest is None:
        return no_figures(request, _("Tổng quan"))
    form.offer_days(days_known())
    as_of, scope = form.cleaned_data["ngay"] or newest.as_of, form.cleaned_data["pham_vi"]
    whole = can(user, Capability.SEE_PROVINCE)
    version, key = head(), ("overview", sight(user), as_of, scope)
    parts = kept(lambda: _parts(visible_agencies(user), as_of, scope, whole), version=version, key=key)
    page: dict[str, object] = {"form": form, "as_of": as_of, "newest": newest.as_of, "parts": parts}
    if as_of == newest.as_of:
        page["todo"] = todo(user=user, run=newest, now=clock.now(), version=version)
        page["behind"] = (clock.last_ended_day() - newest.as_of).days
    return render(request, "reports/overview.html", page)


def _parts(agencies: QuerySet[Agency], as_of: date, scope: str, whole: bool) -> Parts:
    found, run = ranking(agencies=agencies, as_of=as_of), night_of(as_of)
    words = {"pham_vi": scope} if scope != "own" else {}
    page: dict[str, object] = {"as_of": as_of, "ranking": found, "words": words, "lists": Lists(as_of)}
    if run is None:
        return Parts("", render_to_string("reports/_no_night.html", page))
    known = known_of(agencies, run)
    turned = movements(known=known, as_of=as_of)
    page |= {
        "seal": night_seal(as_of),
        "badges": badges(found),
        "warnings": warnings(found),
        "verdict": verdict(found, whole_province=whole),
        "headlines": headlines(agencies=agencies, ranking=found),
        "movements": turned,
        "movement": turned[EVERYONE.pk],
        "overnight": overnight(known=known, as_of=as_of),
    }
    page |= _by_unit(agencies, found, scope) | _over_time_and_kind(agencies, found)
    names = ("reports/_verdict.html", "reports/_answer.html", "reports/_morning.html")
    return Parts(*(render_to_string(name, page) for name in names))


def _by_unit(agencies: QuerySet[Agency], found: Ranking, scope: str) -> dict[str, object]:
    wide = ranking(agencies=agencies, as_of=found.as_of, scope="area", level=Agency.Level.DISTRICT)
    tiles = tile_map(own=found, area=wide, scope=scope)
    return {
        "leaders": found.rows[:LEADERS],
        "balances": balances(agencies=agencies, ranking=found),
        "map": tiles,
        "beside": tiles.beside[:BESIDE] if tiles else (),
    }


def _over_time_and_kind(agencies: QuerySet[Agency], found: Ranking) -> dict[str, object]:
    as_of = found.as_of
    return {
        "trend": trend_chart(trend(agencies=agencies, as_of=as_of)),
        "levels": [(Agency.Level(level).label, held, Lists(as_of, level=level)) for level, held in levels(found)],
        "fields": _columns(fields(agencies=agencies, as_of=as_of)),
    }


def _columns(rows: list[tuple[str, Figures]]) -> list[list[tuple[str, Figures]]]:
    """One column, or two of equal length where one would be long."""
    half = -(-len(rows) // 2) if len(rows) > HALF else len(rows)
    return [rows[:half], rows[half:]] if rows[half:] else [rows]
