"""The days ahead as one strip: each working day, and between them the days off by name.

Which days are worked is ``worktime.rules.WorkCalendar``'s word (Bộ luật Lao động 2019 Điều 111-112); here they stand in a row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from worktime.rules import SATURDAY, SUNDAY, CalendarMissing, WorkCalendar

AHEAD = 10  # working days

Kind = Literal["work", "makeup", "off"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One day, or days off in a row on which nothing falls due. ``names``: of holidays, or of the make-up day.

    ``load``: its count in hundredths of the busiest day's.
    """

    first: date
    last: date
    kind: Kind
    names: tuple[str, ...] = ()
    count: int = 0
    load: int = 0


def last_ahead(as_of: date, calendar: WorkCalendar) -> date:
    """The tenth working day after it, or the last day the calendar knows."""
    try:
        return calendar.add_working_days(as_of, AHEAD)
    except CalendarMissing:
        return date(calendar.years[-1], 12, 31)


def strip(counts: Mapping[date, int], *, first: date, last: date, calendar: WorkCalendar) -> list[Stretch]:
    """``counts``: dossiers by due date. A day off on which some fall due stands alone, like a working day."""
    most = max(counts.values(), default=0)
    days: list[Stretch] = []
    for one in _days(counts, first, last, calendar):
        if days and _idle(days[-1]) and _idle(one):
            days[-1] = replace(days[-1], last=one.last, names=tuple(dict.fromkeys(days[-1].names + one.names)))
        else:
            days.append(replace(one, load=round(100 * one.count / most)) if one.count else one)
    return days


def _days(counts: Mapping[date, int], first: date, last: date, calendar: WorkCalendar) -> Iterator[Stretch]:
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        yield Stretch(day, day, *_kind(day, calendar), count=counts.get(day, 0))


def _kind(day: date, calendar: WorkCalendar) -> tuple[Kind, tuple[str, ...]]:
    if made_up := calendar.makeup_name(day):
        return "makeup", (made_up,)
    reason = calendar.off_reason(day)
    if reason is None:
        return "work", ()
    return "off", () if reason in (SATURDAY, SUNDAY) else (reason,)


def _idle(stretch: Stretch) -> bool:
    return stretch.kind == "off" and not stretch.count
