"""Whether a unit does what a letter demands, from frozen figures alone; a missing file never fulfils anything.

Letter 3812/UBND-TTHCC asks that backlogs be settled for good ("giải quyết dứt điểm"); letters like it also set dates and
shares. What is demanded is reached or it is not; until the date there is a steady pace to compare with.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["cleared", "reduced", "settled"]
State = Literal["fulfilled", "on_course", "behind", "breached", "unknown"]
Reason = Literal[
    "no_mark", "no_data", "not_renewed", "stale", "due_untold", "met", "met_at_due", "met_late", "missed", "on_pace", "off_pace",
    "falling", "not_falling",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one unit at the end of ``as_of``.

    ``start``, ``value``, ``at_due``: the measured number at the letter's mark, now, and at the end of the due date (None while
    that has not come, or no data told of it). ``told``: the day up to which the data of every system concerned reach.
    """

    as_of: date
    mark: date | None
    start: int | None
    value: int | None
    told: date | None
    stale: bool
    at_due: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    state: State
    reason: Reason
    target: int | None


def target(kind: Kind, start: int, percent: int | None) -> int:
    """The number to come down to: none, or what is left after at least ``percent`` of the start has gone."""
    return start * (100 - (percent or 0)) // 100 if kind == "reduced" else 0


def allowed(*, start: int, goal: int, issued_on: date, due_on: date, as_of: date) -> int:
    """The most a unit holds that comes down steadily from the letter's day to the due date, rounded in its favour."""
    days = (due_on - issued_on).days
    left = min(max((due_on - as_of).days, 0), days)
    return goal + -((goal - start) * left // days) if days > 0 else goal


def judge(kind: Kind, percent: int | None, *, issued_on: date, due_on: date | None, standing: Standing) -> Judgement:
    """The state at the end of ``as_of``; a due date ends at its 24:00, and what was reached then stays reached."""
    if standing.start is None or standing.mark is None:
        return Judgement("unknown", "no_mark", None)
    goal = target(kind, standing.start, percent)
    past = due_on is not None and standing.as_of >= due_on
    doubt = _doubt(standing)
    if past and standing.at_due is not None:
        return Judgement(*_decided(goal, standing.at_due, None if doubt else standing.value), goal)
    if doubt or past:
        return Judgement("unknown", doubt or "due_untold", goal)
    return Judgement(*_under_way(goal, issued_on, due_on, standing), goal)


def _doubt(standing: Standing) -> Reason | None:
    """Why tonight's number says nothing about the unit's work."""
    if standing.value is None or standing.told is None:
        return "no_data"
    if standing.mark is not None and standing.told <= standing.mark < standing.as_of:
        return "not_renewed"
    return "stale" if standing.stale else None


def _decided(goal: int, at_due: int, now: int | None) -> tuple[State, Reason]:
    if at_due <= goal:
        return "fulfilled", "met_at_due"
    return ("fulfilled", "met_late") if now is not None and now <= goal else ("breached", "missed")


def _under_way(goal: int, issued_on: date, due_on: date | None, standing: Standing) -> tuple[State, Reason]:
    start, value = standing.start or 0, standing.value or 0
    if value <= goal:
        return "fulfilled", "met"
    if due_on is None:
        return ("on_course", "falling") if value < start else ("behind", "not_falling")
    pace = allowed(start=start, goal=goal, issued_on=issued_on, due_on=due_on, as_of=standing.as_of)
    return ("on_course", "on_pace") if value <= pace else ("behind", "off_pace")
