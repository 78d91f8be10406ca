"""``{% load overview %}``: what only the first page prints."""

from collections.abc import Iterator, Mapping
from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.models import OverdueEpisode
from reports.notes import moved
from reports.rules.movers import Mover
from reports.rules.ranking import Row
from reports.rules.tiles import bands, shade
from reports.selectors.movers import Balance
from reports.selectors.overview import Movement
from reports.selectors.ranking import Ranking
from reports.tables import Lists
from reports.templatetags.reports import list_of
from ui.formats import AGE_LABELS, UNKNOWN, integer

register = template.Library()
register.filter(shade)
Reason = OverdueEpisode.EndReason
NONE = Movement(0, 0)

# Shorter than the reasons' full names: they stand in rows.
CAME: dict[str, str | Promise] = {"opened": gettext_lazy("mới quá hạn"), "arrived": gettext_lazy("chuyển đến")}
WENT: dict[str, str | Promise] = {
    Reason.FINISHED: gettext_lazy("xử lý xong"),
    Reason.ENDED_OTHER: gettext_lazy("rút, từ chối, dừng"),
    Reason.STOPPED: gettext_lazy("tạm dừng từ trước hạn"),
    Reason.DUE_MOVED: gettext_lazy("đổi hạn"),
    Reason.TRANSFERRED: gettext_lazy("chuyển đi"),
    Reason.UNCOUNTED: gettext_lazy("không còn tính"),
    "unstated": gettext_lazy("không ghi lý do"),
}


@register.simple_tag
def reasons(mover: Mover, balance: Balance, movements: Mapping[int, Movement], as_of: date) -> SafeString:
    """``+8 mới quá hạn −3 xử lý xong``; a number leads to its list where a list holds exactly these dossiers.

    ``movements``: how many each unit's lists of the night hold. They are of one night, and of the unit a dossier is at now.
    """
    if not mover.explained:
        return format_html('<span class="reason">{}</span>', _("không tách được lý do"))
    flow, listed = mover.flow, movements.get(mover.unit.pk, NONE)
    lists = Lists(as_of, unit=mover.unit.code or None)
    exact = balance.comparison.key == "day" and flow.listed
    came = lists.of("newly_overdue") if exact and flow.inflow == listed.opened else ""
    went = lists.of("no_longer_overdue") if exact and flow.outflow == listed.closed and len(flow.went) == 1 else ""
    told = [("+", _linked(n, came), CAME[word]) for word, n in flow.came.items()]
    told += [("−", _linked(n, went), WENT[word]) for word, n in flow.went.items()]
    return format_html_join(" ", '<span class="reason">{}{} {}</span>', told)


def _linked(number: int, address: str) -> str:
    return format_html('<a href="{}">{}</a>', address, integer(number)) if address else integer(number)


@register.simple_tag
def change_of(mover: Mover, balance: Balance, ranking: Ranking) -> str:
    """The change as every cell prints it, with the sign of a missing file."""
    return moved(mover.change, balance.comparison.stuck, ranking.live)


@register.filter
def changed(row: Row, ranking: Ranking) -> list[str]:
    """A row's changes, one per comparison, each with the sign of a missing file."""
    pairs = zip(row.changes, ranking.comparisons, strict=True)
    return [moved(value, item.stuck, ranking.live) for value, item in pairs]


@register.simple_tag
def on_system(ranking: Ranking, lists: Lists, system: str, number: int, **words: str) -> str:
    """A system's overdue count with its list; a system nothing is known of has none, not 0."""
    return list_of(lists, "overdue", number, he_thong=system, **words) if ranking.has(system) else UNKNOWN


@register.simple_tag
def lists_of(unit: str, as_of: date, scope: str = "own") -> Lists:
    """The lists of one unit, alone or with all under it."""
    return Lists(as_of, scope, unit=unit)


@register.simple_tag
def list_address(lists: Lists, state: str) -> str:
    return lists.of(state)


@register.simple_tag
def age_labels() -> tuple[str | Promise, ...]:
    return AGE_LABELS


@register.filter
def end_reason(word: str) -> str:
    """``finished`` → ``đã xử lý xong``; what has no reason on record says so."""
    return str(Reason(word).label) if word else _("không ghi lý do")


@register.simple_tag
def shades() -> Iterator[tuple[int, str]]:
    """Each shade of a tile with the numbers it stands for."""
    for place, (least, most) in enumerate(bands()):
        if most is None:
            yield place, _("trên %(n)s") % {"n": integer(least - 1)}
        else:
            yield place, f"{integer(least)}–{integer(most)}" if most > least else integer(least)
