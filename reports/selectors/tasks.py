"""What waits to be done this morning, and by whom: facts for a short list, each with its place on the site.

Unlike every figure here this is about the present, whatever date a page shows. A part a role has nothing to do with is None;
a part with nothing to do is empty: the page must be able to say that all is done.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from agencies.access import can, sight, visible_agencies, within_sight
from agencies.rules import Capability
from directives.models import DirectiveFigure
from dossiers.models import AgencyDayCount, ImportBatch, SweepRun
from dossiers.rules.freshness import day_wanted, reaches
from dossiers.selectors.imports import system_freshness
from dossiers.selectors.runs import failed_runs, missing_nights, systems_by_day
from dossiers.selectors.states import Day, dossiers_known_at, in_time
from ui.kept import kept
from worktime.rules import in_vietnam
from worktime.selectors import calendar

RECENT = timedelta(days=7)  # of files: whatever is older has been seen on seven mornings
LETTER_DAYS = timedelta(days=30)
MOST_BATCHES = 100
Status = ImportBatch.Status


@dataclass(frozen=True, slots=True)
class LateFile:
    """A system whose newest data do not reach ``wanted``; ``newest`` None: no file ever came."""

    system: str
    newest: datetime | None
    wanted: date


@dataclass(frozen=True, slots=True)
class DoubtfulLetter:
    """A recent letter with this many figures that differ from ours for the same date."""

    reference: str
    slug: str
    figures: int


@dataclass(frozen=True, slots=True)
class DueToday:
    """How many dossiers in time fall due ``on`` that date, as the night of ``as_of`` knew them."""

    as_of: date
    on: date
    number: int


@dataclass(frozen=True, slots=True)
class Work:
    """``files``: late ones; ``batches``: refused, failed, or with refused rows; ``nights``: dates without figures."""

    files: tuple[LateFile, ...] | None
    batches: tuple[ImportBatch, ...] | None
    nights: tuple[date, ...] | None
    letters: tuple[DoubtfulLetter, ...]
    due: DueToday | None


def work(*, user: User, run: SweepRun, now: datetime, version: str) -> Work:
    """``run``: the newest finished night; ``version``: the journal's head. Raises CalendarMissing outside the loaded years.

    What only the data and the date decide is kept as finished parts of pages are (``ui/kept.py``).
    """
    today, seen = in_vietnam(now).date(), sight(user)
    imports = can(user, Capability.IMPORT)
    follows = can(user, Capability.FOLLOW_UP)
    due_key = ("due today", seen, run.as_of, today)
    return Work(
        files=_late_files(now, day_wanted(today, calendar())) if imports else None,
        batches=_batches(now) if imports else None,
        nights=_nights(today) if can(user, Capability.SEE_NIGHTS) else None,
        letters=kept(lambda: _letters(user, today), version=version, key=("doubtful letters", seen, today)),
        due=kept(lambda: _due(user, run, today), version=version, key=due_key) if follows else None,
    )


def _late_files(now: datetime, wanted: date) -> tuple[LateFile, ...]:
    systems = system_freshness(now)
    return tuple(LateFile(one.system.code, one.data_as_of, wanted) for one in systems if not reaches(one.data_as_of, wanted))


def _batches(now: datetime) -> tuple[ImportBatch, ...]:
    """The newest first, those that wait for a person among them. A refused file that a later one made good is done with."""
    made_good = ImportBatch.objects.filter(system=OuterRef("system"), status=Status.DONE, accepted_at__gt=OuterRef("accepted_at"))
    refused = Q(status=Status.REFUSED) & ~Exists(made_good)
    with_refused_rows = Q(status=Status.DONE, rejected__gt=0)
    recent = Q(accepted_at__gt=now - RECENT) & (refused | with_refused_rows)
    return tuple(ImportBatch.objects.filter(recent | Q(status__in=[Status.FAILED, Status.HELD])).order_by("-pk")[:MOST_BATCHES])


def _nights(today: date) -> tuple[date, ...]:
    failed = failed_runs().values_list("as_of", flat=True)
    return tuple(sorted({*missing_nights(today - timedelta(days=1)), *failed}))


def _due(user: User, run: SweepRun, today: date) -> DueToday:
    """Selected as the list behind the number is."""
    day, known = Day.of(run.as_of, calendar()), within_sight(user, dossiers_known_at(run))
    return DueToday(run.as_of, today, known.filter(in_time(day), due_on=today).count())


def _letters(user: User, today: date) -> tuple[DoubtfulLetter, ...]:
    """Only where the same date has figures of ours: what is not known cannot differ."""
    recent = DirectiveFigure.objects.filter(directive__issued_on__range=(today - LETTER_DAYS, today))
    quoted = list(recent.filter(agency__in=visible_agencies(user)).select_related("directive"))
    told = systems_by_day({figure.as_of for figure in quoted})
    rows = AgencyDayCount.objects.filter(field="", as_of__in=told, agency__in={figure.agency_id for figure in quoted})
    ours = {(day, unit, system): n for day, unit, system, n in rows.values_list("as_of", "agency_id", "system_id", "overdue")}
    differing: dict[tuple[str, str], int] = {}
    for figure in quoted:
        known = figure.system_id in told.get(figure.as_of, ())
        if known and ours.get((figure.as_of, figure.agency_id, figure.system_id), 0) != figure.value:
            letter = figure.directive.reference, figure.directive.slug
            differing[letter] = differing.get(letter, 0) + 1
    return tuple(DoubtfulLetter(*letter, number) for letter, number in differing.items())
