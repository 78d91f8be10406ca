"""The loaded calendar, read from the database."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from worktime.models import CalendarDay, CalendarYear, WorkDate
from worktime.rules import CalendarMissing, WorkCalendar


def calendar() -> WorkCalendar:
    """The calendar as loaded now: two small queries; the table itself is built once per content."""
    years = CalendarYear.objects.order_by("year").values_list("year", flat=True)
    days = CalendarDay.objects.order_by("date").values_list("date", "kind", "name")
    return _built(tuple(years), tuple(days))


def calendar_ends() -> date | None:
    """The last day of the last year loaded in one run from the first; None when no year is."""
    last = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    return date(last, 12, 31) if last else None


@lru_cache(maxsize=4)
def _built(years: tuple[int, ...], days: tuple[tuple[date, str, str], ...]) -> WorkCalendar:
    """Keyed by the whole content, so a reloaded calendar can never be answered from an old one."""
    holidays = {day: name for day, kind, name in days if kind == CalendarDay.Kind.HOLIDAY}
    makeups = {day: name for day, kind, name in days if kind == CalendarDay.Kind.MAKEUP}
    return WorkCalendar.build(years, holidays, makeups)


def working_days(first: date, last: date) -> Callable[[date], bool]:
    """R3 for the days of a short span, in one query and without the whole calendar. Asked beyond: CalendarMissing."""
    told = dict(WorkDate.objects.filter(date__range=(first, last)).values_list("date", "working"))

    def is_working(day: date) -> bool:
        if day not in told:
            raise CalendarMissing(day.year)
        return told[day]

    return is_working
