"""Working days and working hours of Vietnam's state offices, counted by table: every question costs the same.

Sources: Bộ luật Lao động 2019 Điều 111-112 (days off), the yearly announcements of swaps and make-up days, and the
practice of the provincial systems for office hours (docs/rules/R2, R3, R6). A day outside the loaded years is an error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY_END = time(23, 59, 59)
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = "saturday", "sunday"
_WEEKEND = {5: SATURDAY, 6: SUNDAY}


class CalendarMissing(Exception):  # noqa: N818 - says what is the matter, like FileNotFound
    """The days off of ``year`` are not loaded, so nothing that touches it can be computed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"Chưa nạp lịch nghỉ năm {year}. Hãy nạp lịch nghỉ của năm này rồi tính lại.")


def in_vietnam(moment: datetime) -> datetime:
    """The same moment by Vietnam's clock. A moment without an offset is refused: the machine's zone is never assumed."""
    if moment.tzinfo is None:
        raise ValueError(f"moment without offset: {moment!r}")
    return moment if moment.tzinfo is VIETNAM else moment.astimezone(VIETNAM)


def end_of_day(day: date) -> datetime:
    """The last second of a day in Vietnam: where a limit counted in days ends (Bộ luật Dân sự 2015 Điều 148)."""
    return datetime.combine(day, DAY_END, VIETNAM)


