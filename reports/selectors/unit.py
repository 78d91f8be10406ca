"""What a unit's page adds: which procedures and officers hold the backlog, what falls due next, which letters concern it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet, TextField, Value

from agencies.models import Agency
from agencies.selectors import agencies_on, responsible_agency
from directives.models import Directive, DirectiveFigure
from dossiers.models import AgencyDayCount
from dossiers.selectors.runs import systems_by_day
from dossiers.selectors.states import Day, Known, in_time, open_at, overdue
from worktime.rules import CalendarMissing, WorkCalendar

TOP = 10
AHEAD = 10  # working days
INFERRED = Max("procedure__remark", filter=Q(procedure__verified=False))
NOTHING = Value(None, output_field=TextField())


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another unit; ``linked``: the caller may open it."""

    agency: Agency
    linked: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: under whom, over how many, in whose charge; ``heir`` answers for it once it has ended (R12)."""

    parent: Neighbour | None
    heir: Neighbour | None
    below: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A procedure or an officer with what they hold; ``key`` is the word the dossier list filters by."""

    key: str
    label: str
    overdue: int
    open: int
    verified: bool = True
    remark: str = ""  # what about its time limit is inferred


@dataclass(frozen=True, slots=True)
class LetterFigure:
    """A count a letter quotes, beside ours for the same date (None: that date has no figures of the system)."""

    system: str
    as_of: date
    value: int
    ours: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    directive: Directive
    figures: tuple[LetterFigure, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What lies behind a unit's figures on one night."""

    procedures: list[Holder]
    officers: list[Holder]
    coming: list[tuple[date, int]]


def place(agency: Agency, *, sight: QuerySet[Agency], on: date) -> Place:
    """``sight``: the units the caller may see."""
    ended = agency.valid_to is not None and agency.valid_to < on
    near = (agency.parent, responsible_agency(agency, on) if ended else None)
    seen = set(sight.filter(pk__in=[one.pk for one in near if one]).values_list("pk", flat=True))
    parent, heir = (Neighbour(one, one.pk in seen) if one else None for one in near)
    below = agencies_on(on).filter(above__ancestor=agency).exclude(pk=agency.pk).count()
    members = agency.memberships.filter(user__is_active=True).select_related("user").order_by("user__full_name", "pk")
    return Place(parent, heir, below, tuple(str(member.user) for member in members))


def backlog(*, known: Known, as_of: date, calendar: WorkCalendar) -> Backlog:
    """Read from the dossiers as that night knew them, under the conditions its counts were made with."""
    day = Day.of(as_of, calendar)
    return Backlog(
        _holders(known, day, "procedure_code", "procedure_name", INFERRED),
        _holders(known, day, "officer", "officer"),
        _falling_due(known, day, calendar),
    )


def _holders(known: Known, day: Day, key: str, label: str, inferred: Max | Value = NOTHING) -> list[Holder]:
    """The ten with most overdue dossiers."""
    held = known.filter(open_at(day)).order_by().values(key)
    sums = held.annotate(label=Max(label), late=Count("pk", filter=overdue(day)), held=Count("pk"), inferred=inferred)
    found = sums.filter(late__gt=0).order_by("-late", key).values_list(key, "label", "late", "held", "inferred")[:TOP]
    return [Holder(one, name, late, of, remark is None, remark or "") for one, name, late, of, remark in found]


def _falling_due(known: Known, day: Day, calendar: WorkCalendar) -> list[tuple[date, int]]:
    """Dossiers in time by due date: ``as_of`` and the next ten working days, and any other day in between that has some."""
    last = _last_ahead(day.as_of, calendar)
    coming = known.filter(in_time(day), due_on__range=(day.as_of, last)).order_by().values("due_on").annotate(n=Count("pk"))
    held = {due: n for due, n in coming.values_list("due_on", "n") if due}
    days = (day.as_of + timedelta(days=offset) for offset in range((last - day.as_of).days + 1))
    return [(one, held.get(one, 0)) for one in days if one in held or one == day.as_of or calendar.is_working(one)]


def _last_ahead(as_of: date, calendar: WorkCalendar) -> date:
    """The tenth working day after it, or the last day the calendar knows."""
    try:
        return calendar.add_working_days(as_of, AHEAD)
    except CalendarMissing:
        return date(calendar.years[-1], 12, 31)


def letters(agency: Agency) -> list[Letter]:
    """Letters that address the unit or quote a figure of it, newest first."""
    concerned = Q(addressees__agencies=agency) | Q(figures__agency=agency)
    found = Directive.objects.filter(concerned).distinct().order_by("-issued_on", "reference")
    quoted = list(DirectiveFigure.objects.filter(agency=agency).order_by("as_of", "-system_id"))
    ours = _own_counts(agency, {figure.as_of for figure in quoted})
    figures: dict[int, list[LetterFigure]] = defaultdict(list)
    for one in quoted:
        held = ours.get(one.as_of, {}).get(one.system_id)
        figures[one.directive_id].append(LetterFigure(one.system_id, one.as_of, one.value, held))
    return [Letter(directive, tuple(figures[directive.pk])) for directive in found]


def _own_counts(agency: Agency, days: Collection[date]) -> dict[date, dict[str, int]]:
    """Overdue on each system that has figures on those days."""
    held = {day: dict.fromkeys(systems, 0) for day, systems in systems_by_day(days).items()}
    rows = AgencyDayCount.objects.filter(agency=agency, field="", as_of__in=held)
    for day, system, overdue_count in rows.values_list("as_of", "system_id", "overdue"):
        held[day][system] = overdue_count
    return held
