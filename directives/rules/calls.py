"""How far a unit is with the explanations a letter asks of it (letter 3812/UBND-TTHCC, point 2)."""

from datetime import date
from typing import Literal

from worktime.rules import WorkCalendar

Standing = Literal["late", "soon", "open", "waiting", "answered"]

# Most urgent first: the order of lists.
STANDINGS: tuple[Standing, ...] = ("late", "soon", "open", "waiting", "answered")
SOON_DAYS = 2  # working days before the deadline at which a unit is reminded; ours, no law names a number


def standing(*, left: int, waiting: int, answer_by: date, today: date, calendar: WorkCalendar) -> Standing:
    """Where a call stands. ``left``: dossiers nobody has explained yet; ``waiting``: explained, not decided.

    The deadline's own day is in time, and the day after it is late, whether it is worked or not.
    """
    if not left:
        return "waiting" if waiting else "answered"
    if answer_by < today:
        return "late"
    return "soon" if calendar.working_days_between(today, answer_by) <= SOON_DAYS else "open"
