"""What became of the dossiers behind letters' figures: the one place that repeats ``directives/rules/fate.py`` for the database.

The nightly counts and the lists behind their numbers are made of the same condition over what a night knew;
tests/directives/selectors/test_cohorts.py holds it equal to the pure rule over a grid of real rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from directives.models import Baseline, BaselineDossier
from directives.rules.fate import Fate
from dossiers.models import Dossier, SweepRun
from dossiers.rules.status import FINISHED
from dossiers.selectors.states import Day, Known, awaiting, dossier_key, dossiers_known_at, overdue
from dossiers.selectors.whereabouts import elsewhere, unlisted
from worktime.rules import WorkCalendar


@dataclass(frozen=True)
class Look:
    """One night looked back from: its day and what it knew."""

    run: SweepRun
    day: Day
    known: Known

    @classmethod
    def of(cls, run: SweepRun, calendar: WorkCalendar) -> Self:
        """Raises CalendarMissing when a year it needs is not loaded."""
        return cls(run, Day.of(run.as_of, calendar), dossiers_known_at(run))


def judged(look: Look, among: Q | RawSQL) -> QuerySet[Any]:
    """Each dossier of which the condition holds once, as the night knew it.

    ``own``: its fate where it is now; ``late``: whether it is overdue there although it is gone from its extract.
    """
    missing = unlisted(look.run, look.known)
    late = Case(When(missing & overdue(look.day), then=True), default=False)
    mine: QuerySet[Any] = look.known.filter(among)
    found: QuerySet[Any] = mine.annotate(own=_fate(look, missing), late=late)
    return found


def gone(look: Look) -> QuerySet[Any]:
    """The dossiers (ids) that are no longer in their extract."""
    found: QuerySet[Any] = look.known.filter(unlisted(look.run, look.known))
    return found.order_by().values(dossier_key(look.known))


def followed(look: Look, lists: Collection[int]) -> QuerySet[Any]:
    """The dossiers of these lists, once per list.

    Besides their facts: ``mark`` (the list's id), ``unit`` (its unit's), ``missed`` (the due date missed at the mark), ``fate``.
    """
    member = "baselines" if look.known.model is Dossier else "dossier__baselines"
    columns = {"mark": F(f"{member}__baseline"), "unit": F(f"{member}__baseline__agency"), "missed": F(f"{member}__due_on")}
    members = BaselineDossier.objects.filter(baseline__in=lists).values("dossier")
    marked: QuerySet[Any] = judged(look, Q(**{f"{dossier_key(look.known)}__in": members})).annotate(**columns)
    handed_over = When(Q(own="overdue") & ~Q(agency=F("unit")), then=Value("transferred"))
    found: QuerySet[Any] = marked.filter(mark__in=lists).annotate(fate=Case(handed_over, default=F("own")))
    return found


def newcomers(look: Look, baselines: QuerySet[Baseline]) -> QuerySet[Any]:
    """What is overdue at these lists' units on their systems without being of their list; the same columns."""
    key = dossier_key(look.known)
    here = baselines.filter(agency=OuterRef("agency"), system=OuterRef("system"))
    listed = here.filter(members__dossier=OuterRef(key))
    columns = {"mark": Value(None, IntegerField()), "unit": F("agency"), "missed": F("due_on"), "fate": Value("inflow")}
    return look.known.filter(overdue(look.day), Exists(here), ~Exists(listed)).annotate(**columns)


def _fate(look: Look, gone: Q) -> Case:
    """The order is the rule's: an end first, then another system, then the extract, then what an open dossier is."""
    received = Q(received_on__lte=look.day.as_of)
    # Not null first: what is unknown would have the database look for each dossier elsewhere before it says no.
    ended = Q(ended_on__isnull=False) & Q(ended_on__lte=look.day.as_of) & received

    def when(condition: Q, fate: Fate) -> When:
        return When(condition, then=Value(fate))

    return Case(
        when(ended & Q(status__in=FINISHED), "finished"),
        when((ended | gone) & elsewhere(look.run, look.known), "moved"),
        when(ended, "ended_other"),
        when(Q(received_on__isnull=True) | Q(received_on__gt=look.day.as_of), "uncounted"),
        when(gone, "vanished"),
        when(overdue(look.day), "overdue"),
        when(awaiting(look.day), "stopped"),
        default=Value("due_moved"),
        output_field=CharField(),
    )
