"""The pieces of an explained deadline: what was counted, what was skipped and why, in the order of the calendar.

A step is data; its Vietnamese sentence is made in dossiers/explanations.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import TypedDict

from worktime.rules import ONE_DAY, OfficeHours, WorkCalendar, in_vietnam, working_time_between

HOUR = timedelta(hours=1)


class StepKind(StrEnum):
    RECEIVED = "received"  # start = end = the moment of receipt
    MOVED = "moved"  # a receipt or return outside office hours counts from ``end``; reason says why
    COUNTED = "counted"  # days start..end, both counted; for hours the moments; amount in unit
    SKIPPED = "skipped"  # days start..end are not counted; days says why each
    ROLLED = "rolled"  # the last day is off, so the period ends on ``end`` instead of ``start``
    CUTOFF = "cutoff"  # received after the procedure's hour: settled the next working day
    ORIGINAL_DUE = "original_due"  # the due moment before any stop
    STOPPED = "stopped"  # start..end is not counted; amount in unit; reason is the kind of stop
    STOPPED_OPEN = "stopped_open"  # the clock stands since ``start``
    STOP_IGNORED = "stop_ignored"  # began after the due moment ``end``: moves nothing
    ADDED = "added"  # like counted: the days or hours by which a stop puts the due moment off
    RESTARTED = "restarted"  # the due moment ``start`` is void; the whole limit again from ``end``
    DUE_MOVED = "due_moved"  # from ``start`` to ``end``
    DUE = "due"  # the result


class StepDict(TypedDict):
    kind: str
    start: str
    end: str
    amount: str | None
    unit: str
    reason: str
    days: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``start`` and ``end`` are dates or moments in Vietnam; ``days`` are single days with a reason
    (holiday or make-up name, or ``saturday``/``sunday``)."""

    kind: StepKind
    start: date
    end: date
    amount: Decimal | None = None
    unit: str = ""
    reason: str = ""
    days: tuple[tuple[date, str], ...] = ()

    def as_dict(self) -> StepDict:
        """For JSON: dates as YYYY-MM-DD, moments as YYYY-MM-DDTHH:MM in Vietnam, amounts as decimal text."""
        return {
            "kind": self.kind.value,
            "start": iso(self.start),
            "end": iso(self.end),
            "amount": None if self.amount is None else f"{self.amount:f}",
            "unit": self.unit,
            "reason": self.reason,
            "days": [{"date": iso(day), "reason": reason} for day, reason in self.days],
        }


def iso(value: date) -> str:
    """YYYY-MM-DD for a date, YYYY-MM-DDTHH:MM in Vietnam for a moment."""
    if isinstance(value, datetime):
        return in_vietnam(value).replace(tzinfo=None).isoformat(timespec="minutes")
    return value.isoformat()


def in_hours(length: timedelta) -> Decimal:
    """Hours with at most two decimals."""
    return (Decimal(length // timedelta(seconds=1)) / 3600).quantize(Decimal("0.01")).normalize()


def days_off(first: date, last: date, calendar: WorkCalendar) -> tuple[tuple[date, str], ...]:
    """Each day off from first to last, both included, with its reason."""
    reasons = ((day, calendar.off_reason(day)) for day in _days(first, last))
    return tuple((day, reason) for day, reason in reasons if reason)


def working_days(after: date, upto: date, calendar: WorkCalendar, kind: StepKind = StepKind.COUNTED) -> Iterator[Step]:
    """(after, upto] in runs: worked days counted (make-up days named), days off skipped (each with its reason)."""
    for worked, run in groupby(_days(after + ONE_DAY, upto), key=calendar.is_working):
        days = list(run)
        size = Decimal(len(days))
        if worked:
            makeups = tuple((day, name) for day in days if (name := calendar.makeup_name(day)))
            yield Step(kind, days[0], days[-1], size, "working_day", days=makeups)
        else:
            yield Step(StepKind.SKIPPED, days[0], days[-1], size, "day", days=days_off(days[0], days[-1], calendar))


def working_hours(
    start: datetime, end: datetime, calendar: WorkCalendar, hours: OfficeHours, kind: StepKind = StepKind.COUNTED
) -> Iterator[Step]:
    """start..end on the working clock: one step per worked day with the hours it gave, days off between them skipped."""
    for worked, run in groupby(_days(start.date(), end.date()), key=calendar.is_working):
        days = list(run)
        if not worked:
            reasons = days_off(days[0], days[-1], calendar)
            yield Step(StepKind.SKIPPED, days[0], days[-1], Decimal(len(days)), "day", days=reasons)
            continue
        for day in days:
            opens = max(start, datetime.combine(day, hours.opens, start.tzinfo))
            closes = min(end, datetime.combine(day, hours.closes, start.tzinfo))
            if length := working_time_between(opens, closes, calendar, hours):
                yield Step(kind, opens, closes, in_hours(length), "working_hour")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * n for n in range((last - first).days + 1))
