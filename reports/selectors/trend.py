"""How the overdue backlog of some units moved, day by day, with the letters that fell in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agencies.models import Agency
from directives.models import Directive
from dossiers.models import SourceSystem
from dossiers.selectors.runs import finished_runs
from reports.selectors.counts import SYSTEMS, counts, day_totals

TREND_DAYS = 120


@dataclass(frozen=True, slots=True)
class Trend:
    """One value per day, oldest first; None on days without a night. ``letters`` are those issued on these days."""

    days: tuple[date, ...]
    old: tuple[int | None, ...]
    new: tuple[int | None, ...]
    letters: tuple[tuple[date, str], ...]

    @property
    def total(self) -> tuple[int | None, ...]:
        return tuple(None if old is None or new is None else old + new for old, new in zip(self.old, self.new, strict=True))


def trend(*, agencies: QuerySet[Agency], as_of: date, days: int = TREND_DAYS) -> Trend:
    """The ``days`` up to ``as_of``, or fewer when the nights began later."""
    window = (as_of - timedelta(days=days - 1), as_of)
    nights = set(finished_runs().filter(as_of__range=window).values_list("as_of", flat=True))
    first = min(nights, default=as_of)
    shown = tuple(first + timedelta(days=offset) for offset in range((as_of - first).days + 1))
    held = day_totals(counts(agencies, SYSTEMS, None), nights)
    old, new = (_line(shown, nights, held, system) for system in (SourceSystem.OLD, SourceSystem.NEW))
    letters = Directive.objects.filter(issued_on__range=(first, as_of)).values_list("issued_on", "reference")
    return Trend(shown, old, new, tuple(letters))


def _line(days: Sequence[date], nights: set[date], held: dict[tuple[date, str], int], system: str) -> tuple[int | None, ...]:
    return tuple(held.get((day, system), 0) if day in nights else None for day in days)
