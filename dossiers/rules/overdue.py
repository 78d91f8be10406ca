"""Whether a dossier is late at the end of a day, and by how much: R9 of docs/rules/.

Sources: law.md §3 (live provincial practice: every comparison is by local date) and Bộ luật Dân sự 2015 Điều 148 (the due
date ends at 24:00, so lateness begins with the next day).
"""

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.rules.status import FINISHED
from worktime.rules import ONE_DAY, WorkCalendar, in_vietnam

# Upper bounds of the age groups, in working days late; the last group is open.
AGE_LIMITS = (5, 10, 30, 90)
SOON_DAYS = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What a verdict looks at: dates in Vietnam, as on the dossier. ``ended_at`` and ``due_at`` only matter to hourly limits."""

    received_on: date | None
    status: int
    due_on: date | None
    overdue_from: date | None
    stopped_on: date | None
    ended_on: date | None
    due_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """State at the end of a day and days late, 0 when not late. ``before_stop``: late already when its clock was stopped."""

    state: str
    calendar_days: int = 0
    working_days: int = 0
    before_stop: bool = False


def overdue_from(due: datetime, *, hourly: bool, stopped_at: datetime | None = None) -> date:
    """R9: the first day at whose end the dossier is late: after the due date, or on it when the limit runs to an hour (R6).

    A clock standing since before the due hour keeps that due date too, or the open stop would not protect from being late.
    """
    day = in_vietnam(due).date()
    if hourly and not (stopped_at is not None and stopped_at <= due and in_vietnam(stopped_at).date() == day):
        return day
    return day + ONE_DAY


def soon_edge(as_of: date, calendar: WorkCalendar, soon_days: int = SOON_DAYS) -> date:
    """A dossier is due soon when as_of < due_on < this: no more than ``soon_days`` working days remain."""
    return calendar.add_working_days(as_of, soon_days + 1)


def age_edges(as_of: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Due dates that bound the age groups: due_on >= edge[i] exactly when at most AGE_LIMITS[i] working days late."""
    return tuple(calendar.add_working_days(as_of, -limit) for limit in AGE_LIMITS)


def verdict(facts: Facts, as_of: date, calendar: WorkCalendar, soon_days: int = SOON_DAYS) -> Verdict:
    """R9: the state of a dossier at 24:00 of ``as_of``."""
    if facts.received_on is None or facts.received_on > as_of:
        return Verdict("not_counted")
    if facts.ended_on is not None and facts.ended_on <= as_of:
        return _ended(facts, facts.ended_on, calendar)
    stopped = facts.stopped_on is not None and facts.stopped_on <= as_of
    if facts.due_on is None or facts.overdue_from is None:
        return Verdict("awaiting" if stopped else "undated")
    if facts.overdue_from <= as_of and not (facts.stopped_on is not None and facts.stopped_on < facts.overdue_from):
        return Verdict("overdue", *_late(facts.due_on, as_of, calendar), before_stop=stopped)
    if stopped:
        return Verdict("awaiting")
    if facts.due_on <= as_of:
        return Verdict("due_today")
    return Verdict("due_soon" if facts.due_on < soon_edge(as_of, calendar, soon_days) else "in_time")


def _ended(facts: Facts, ended_on: date, calendar: WorkCalendar) -> Verdict:
    """By date; an hourly limit also looks at the hour of its due date. Without any due date nothing was late."""
    if facts.status not in FINISHED:
        return Verdict("ended_other")
    if facts.due_on is None or ended_on < facts.due_on:
        return Verdict("done_on_time" if facts.due_on is None else "done_early")
    past_hour = facts.overdue_from == facts.due_on and facts.ended_at and facts.due_at and facts.ended_at > facts.due_at
    if ended_on > facts.due_on or past_hour:
        return Verdict("done_late", *_late(facts.due_on, ended_on, calendar))
    return Verdict("done_on_time")


def _late(due_on: date, day: date, calendar: WorkCalendar) -> tuple[int, int]:
    return (day - due_on).days, calendar.working_days_between(due_on, day)
