"""What became of the dossiers behind letters' figures: the one place that repeats ``directives/rules/fate.py`` for the database.

The nightly counts and the lists behind their numbers are made of the same condition over what a night knew;
tests/directives/selectors/test_cohorts.py holds it equal to the pure rule over a grid of real rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from directives.models import Baseline
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


def followed(look: Look, baselines: QuerySet[Any] | Collection[int]) -> QuerySet[Any]:
    """The dossiers of these lists, once per list, as the night knew them.

    Besides their facts: ``mark`` (the baseline's id), ``unit`` (its unit's), ``missed`` (the due date missed at the mark),
    ``fate``, and ``held``: whether the unit's published figure still counts it as overdue.
    """
    member = "baselines" if look.known.model is Dossier else "dossier__baselines"
    columns = {"mark": F(f"{member}__baseline"), "unit": F(f"{member}__baseline__agency"), "missed": F(f"{member}__due_on")}
    marked: QuerySet[Any] = look.known.annotate(**columns)
    held = overdue(look.day) & Q(agency=F("unit"))
    found: QuerySet[Any] = marked.filter(mark__in=baselines).annotate(
        fate=_fate(look), held=Case(When(held, then=True), default=False)
    )
    return found


def newcomers(look: Look, baselines: QuerySet[Baseline]) -> QuerySet[Any]:
    """What is overdue at these lists' units on their systems without being of their list; the same columns."""
    key = dossier_key(look.known)
    here = baselines.filter(agency=OuterRef("agency"), system=OuterRef("system"))
    listed = here.filter(members__dossier=OuterRef(key))
    columns = {"mark": Value(None, IntegerField()), "unit": F("agency"), "missed": F("due_on"), "fate": Value("inflow")}
    return look.known.filter(overdue(look.day), Exists(here), ~Exists(listed)).annotate(**columns, held=Value(True))


def _fate(look: Look) -> Case:
    """The order is the rule's: an end first, then another system, then the extract, then what an open dossier is."""
    received = Q(received_on__lte=look.day.as_of)
    # Not null first: what is unknown would have the database look for each dossier elsewhere before it says no.
    ended = Q(ended_on__isnull=False) & Q(ended_on__lte=look.day.as_of) & received
    gone = unlisted(look.run, look.known)

    def when(condition: Q, fate: Fate) -> When:
        return When(condition, then=Value(fate))

    return Case(
        when(ended & Q(status__in=FINISHED), "finished"),
        when((ended | gone) & elsewhere(look.run, look.known), "moved"),
        when(ended, "ended_other"),
        when(Q(received_on__isnull=True) | Q(received_on__gt=look.day.as_of), "uncounted"),
        when(gone, "vanished"),
        when(overdue(look.day) & Q(agency=F("unit")), "overdue"),
        when(overdue(look.day), "transferred"),
        when(awaiting(look.day), "stopped"),
        default=Value("due_moved"),
        output_field=CharField(),
    )
