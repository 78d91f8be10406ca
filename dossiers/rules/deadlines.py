"""When a dossier is due, and why: R1-R8 of docs/rules/.

Sources: Bộ luật Dân sự 2015 Điều 145-148 (counting), Bộ luật Lao động 2019 Điều 112 (days off), and each procedure's own
limit. The date on the receipt is the legal promise; what is computed here is a cross-check, and decides only when no date
was promised (``effective_due``).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from dossiers.rules import steps
from dossiers.rules.steps import Step, StepKind
from worktime.rules import (
    OFFICE_HOURS,
    ONE_DAY,
    VIETNAM,
    OfficeHours,
    WorkCalendar,
    add_working_hours,
    effective_start,
    end_of_day,
    in_vietnam,
    working_time_between,
)

# "giờ" is counted on the office clock like "giờ làm việc": no text says otherwise, the provincial systems do the same.
HOUR_UNITS = frozenset({"hour", "working_hour"})
DIVISIBLE_UNITS = HOUR_UNITS | {"day", "working_day"}
UNITS = DIVISIBLE_UNITS | {"week", "month", "same_day"}
POLICIES = frozenset({"pause", "restart"})
# Keeps every sum of dates inside what a date can hold.
MOST = 10_000


class DeadlineError(ValueError):
    """No due date follows from this input. The text is Vietnamese and says what to correct."""


def is_hourly(unit: str) -> bool:
    """Whether the limit runs to an hour, so that lateness begins within the due date and not after it."""
    return unit in HOUR_UNITS


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A procedure's time limit. Units are never converted into one another; ``same_day`` needs no value.

    A fraction of a day runs on the working-hours clock: 0.5 day = 4 hours (R6).
    """

    value: Decimal
    unit: str
    whole: int = field(init=False, repr=False, compare=False)
    fraction: Decimal = field(init=False, repr=False, compare=False)
    plain: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise DeadlineError(f"Không có đơn vị thời hạn “{self.unit}”. Dùng một trong: {', '.join(sorted(UNITS))}.")
        value = Decimal(1) if self.unit == "same_day" else self.value
        if not (value.is_finite() and 0 < value < MOST):
            raise DeadlineError(f"Thời hạn phải lớn hơn 0 và nhỏ hơn {MOST}, không phải {self.value}.")
        if value % 1 and self.unit not in DIVISIBLE_UNITS:
            raise DeadlineError(f"Thời hạn tính bằng tuần hoặc tháng phải là số nguyên, không phải {self.value}.")
        object.__setattr__(self, "whole", int(value))
        object.__setattr__(self, "fraction", value % 1)
        object.__setattr__(self, "plain", self.unit == "working_day" and not value % 1)

    @property
    def hourly(self) -> bool:
        """Whether the due moment is an hour of the due date rather than its end."""
        return is_hourly(self.unit) or bool(self.fraction)


