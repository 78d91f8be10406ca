"""When a file is expected, and what became of it. The office's own arrangement (docs/deliveries.md); no legal text.

Every moment belongs to one delivery day: its window opens some hours before its latest hour and ends where the next one opens.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto
from itertools import pairwise

from worktime.rules import ONE_DAY, VIETNAM, in_vietnam

LEAD = timedelta(hours=12)  # a file for 06:00 may come the evening before
LONGEST_GAP = 31  # days between two delivery days; the longest Tết is shorter

IsWorking = Callable[[date], bool]


class State(StrEnum):
    NOT_EXPECTED = auto()  # no delivery day
    TO_COME = auto()  # its hour has not passed
    CAME = auto()
    LATE = auto()  # came after its hour
    HELD = auto()  # there, but waits for a person: not come yet
    MISSING = auto()


@dataclass(frozen=True, slots=True)
class Plan:
    """``until``: the first day on which it is no longer expected."""

    working_days: bool
    by: time
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was accepted at this moment and is in, or waits for a person."""

    number: int
    at: datetime
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One day of a plan. ``overdue``: its hour has passed and nothing is in."""

    day: date
    due: datetime
    state: State
    arrival: Arrival | None
    overdue: bool


def expected_on(plan: Plan, day: date, is_working: IsWorking) -> bool:
    within = plan.since <= day and (plan.until is None or day < plan.until)
    return within and (not plan.working_days or is_working(day))


def due_at(plan: Plan, day: date) -> datetime:
    """The last moment that is in time."""
    return datetime.combine(day, plan.by, VIETNAM)


def opens_at(plan: Plan, day: date) -> datetime:
    return due_at(plan, day) - LEAD


def last_day_open(now: datetime) -> date:
    """No window of a later day can be open yet."""
    return in_vietnam(now + LEAD).date()


def late_day(plan: Plan, newest: datetime | None, now: datetime, is_working: IsWorking) -> date | None:
    """The delivery day whose file is late at this moment: the newest whose hour has passed, unless something came since its
    window opened. ``newest``: when the newest file that is in was accepted.
    """
    today = in_vietnam(now).date()
    days = (today - number * ONE_DAY for number in range(LONGEST_GAP))
    day = next((day for day in days if due_at(plan, day) < now and expected_on(plan, day, is_working)), None)
    if day is None or (newest is not None and newest >= opens_at(plan, day)):
        return None
    return day


def standings(plan: Plan, first: date, arrivals: Sequence[Arrival], now: datetime, is_working: IsWorking) -> Iterator[Standing]:
    """Every day from ``first`` to today, oldest first."""
    today = in_vietnam(now).date()
    shown = [first + number * ONE_DAY for number in range((today - first).days + 1)]
    ahead = [today + number * ONE_DAY for number in range(1, (last_day_open(now) - today).days + 1)]
    expected = [day for day in (*shown, *ahead) if expected_on(plan, day, is_working)]
    ends = {day: opens_at(plan, later) for day, later in pairwise(expected)}
    for day in shown:
        if day in expected:
            opens, ends_at = opens_at(plan, day), ends.get(day)
            within = [one for one in arrivals if opens <= one.at and (ends_at is None or one.at < ends_at)]
            yield _standing(plan, day, within, now)
        else:
            yield Standing(day, due_at(plan, day), State.NOT_EXPECTED, None, overdue=False)


def _standing(plan: Plan, day: date, arrivals: Sequence[Arrival], now: datetime) -> Standing:
    """Of one delivery day, from the arrivals in its window."""
    due = due_at(plan, day)
    first = min(arrivals, key=lambda one: (one.waiting, one.at), default=None)
    overdue = now > due and (first is None or first.waiting)
    if first is None:
        state = State.MISSING if overdue else State.TO_COME
    elif first.waiting:
        state = State.HELD
    else:
        state = State.LATE if first.at > due else State.CAME
    return Standing(day, due, state, first, overdue)
