"""What falls due when, unit by unit: what a calendar people subscribe to is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from dossiers.selectors.states import Day, Known, in_time
from worktime.rules import WorkCalendar

AHEAD = timedelta(days=60)  # further ahead a due date moves more often than it holds


@dataclass(frozen=True, slots=True)
class DueDay:
    """The dossiers of one unit that are still in time and due on one date; codes as (system, code)."""

    unit: str  # code
    name: str
    due_on: date
    dossiers: tuple[tuple[str, str], ...]


def agenda(*, known: Known, as_of: date, calendar: WorkCalendar) -> Iterator[DueDay]:
    """By date, then unit; one query. Counted as the dossier list counts them (``tinh_trang=in_time``, ``han``)."""
    due = known.filter(in_time(Day.of(as_of, calendar)), due_on__range=(as_of, as_of + AHEAD))
    ordered = due.order_by("due_on", "agency__sort_key", "agency__code", "code", "system_id")
    rows = ordered.values_list("due_on", "agency__code", "agency__name", "system_id", "code")
    for (due_on, unit, name), dossiers in groupby(rows.iterator(), key=itemgetter(0, 1, 2)):
        yield DueDay(unit, name, due_on, tuple((system, code) for *_, system, code in dossiers))
