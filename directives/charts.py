"""What a letter's page draws: the burn-down of its lists, and the chain it belongs to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives.models import Directive
from directives.selectors.following import DayFlow
from directives.selectors.letters import ChainLink
from ui.charts import Chart, Mark, Series

COLUMN, RISE = 100, 7.5  # a letter's width in the drawing, and the drawing's height per letter
HEAD = 2.5  # room for a letter's dot under the arrow's head


def burn_down(days: Sequence[DayFlow], directive: Directive) -> Chart:
    """Each bar is the whole backlog of a day: what is left of the list below, what came beside it on top."""
    shown = [day.as_of for day in days]
    return Chart(
        key="danh-sach",
        title=_("Hồ sơ quá hạn từng ngày: còn lại trong danh sách và mới phát sinh"),
        labels=shown,
        series=[
            Series(_("Trong danh sách"), "late", [day.flow.remaining for day in days]),
            Series(_("Mới phát sinh"), "age-10", [day.flow.inflow for day in days]),
        ],
        marks=[Mark(directive.issued_on, directive.reference)] if directive.issued_on in shown else [],
        kind="bar",
        stacked=True,
    )


@dataclass(frozen=True, slots=True)
class Arc:
    """A citation as an SVG path from the citing letter back to the cited one."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Station:
    """A letter of the chain; ``old`` and ``new`` in hundredths of the chain's largest total, as SVG writes numbers."""

    link: ChainLink
    cites: tuple[str, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChainGraph:
    stations: tuple[Station, ...]
    arcs: tuple[Arc, ...]
    box: str  # the drawing's viewBox


def chain_graph(chain: Sequence[ChainLink], citations: Mapping[int, Collection[int]]) -> ChainGraph:
    """``citations``: ids of the letters each letter cites."""
    places = {link.directive.pk: place for place, link in enumerate(chain)}
    height = RISE * len(chain)
    most = max((link.total or 0 for link in chain), default=0) or 1
    stations, arcs = [], []
    for place, link in enumerate(chain):
        cited = sorted(places[pk] for pk in citations.get(link.directive.pk, ()) if pk in places)
        names = tuple(chain[older].directive.reference for older in cited)
        stations.append(Station(link, names, *(f"{100 * (part or 0) / most:.2f}" for part in (link.old, link.new))))
        arcs += [_arc(place, older, len(chain), height, chain) for older in cited]
    return ChainGraph(tuple(stations), tuple(arcs), f"0 0 {COLUMN * len(chain)} {height:g}")


def _arc(citing: int, cited: int, letters: int, height: float, chain: Sequence[ChainLink]) -> Arc:
    start, end = (COLUMN * (place + 0.5) for place in (citing, cited))
    top = height - (height - 2) * 1.3 * abs(citing - cited) / letters
    names = {"citing": chain[citing].directive.reference, "cited": chain[cited].directive.reference}
    foot = height - HEAD
    return Arc(f"M{start:g} {height:g}C{start:g} {top:g} {end:g} {top:g} {end:g} {foot:g}", _("%(citing)s dẫn %(cited)s") % names)
