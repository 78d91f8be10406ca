"""How the overdue backlog of some units moved, day by day, with the letters that fell in between."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agencies.models import Agency
from directives.models import Directive
from dossiers.models import SourceSystem
from dossiers.selectors.runs import systems_by_day
from reports.selectors.counts import SYSTEMS, counts, day_totals

TREND_DAYS = 120


@dataclass(frozen=True, slots=True)
class Trend:
    """One value per day, oldest first; None where a system has no figures. ``letters`` are those issued on these days.

    ``total`` is None as long as a system is missing that has figures by the last day.
    """

    days: tuple[date, ...]
    old: tuple[int | None, ...]
    new: tuple[int | None, ...]
    total: tuple[int | None, ...]
    letters: tuple[tuple[date, str], ...]


def trend(*, agencies: QuerySet[Agency], as_of: date, days: int = TREND_DAYS) -> Trend:
    """The ``days`` up to ``as_of``, or fewer when the nights began later."""
    nights = systems_by_day(as_of - timedelta(days=back) for back in range(days))
    first = min(nights, default=as_of)
    shown = tuple(first + timedelta(days=offset) for offset in range((as_of - first).days + 1))
    held = day_totals(counts(agencies, SYSTEMS, None), nights)
    lines = ({SourceSystem.OLD}, {SourceSystem.NEW}, nights.get(as_of, frozenset()))
    old, new, total = (_line(shown, nights, held, systems) for systems in lines)
    letters = Directive.objects.filter(issued_on__range=(first, as_of)).values_list("issued_on", "reference")
    return Trend(shown, old, new, total, tuple(letters))


def _line(
    days: Iterable[date], nights: Mapping[date, Set[str]], held: Mapping[tuple[date, str], int], systems: Set[str]
) -> tuple[int | None, ...]:
    """These systems together, on the days that know all of them."""
    known = {day for day, told in nights.items() if systems and systems <= told}
    return tuple(sum(held.get((day, system), 0) for system in systems) if day in known else None for day in days)