class WorkCalendar:
    """Which days are worked, as an ordinal table over whole years. Immutable; build once, ask often.

    ``ordinal(d)`` is the number of working days from the first loaded day up to and including ``d``, so the working
    days in (a, b] are ``ordinal(b) - ordinal(a)`` and the n-th working day after d is ``date_of_ordinal(ordinal(d) + n)``.
    """

    __slots__ = ("_ends", "_first", "_from_closed", "_from_open", "_holidays", "_makeups", "_ordinals", "_worked", "years")

    def __init__(self, years: range, holidays: Mapping[date, str], makeups: Mapping[date, str]) -> None:
        self.years = years
        self._holidays = dict(holidays)
        self._makeups = dict(makeups)
        self._first = date(years[0], 1, 1).toordinal() if years else 1
        days = (date(years[-1], 12, 31).toordinal() - self._first + 1) if years else 0
        # Keyed by date.toordinal(): a lookup outside the loaded years is a KeyError, never a neighbour's value.
        self._ordinals: dict[int, int] = {}
        self._worked: list[date] = []
        for number in range(self._first, self._first + days):
            day = date.fromordinal(number)
            if self._plainly_worked(day):
                self._worked.append(day)
            self._ordinals[number] = len(self._worked)
        # For due dates by the million: the end of each working day, and per day the working day from which a receipt
        # counts when it comes in time (open) or after closing (closed).
        self._ends = [end_of_day(day) for day in self._worked]
        worked = {day.toordinal() for day in self._worked}
        self._from_open = {n: upto + (n not in worked) for n, upto in self._ordinals.items()}
        self._from_closed = {n: upto + 1 for n, upto in self._ordinals.items()}

    @classmethod
    def build(cls, years: Iterable[int], holidays: Mapping[date, str], makeups: Mapping[date, str]) -> "WorkCalendar":
        """From days off and make-up days by name. Years must follow one another: across a gap nothing can be counted."""
        known = sorted(set(years))
        span = range(known[0], known[-1] + 1) if known else range(0)
        for year in span:
            if year not in known:
                raise CalendarMissing(year)
        return cls(span, holidays, makeups)

    def digest(self) -> str:
        """The same for two calendars that count alike."""
        return sha256(repr((self.years, self._worked)).encode()).hexdigest()

    def _plainly_worked(self, day: date) -> bool:
        return day in self._makeups or (day.weekday() < 5 and day not in self._holidays)

    def is_working(self, day: date) -> bool:
        """R3: a weekday that is not a day off, or a make-up day."""
        self.ordinal(day)
        return self._plainly_worked(day)

    def off_reason(self, day: date) -> str | None:
        """Why a day is off: the holiday's name, else ``saturday`` or ``sunday``; None when it is worked."""
        if self.is_working(day):
            return None
        return self._holidays.get(day) or _WEEKEND[day.weekday()]

    def makeup_name(self, day: date) -> str | None:
        """The name of a make-up day, None for any other day."""
        return self._makeups.get(day)

    def ordinal(self, day: date) -> int:
        """Working days from the first loaded day up to and including this one."""
        try:
            return self._ordinals[day.toordinal()]
        except KeyError:
            raise CalendarMissing(day.year) from None

    def date_of_ordinal(self, number: int) -> date:
        """The working day with this ordinal; the years before and after the table are missing, not guessed."""
        self._require(number)
        return self._worked[number - 1]

    def _require(self, number: int) -> None:
        if number < 1:
            raise CalendarMissing(self.years.start - 1)
        if number > len(self._worked):
            raise CalendarMissing(self.years.stop)

    def next_working(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after ``day``; negative counts go back, from a day off the last worked day is 0."""
        return self.date_of_ordinal(self.ordinal(day) + count)

    def working_days_between(self, after: date, upto: date) -> int:
        """Working days in (after, upto]; negative when ``upto`` comes first."""
        return self.ordinal(upto) - self.ordinal(after)

    def end_after(self, received: datetime, count: int, closes: time) -> datetime:
        """R1-R3 in one step for a receipt on Vietnam's clock: the end of the count-th working day after it counts as received."""
        starts = self._from_closed if received.time() > closes else self._from_open
        try:
            return self._ends[starts[received.toordinal()] + count - 1]
        except KeyError:
            raise CalendarMissing(received.year) from None
        except IndexError:
            raise CalendarMissing(self.years.stop) from None


def _span(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Sessions of one office day, in order. The default is the practice law.md records (07:00-11:30, 13:30-17:00)."""

    sessions: tuple[tuple[time, time], ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))
    opens: time = field(init=False)
    closes: time = field(init=False)
    day_length: timedelta = field(init=False)

    def __post_init__(self) -> None:
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError(f"office sessions must follow one another: {self.sessions}")
        object.__setattr__(self, "opens", edges[0])
        object.__setattr__(self, "closes", edges[-1])
        object.__setattr__(self, "day_length", self.worked_by(time.max))

    def worked_by(self, clock: time) -> timedelta:
        """Working time passed since opening when the clock shows this."""
        return sum((_span(start, min(clock, end)) for start, end in self.sessions if clock > start), timedelta())

    def clock_after(self, worked: timedelta) -> time:
        """When that much of the day has been worked; the end of a session rather than the start of the next."""
        for start, end in self.sessions:
            length = _span(start, end)
            if worked <= length:
                return (datetime.combine(date.min, start) + worked).time()
            worked -= length
        raise ValueError("longer than the office day")


OFFICE_HOURS = OfficeHours()


def effective_start(moment: datetime, calendar: WorkCalendar, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """R2: when a receipt (or a return) counts as made. Practice of the provincial systems, no legal text.

    After closing or on a day off: the next working day's opening. Before opening: that opening. At lunch: the afternoon's.
    The closing minute itself is still in time.
    """
    local = in_vietnam(moment)
    day, clock = local.date(), local.time()
    if clock > hours.closes or not calendar.is_working(day):
        return datetime.combine(calendar.add_working_days(day, 1), hours.opens, VIETNAM)
    for opens, closes in hours.sessions:
        if clock <= closes:
            return local if clock >= opens else datetime.combine(day, opens, VIETNAM)
    raise AssertionError("unreachable: the last session ends at closing")


def _position(moment: datetime, calendar: WorkCalendar, hours: OfficeHours) -> timedelta:
    """Working time from the first loaded day to this moment."""
    local = in_vietnam(moment)
    ordinal = calendar.ordinal(local.date())
    if not calendar.is_working(local.date()):
        return ordinal * hours.day_length
    return (ordinal - 1) * hours.day_length + hours.worked_by(local.time())


def working_time_between(start: datetime, end: datetime, calendar: WorkCalendar, hours: OfficeHours = OFFICE_HOURS) -> timedelta:
    """Working time in (start, end]."""
    return _position(end, calendar, hours) - _position(start, calendar, hours)


def add_working_hours(start: datetime, amount: timedelta, calendar: WorkCalendar, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """R6: the moment when ``amount`` of working time has passed. One working day is ``hours.day_length`` (8 hours)."""
    days, rest = divmod(_position(start, calendar, hours) + amount, hours.day_length)
    if not rest:  # the end of a day, not the opening of the next
        days, rest = days - 1, hours.day_length
    return datetime.combine(calendar.date_of_ordinal(days + 1), hours.clock_after(rest), VIETNAM)