@dataclass(frozen=True, slots=True)
class Stop:
    """A time that is not counted, from the request to the return; without ``end`` the clock still stands. Aware moments."""

    start: datetime
    end: datetime | None
    kind: str = "supplement"

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            begun, ended = (f"{in_vietnam(moment):%H:%M %d/%m/%Y}" for moment in (self.start, self.end))
            raise DeadlineError(
                f"Lần tạm dừng kết thúc lúc {ended}, trước khi bắt đầu lúc {begun}. Hãy sửa lại thứ tự hai thời điểm."
            )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due moment with its explanation. Limits counted in days end at 23:59:59 of the due date in Vietnam."""

    due: datetime
    original_due: datetime
    effective_start: datetime
    steps: tuple[Step, ...]


def effective_due(promised: datetime | None, computed: datetime | None) -> datetime | None:
    """Law.md §0.3: the date on the receipt decides; the computed one only where none was promised."""
    return promised if promised is not None else computed


def deadline(
    received: datetime,
    limit: TimeLimit,
    *,
    stops: Iterable[Stop] = (),
    policy: str = "pause",
    cutoff: time | None = None,
    calendar: WorkCalendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> Deadline:
    """R1-R8 with every step. Raises CalendarMissing when any day it touches lies outside the loaded years."""
    count = _Count(limit, cutoff, calendar, hours)
    received = in_vietnam(received)
    start = effective_start(received, calendar, hours)
    original = due = count.run(start)
    told = [Step(StepKind.RECEIVED, received, received), *_moved(received, start, count), *count.explain_run(start, original)]
    moves = list(_moves(start, original, stops, policy, count))
    if moves:
        told.append(Step(StepKind.ORIGINAL_DUE, count.shown(original), count.shown(original)))
    for move in moves:
        told.extend(_explain(move, due, policy, count))
        due = move.due
    told.append(Step(StepKind.DUE, count.shown(due), count.shown(due)))
    return Deadline(due, original, start, tuple(told))


def due_moment(
    received: datetime,
    limit: TimeLimit,
    *,
    stops: Iterable[Stop] = (),
    policy: str = "pause",
    cutoff: time | None = None,
    calendar: WorkCalendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> datetime:
    """``deadline(…).due`` without the explanation. Whole working days without stops cost one look into the table."""
    if limit.plain and not stops:
        local = received if received.tzinfo is VIETNAM else in_vietnam(received)
        return calendar.end_after(local, limit.whole, hours.closes)
    count = _Count(limit, cutoff, calendar, hours)
    start = effective_start(received, calendar, hours)
    due = count.run(start)
    for move in _moves(start, due, stops, policy, count):
        due = move.due
    return due


@dataclass(frozen=True, slots=True)
class _Move:
    """What one stop did: counted as standing from ``since`` to ``until`` (None while open), due afterwards."""

    kind: StepKind
    stop: Stop
    since: datetime
    until: datetime | None
    due: datetime


def _moves(start: datetime, due: datetime, stops: Iterable[Stop], policy: str, count: "_Count") -> Iterator[_Move]:
    """R8: each stop, in order, against the due moment as it stood when the stop began."""
    if policy not in POLICIES:
        raise DeadlineError(f"Không có cách tính “{policy}” khi tạm dừng. Dùng pause hoặc restart.")
    resumed = start
    for stop in sorted(stops, key=lambda stop: stop.start):
        since = max(in_vietnam(stop.start), resumed)
        if count.passed(due, stop.start):
            yield _Move(StepKind.STOP_IGNORED, stop, since, None, due)
            continue
        if stop.end is None:
            yield _Move(StepKind.STOPPED_OPEN, stop, since, None, due)
            return
        if stop.end <= resumed:  # before the count began, or inside an earlier stop
            continue
        # A return counts like a receipt: on a day off or after hours it is the next opening.
        resumed = effective_start(stop.end, count.calendar, count.hours)
        due = count.run(resumed) if policy == "restart" else count.shift(due, since, resumed)
        yield _Move(StepKind.STOPPED, stop, since, resumed, due)


@dataclass(frozen=True, slots=True)
class _Count:
    """One limit on one calendar: how far it runs, and how far a stop shifts its end."""

    limit: TimeLimit
    cutoff: time | None
    calendar: WorkCalendar
    hours: OfficeHours

    def run(self, start: datetime) -> datetime:
        """The due moment of the whole limit from an effective start."""
        if is_hourly(self.limit.unit):
            return add_working_hours(start, timedelta(seconds=int(self.limit.value * 3600)), self.calendar, self.hours)
        day = self.calendar.next_working(self._last_day(start))
        if not self.limit.fraction:
            return end_of_day(day)
        rest = self.hours.day_length * float(self.limit.fraction)
        return add_working_hours(datetime.combine(day, start.time(), VIETNAM), rest, self.calendar, self.hours)

    def _last_day(self, start: datetime) -> date:
        """The last day of the period before rolling off days off. The first day is not counted (BLDS Điều 147)."""
        day, whole = start.date(), self.limit.whole
        match self.limit.unit:
            case "same_day":
                return self.calendar.add_working_days(day, int(self.cutoff is not None and start.time() > self.cutoff))
            case "working_day":
                return self.calendar.add_working_days(day, whole)
            case "month":
                return _months_after(day, whole)
            case unit:
                return day + timedelta(days=whole * (7 if unit == "week" else 1))

    def passed(self, due: datetime, moment: datetime) -> bool:
        """Whether the limit had already run out: on the due date itself it has not, unless it runs to an hour."""
        return moment > due if self.limit.hourly else in_vietnam(moment).date() > due.date()

    def shift(self, due: datetime, since: datetime, until: datetime) -> datetime:
        """The due moment after standing from ``since`` (that day counts) to ``until`` (that day does not)."""
        if self.limit.hourly:
            return add_working_hours(due, self._stood(since, until), self.calendar, self.hours)
        if self.limit.unit in {"working_day", "same_day"}:
            stood = self.calendar.working_days_between(since.date(), until.date())
            return end_of_day(self.calendar.add_working_days(due.date(), stood))
        return end_of_day(self.calendar.next_working(due.date() + (until.date() - since.date())))

    def shown(self, due: datetime) -> date:
        """A due moment as it is written: the date alone unless the limit runs to an hour."""
        return due if self.limit.hourly else due.date()

    def _stood(self, since: datetime, until: datetime) -> timedelta:
        return working_time_between(since, until, self.calendar, self.hours)

    def stood(self, since: datetime, until: datetime) -> tuple[Decimal, str]:
        """How long a stop took, in the unit the limit is counted in."""
        if self.limit.hourly:
            return steps.in_hours(self._stood(since, until)), "working_hour"
        if self.limit.unit in {"working_day", "same_day"}:
            return Decimal(self.calendar.working_days_between(since.date(), until.date())), "working_day"
        return Decimal((until.date() - since.date()).days), "day"

    def explain_run(self, start: datetime, due: datetime) -> Iterator[Step]:
        """The days or hours that ``run`` counted and skipped."""
        unit, first = self.limit.unit, start.date()
        if is_hourly(unit):
            yield from steps.working_hours(start, due, self.calendar, self.hours)
            return
        last = self._last_day(start)
        if unit == "working_day":
            yield from steps.working_days(first, last, self.calendar)
        elif unit == "same_day":
            if last != first:
                skipped = steps.days_off(first, last, self.calendar)
                yield Step(StepKind.CUTOFF, first, last, reason=f"{self.cutoff:%H:%M}", days=skipped)
        elif self.limit.whole:
            shorter = "month_end" if unit == "month" and last.day < first.day else ""
            yield Step(StepKind.COUNTED, first + ONE_DAY, last, Decimal(self.limit.whole), unit, shorter)
        day = self.calendar.next_working(last)
        yield from self._rolled(last, day)
        if self.limit.fraction:
            yield from steps.working_hours(datetime.combine(day, start.time(), VIETNAM), due, self.calendar, self.hours)

    def explain_shift(self, before: datetime, since: datetime, until: datetime, due: datetime) -> Iterator[Step]:
        """The days or hours by which a stop put the due moment off."""
        amount, unit = self.stood(since, until)
        if unit == "working_day":
            yield from steps.working_days(before.date(), due.date(), self.calendar, StepKind.ADDED)
        elif unit == "working_hour":
            yield from steps.working_hours(before, due, self.calendar, self.hours, StepKind.ADDED)
        elif amount:
            last = before.date() + (until.date() - since.date())
            yield Step(StepKind.ADDED, before.date() + ONE_DAY, last, amount, unit)
            yield from self._rolled(last, due.date())

    def _rolled(self, last: date, day: date) -> Iterator[Step]:
        if last != day:
            yield Step(StepKind.ROLLED, last, day, days=steps.days_off(last, day, self.calendar))


def _months_after(day: date, count: int) -> date:
    """BLDS Điều 148.3: the corresponding day, or the last day of a month that lacks it."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moved(moment: datetime, counts_from: datetime, count: _Count) -> Iterator[Step]:
    """Why a receipt or return counts from another moment than its own."""
    if moment == counts_from:
        return
    day, clock = moment.date(), moment.time()
    off = steps.days_off(day, counts_from.date(), count.calendar)
    if not count.calendar.is_working(day):
        reason = "day_off"
    elif clock > count.hours.closes:
        reason = "after_closing"
    else:
        reason = "before_opening" if clock < count.hours.opens else "lunch"
    yield Step(StepKind.MOVED, moment, counts_from, reason=reason, days=off)


def _explain(move: _Move, before: datetime, policy: str, count: _Count) -> Iterator[Step]:
    """One stop: what it was, what it did not count, where the due moment went."""
    begun = in_vietnam(move.stop.start)
    if move.until is None or move.stop.end is None:
        yield Step(move.kind, begun, count.shown(before), reason=move.stop.kind)
        return
    yield from _moved(in_vietnam(move.stop.end), move.until, count)
    amount, unit = count.stood(move.since, move.until)
    off = steps.days_off(move.since.date(), move.until.date(), count.calendar) if unit != "day" else ()
    yield Step(move.kind, move.since, move.until, amount, unit, move.stop.kind, off)
    if policy == "restart":
        yield Step(StepKind.RESTARTED, count.shown(before), move.until)
        yield from count.explain_run(move.until, move.due)
    else:
        yield from count.explain_shift(before, move.since, move.until, move.due)
    yield Step(StepKind.DUE_MOVED, count.shown(before), count.shown(move.due))
