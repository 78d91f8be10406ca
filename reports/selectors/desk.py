"""A head's desk: what of a unit's dossiers wants doing next, as one night knew them.

Every list here is a part of a dossier list's rows, selected by the same conditions (``dossiers/selectors/states.py``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from dossiers.models import SourceSystem
from dossiers.selectors.states import Day, Known, awaiting, in_time, overdue
from reports.rules.strip import Stretch, last_ahead, strip
from worktime.rules import CalendarMissing, WorkCalendar

TOP = 10
WAITING = 5
SYSTEMS = (SourceSystem.OLD, SourceSystem.NEW)
VALUES = ("system_id", "code", "agency__code", "agency__name", "procedure_name", "officer", "status", "due_on", "stopped_on")


@dataclass(frozen=True, slots=True)
class Job:
    """A dossier to do something about; never with the name of who applied.

    ``days``: working days after the due date (negative before), or since it was stopped; None before the calendar begins.
    """

    days: int | None
    system: str
    code: str
    unit: str  # code
    unit_name: str
    procedure: str
    officer: str
    status: int
    due_on: date | None
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """``day``: what "today" is on this desk; ``current``: it is the present date. ``due_on``: dossiers in time by due date.

    ``overdue``: ten of the oldest, by system; ``due``: the first ten due on ``day``; ``waiting``: those stopped longest, of
    ``stopped`` in all.
    """

    as_of: date
    day: date
    current: bool
    due_on: Mapping[date, int]
    strip: Sequence[Stretch]
    overdue: Mapping[str, Sequence[Job]]
    due: Sequence[Job]
    waiting: Sequence[Job]
    stopped: int

    @property
    def due_today(self) -> int:
        return self.due_on.get(self.day, 0)

    @property
    def just_ended(self) -> int | None:
        """Not done on their due date, the date of the figures, which is over by now; None where it is not over."""
        return self.due_on.get(self.as_of, 0) if self.as_of < self.day else None


def desk(*, known: Known, as_of: date, today: date | None, calendar: WorkCalendar) -> Desk:
    """``today``: the present date where these are the newest figures, else None: the desk is then that of ``as_of``."""
    night, last = Day.of(as_of, calendar), last_ahead(as_of, calendar)
    day, current = day_of(as_of, today, last)
    due_on, jobs = _due_dates(known, night, last), partial(jobs_of, as_of=as_of, calendar=calendar)
    waiting = known.filter(awaiting(night))
    return Desk(
        as_of=as_of,
        day=day,
        current=current,
        due_on=due_on,
        strip=strip(due_on, first=as_of, last=last, calendar=calendar),
        overdue=shared(jobs(_oldest(known, night), "due_on"), TOP),
        due=jobs(known.filter(in_time(night), due_on=day).order_by("officer", "code")[:TOP], "due_on"),
        waiting=jobs(waiting.order_by("stopped_on", "code")[:WAITING], "stopped_on"),
        stopped=waiting.count(),
    )


def day_of(as_of: date, today: date | None, last: date) -> tuple[date, bool]:
    """The day whose work is meant, and whether it is the present one: later than ``last`` nothing is known ahead."""
    return (today, True) if today and as_of <= today <= last else (as_of, False)


def _due_dates(known: Known, night: Day, last: date) -> dict[date, int]:
    due = known.filter(in_time(night), due_on__range=(night.as_of, last)).order_by().values("due_on").annotate(n=Count("pk"))
    return {day: n for day, n in due.values_list("due_on", "n") if day}


def _oldest(known: Known, night: Day) -> Known:
    """Ten of each system, so that one full of old dossiers does not hide the other."""
    place = Window(RowNumber(), partition_by="system", order_by=("overdue_from", "code"))
    return known.filter(overdue(night)).annotate(place=place).filter(place__lte=TOP).order_by("overdue_from", "code")


def jobs_of(rows: Known, since: str, *, as_of: date, calendar: WorkCalendar) -> list[Job]:
    """``since``: the column from which ``days`` count."""
    place = VALUES.index(since)
    return [Job(_working_days(row[place], as_of, calendar), *row) for row in rows.values_list(*VALUES)]


def _working_days(since: date | None, as_of: date, calendar: WorkCalendar) -> int | None:
    """None for a date before the calendar begins."""
    try:
        return calendar.working_days_between(since, as_of) if since else None
    except CalendarMissing:
        return None


def shared(jobs: Iterable[Job], most: int) -> dict[str, list[Job]]:
    """Half the room for each system; what one leaves free is the other's."""
    held: dict[str, list[Job]] = {system: [] for system in SYSTEMS}
    for job in jobs:
        held[job.system].append(job)
    old, new = held.values()
    half = most // 2
    return dict(zip(held, (old[: max(half, most - len(new))], new[: max(half, most - len(old))]), strict=True))
