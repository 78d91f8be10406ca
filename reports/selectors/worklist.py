"""A day's work of each unit, to be printed: what is overdue, what is due that day and what in the ten working days after it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from agencies.models import Agency
from agencies.selectors import agencies_on
from dossiers.selectors.states import Day, Known, in_time, overdue
from reports.rules.strip import last_ahead
from reports.selectors.desk import Job, day_of, jobs_of
from worktime.rules import WorkCalendar

MOST = 100  # overdue dossiers on one unit's sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's work. ``overdue``: the oldest of ``overdue_total``; ``due``: all, by due date."""

    code: str
    name: str
    overdue: Sequence[Job] = ()
    overdue_total: int = 0
    due: Sequence[tuple[date, Sequence[Job]]] = ()

    @property
    def due_total(self) -> int:
        return sum(len(jobs) for _day, jobs in self.due)


@dataclass(frozen=True, slots=True)
class Worklist:
    """``day``: whose work it is; ``current``: it is the present day. ``idle``: names of units with nothing to do."""

    as_of: date
    day: date
    current: bool
    last: date
    sheets: Sequence[Sheet]
    idle: Sequence[str]


def worklist(
    *, agency: Agency, units: QuerySet[Agency], known: Known, as_of: date, today: date | None, calendar: WorkCalendar
) -> Worklist:
    """``units``: the agency itself, or it and all under it; ``known``: their dossiers. Five queries, however many there are."""
    night, last = Day.of(as_of, calendar), last_ahead(as_of, calendar)
    day, current = day_of(as_of, today, last)
    jobs = partial(jobs_of, since="due_on", as_of=as_of, calendar=calendar)
    late, totals = _by_unit(jobs(_oldest(known, night))), _overdue(known, night)
    coming = known.filter(in_time(night), due_on__range=(as_of, last)).order_by("due_on", "code")
    due = {unit: _by_date(held) for unit, held in _by_unit(jobs(coming)).items()}
    names = dict(units.order_by("sort_key", "code").values_list("code", "name"))
    names = {agency.code: agency.name, **names}  # the unit asked for stands first
    sheets = [Sheet(code, name, late.get(code, ()), totals.get(code, 0), due.get(code, ())) for code, name in names.items()]
    there = set(agencies_on(as_of).filter(code__in=names).values_list("code", flat=True))
    busy = [sheet for sheet in sheets if sheet.overdue or sheet.due]
    idle = [sheet.name for sheet in sheets if sheet not in busy and sheet.code in there]
    return Worklist(as_of, day, current, last, busy, idle)


def _oldest(known: Known, night: Day) -> Known:
    place = Window(RowNumber(), partition_by="agency", order_by=("overdue_from", "code"))
    return known.filter(overdue(night)).annotate(place=place).filter(place__lte=MOST).order_by("overdue_from", "code")


def _overdue(known: Known, night: Day) -> dict[str, int]:
    counted = known.filter(overdue(night)).order_by().values("agency__code").annotate(n=Count("pk"))
    return dict(counted.values_list("agency__code", "n"))


def _by_unit(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """In the order they have."""
    held: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        held[job.unit].append(job)
    return held


def _by_date(jobs: Iterable[Job]) -> list[tuple[date, list[Job]]]:
    return [(day, list(held)) for day, held in groupby(jobs, key=attrgetter("due_on"))]
