"""How new each system's data is. A figure nobody refreshed must never look like an improvement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from worktime.rules import VIETNAM, WorkCalendar, end_of_day, in_vietnam

STALE_AFTER = 2  # working days without a newer file

Inputs = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Freshness:
    """``state``: fresh, stale or none (no file ever). ``reconstructed``: the first file came after that day."""

    system: str
    data_as_of: datetime | None
    state: str
    reconstructed: bool = False


def moment(inputs: Inputs, system: str) -> datetime | None:
    """The moment the newest data of a system describes, as the night wrote it down."""
    text = inputs.get(system, {}).get("data_as_of")
    return in_vietnam(datetime.fromisoformat(text)) if isinstance(text, str) else None


def freshness(inputs: Inputs, system: str, as_of: date, age: Callable[[date], int | None]) -> Freshness:
    """``age(day)``: working days from the day the data describes to ``as_of``; None outside the loaded calendar."""
    newest = moment(inputs, system)
    if newest is None:
        return Freshness(system, None, "none")
    days = age(newest.date())
    state = "stale" if days is None or days > STALE_AFTER else "fresh"
    return Freshness(system, newest, state, bool(inputs[system].get("reconstructed")))


def stood_still(now: Inputs, before: Inputs, system: str) -> bool:
    """No newer data between two nights: the difference between their figures says nothing about the unit's work.

    A reconstructed night is exempt: it reads the dossiers' own dates out of a later file.
    """
    newest, earlier = moment(now, system), moment(before, system)
    if newest is None or earlier is None or now[system].get("reconstructed"):
        return False
    return newest <= earlier


def end_described(day: date, now: datetime) -> datetime:
    """What data describe of which only the day is told: its end, but never later than now; a day to come stays to come."""
    begins = datetime.combine(day, time(), VIETNAM)
    return min(end_of_day(day), now) if begins <= now else begins


def day_wanted(today: date, calendar: WorkCalendar) -> date:
    """The day each system's data should reach by the morning of ``today``: the last working day before it.

    Raises CalendarMissing when the year before ``today`` is not loaded.
    """
    return calendar.date_of_ordinal(calendar.ordinal(today - timedelta(days=1)))


def reaches(newest: datetime | None, day: date) -> bool:
    """Whether data that describe this moment tell of that day; midnight still belongs to the day it ends."""
    return newest is not None and in_vietnam(newest - datetime.resolution).date() >= day


def told_upto(inputs: Inputs, system: str, as_of: date) -> date | None:
    """The day up to whose end, or nearly, a night's data tell of a system; None without any file ever.

    A reconstructed night reads the dossiers' own dates out of a later file, which tells of its whole day.
    """
    newest = moment(inputs, system)
    if newest is None:
        return None
    if inputs[system].get("reconstructed"):
        return as_of
    return min(in_vietnam(newest - datetime.resolution).date(), as_of)
