"""What a unit's page adds: where it stands, which procedures and officers hold the backlog, which letters concern it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, TextField, Value

from agencies.models import Agency
from agencies.selectors import agencies_on, responsible_agency
from directives.models import Directive, DirectiveFigure
from dossiers.models import AgencyDayCount
from dossiers.rules.freshness import stood_still
from dossiers.selectors.runs import Inputs, inputs_by_day, systems_told
from dossiers.selectors.states import Day, Known, open_at, overdue
from worktime.rules import WorkCalendar

TOP = 10
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
    """A count a letter quotes, beside ours for the same date and ours now. None: that date has no figures of the system.

    ``stuck``: the system brought no newer file since, so the change says nothing about the unit's work.
    """

    system: str
    as_of: date
    value: int
    ours: int | None
    now: int | None
    stuck: bool = False

    @property
    def since(self) -> int | None:
        return None if self.ours is None or self.now is None else self.now - self.ours


@dataclass(frozen=True, slots=True)
class Letter:
    directive: Directive
    figures: tuple[LetterFigure, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What lies behind a unit's figures on one night."""

    procedures: list[Holder]
    officers: list[Holder]


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
    )


def _holders(known: Known, day: Day, key: str, label: str, inferred: Max | Value = NOTHING) -> list[Holder]:
    """The ten with most overdue dossiers."""
    held = known.filter(open_at(day)).order_by().values(key)
    sums = held.annotate(label=Max(label), late=Count("pk", filter=overdue(day)), held=Count("pk"), inferred=inferred)
    found = sums.filter(late__gt=0).order_by("-late", key).values_list(key, "label", "late", "held", "inferred")[:TOP]
    return [Holder(one, name, late, of, remark is None, remark or "") for one, name, late, of, remark in found]


def letters(agency: Agency, *, as_of: date) -> list[Letter]:
    """Letters that address the unit or quote a figure of it, newest first; "now" is ``as_of``."""
    concerned = Q(addressees__agencies=agency) | Q(figures__agency=agency)
    found = Directive.objects.filter(concerned).distinct().order_by("-issued_on", "reference")
    quoted = list(DirectiveFigure.objects.filter(agency=agency).order_by("as_of", "-system_id"))
    nights = inputs_by_day({as_of, *(figure.as_of for figure in quoted)})
    ours = _own_counts(agency, nights)
    figures: dict[int, list[LetterFigure]] = defaultdict(list)
    for one in quoted:
        later = ours.get(as_of, {}).get(one.system_id) if one.as_of < as_of else None
        stuck = later is not None and one.as_of in nights and stood_still(nights[as_of], nights[one.as_of], one.system_id)
        held = ours.get(one.as_of, {}).get(one.system_id)
        figures[one.directive_id].append(LetterFigure(one.system_id, one.as_of, one.value, held, later, stuck))
    return [Letter(directive, tuple(figures[directive.pk])) for directive in found]


def _own_counts(agency: Agency, nights: Mapping[date, Mapping[str, Inputs]]) -> dict[date, dict[str, int]]:
    """Overdue on each system that has figures on those days."""
    held = {day: dict.fromkeys(systems_told(inputs), 0) for day, inputs in nights.items()}
    rows = AgencyDayCount.objects.filter(agency=agency, field="", as_of__in=held)
    for day, system, overdue_count in rows.values_list("as_of", "system_id", "overdue"):
        held[day][system] = overdue_count
    return held
