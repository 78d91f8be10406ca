"""Facts about units at the end of a day, for people who decide whether somebody's responsibility is to be reviewed.

Everything comes from published nights, letters' lists, calls, explanations and notices as they stood at 24:00 of the day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Sum, Value, When

from accountability.models import Criteria
from accountability.rules import Criterion, Facts, met, month_ends, to_be_considered
from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency
from directives.models import Explanation, ExplanationCall
from directives.selectors.explained import Said, overdue_dossiers, with_answer
from directives.selectors.explanations import CallStanding, calls_standing
from directives.selectors.unit import UnitLetter, unit_letters
from dossiers.models import AgencyDayCount, SourceSystem
from dossiers.selectors.dossiers import Listing
from dossiers.selectors.outlived import letters_outlived_by, outliving
from dossiers.selectors.runs import midnight_after, systems_by_day
from dossiers.selectors.states import Known, dossier_key
from journal.selectors import night_seals
from notices.models import Notice
from worktime.rules import end_of_day

# What holds until the office has decided on a version of its own.
BUILT_IN = Criteria(pk=0, periods=3, late_periods=3, floor=5, letters=3, least=2, decided_at=datetime(2022, 11, 10, tzinfo=UTC))
COLUMNS = ("system_id", "code", "procedure_name", "field", "officer", "received_on", "due_on", "answer")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with what is overdue now, its facts, and the criteria they meet."""

    agency: Agency
    old: int
    new: int
    facts: Facts
    met: tuple[Criterion, ...]
    considered: bool

    @property
    def total(self) -> int:
        return self.old + self.new


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A unit at the end of a month. None: that night has no figures of the system; ``seal`` names the figures on paper."""

    day: date
    old: int | None
    new: int | None
    seal: str


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue dossier of the unit; ``days``: working days; ``letters``: how many it has outlived."""

    system: str
    code: str
    procedure: str
    field: str
    officer: str
    received_on: date | None
    due_on: date
    days: int
    letters: int
    answer: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything about one unit that stands in its file."""

    candidate: Candidate
    months: list[MonthEnd]
    letters: list[UnitLetter]
    calls: list[CallStanding]
    explanations: QuerySet[Any]
    notices: QuerySet[Any]
    officers: list[tuple[str, int, int]]  # name as the systems give it, overdue, of these outlived enough letters
    late: list[Late]


def criteria_in_force() -> Criteria:
    return Criteria.objects.first() or BUILT_IN


def criteria_versions() -> QuerySet[Criteria]:
    """All that were decided, the newest first."""
    return Criteria.objects.all()


def candidates(*, user: User, night: Listing, criteria: Criteria) -> list[Candidate]:
    """Units with something overdue now or at the end of a month looked at: those to be considered first, most overdue first."""
    found = list(_candidates(visible_agencies(user), night, criteria))
    return sorted(found, key=lambda one: (not one.considered, -len(one.met), -one.total, one.agency.sort_key))


def candidate_of(*, agency: Agency, night: Listing, criteria: Criteria) -> Candidate:
    """One unit, also when nothing of it was ever late."""
    nothing = Facts((0,) * criteria.periods, 0, 0)
    return next(_candidates(Agency.objects.filter(pk=agency.pk), night, criteria), Candidate(agency, 0, 0, nothing, (), False))


def _candidates(agencies: QuerySet[Agency], night: Listing, criteria: Criteria) -> Iterator[Candidate]:
    as_of, mine = night.run.as_of, agencies.order_by().values("pk")
    days = month_ends(as_of, criteria.periods)
    told, counted = systems_by_day(days), _overdue(mine, {*days, as_of})
    known = night.known.filter(agency__in=mine)
    stood = dict(outliving(known, night.day, criteria.letters).order_by().values_list("agency").annotate(Count("pk")))
    unanswered = _unanswered(mine, as_of)
    for agency in agencies.filter(pk__in=counted).order_by("sort_key"):
        at = counted[agency.pk]
        months = tuple(sum(at[day].values()) if told.get(day) else None for day in days)
        facts = Facts(months, stood.get(agency.pk, 0), unanswered.get(agency.pk, 0))
        criteria_met = met(facts, criteria)
        now = at[as_of]
        yield Candidate(
            agency,
            now.get(SourceSystem.OLD, 0),
            now.get(SourceSystem.NEW, 0),
            facts,
            criteria_met,
            to_be_considered(criteria_met, criteria),
        )


def _overdue(agencies: QuerySet[Any], days: set[date]) -> Mapping[int, Mapping[date, Mapping[str, int]]]:
    """Per unit with anything overdue on one of these dates: date → system → overdue."""
    rows = AgencyDayCount.objects.filter(as_of__in=days, field="", agency__in=agencies, overdue__gt=0)
    found: dict[int, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for agency, day, system, overdue in rows.values_list("agency", "as_of", "system").annotate(late=Sum("overdue")).order_by():
        found[agency][day][system] = overdue
    return found


def _unanswered(agencies: QuerySet[Any], as_of: date) -> Mapping[int, int]:
    """Per unit: calls whose deadline has passed with something left to explain."""
    found: dict[int, int] = defaultdict(int)
    for one in _calls(ExplanationCall.objects.filter(agency__in=agencies, answer_by__lt=as_of), as_of):
        found[one.call.agency_id] += one.asked.left > 0
    return found


def _calls(calls: QuerySet[ExplanationCall], as_of: date) -> list[CallStanding]:
    moment = end_of_day(as_of)
    made = calls.filter(called_at__lte=moment).select_related("agency", "directive")
    return calls_standing(calls=made, now=moment, as_of=as_of)


def pack(*, agency: Agency, night: Listing, criteria: Criteria) -> Pack:
    """A fixed number of queries, however much there is."""
    as_of, own = night.run.as_of, night.known.filter(agency=agency)
    letters = unit_letters(agency=agency, known=own, as_of=as_of, calendar=night.calendar).letters
    late = _late(agency, own, night)
    return Pack(
        candidate_of(agency=agency, night=night, criteria=criteria),
        _months(agency, month_ends(as_of, criteria.periods)),
        letters,
        _calls(ExplanationCall.objects.filter(agency=agency), as_of),
        explanations_by(agency, as_of),
        _notices(agency, as_of),
        _officers(late, criteria.letters),
        late,
    )


def _months(agency: Agency, days: list[date]) -> list[MonthEnd]:
    told, seals = systems_by_day(days), night_seals(days)
    at = _overdue(Agency.objects.filter(pk=agency.pk).values("pk"), set(days)).get(agency.pk, {})

    def figure(day: date, system: str) -> int | None:
        return at.get(day, {}).get(system, 0) if system in told.get(day, ()) else None

    return [MonthEnd(day, figure(day, SourceSystem.OLD), figure(day, SourceSystem.NEW), seals.get(day, "")) for day in days]


def _notices(agency: Agency, as_of: date) -> QuerySet[Any]:
    """What people had been told by then; ``opened``: when they first opened it, as far as that was known then."""
    moment = midnight_after(as_of)
    told = Notice.objects.filter(agency=agency, created_at__lte=moment).select_related("user")
    return told.annotate(opened=Case(When(opened_at__lte=moment, then=F("opened_at")))).order_by("created_at", "pk")


def explanations_by(agency: Agency, as_of: date) -> QuerySet[Any]:
    """What the unit said by then, oldest first: ``count`` dossiers, ``stood``: its state then, before later decisions."""
    moment = midnight_after(as_of)
    said = Explanation.objects.filter(agency=agency, submitted_at__lte=moment).select_related("directive")
    stood = Case(When(decided_at__lte=moment, then=F("state")), default=Value(Explanation.State.SUBMITTED))
    return said.annotate(count=Count("dossiers"), stood=stood).order_by("submitted_at", "pk")


def _late(agency: Agency, own: Known, night: Listing) -> list[Late]:
    """The unit's overdue dossiers, those with the earliest due date first."""
    letters = letters_outlived_by(own, night.day)
    overdue = overdue_dossiers(night).filter(agency=agency)
    rows = with_answer(overdue, Said(midnight_after(night.run.as_of))).order_by("due_on", "code")
    as_of, days = night.run.as_of, night.calendar.working_days_between
    told: Iterator[Any] = rows.values_list(dossier_key(overdue), *COLUMNS).iterator()
    return [
        Late(system, code, name, field, officer, received, due, days(due, as_of), letters.get(key, 0), said)
        for key, system, code, name, field, officer, received, due, said in told
    ]


def _officers(late: list[Late], letters: int) -> list[tuple[str, int, int]]:
    """Those named in at least one dossier that has outlived enough letters, most such first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in late:
        counts[one.officer][0] += 1
        counts[one.officer][1] += one.letters >= letters
    named = [(name, total, stood) for name, (total, stood) in counts.items() if name and stood]
    return sorted(named, key=lambda one: (-one[2], -one[1], one[0]))
