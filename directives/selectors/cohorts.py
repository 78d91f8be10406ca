"""What became of the dossiers behind letters' figures: the one place that repeats ``directives/rules/fate.py`` for the database.

The nightly counts and the lists behind their numbers are made of the same condition over what a night knew;
tests/directives/selectors/test_cohorts.py holds it equal to the pure rule over a grid of real rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from directives.rules.fate import Fate
from dossiers.models import Dossier, SweepRun
from dossiers.rules.status import FINISHED
from dossiers.selectors.states import Day, Known, awaiting, dossiers_known_at, overdue
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


def followed(look: Look, baselines: QuerySet[Any] | Collection[int]) -> Known:
    """The dossiers of these lists, once per list, as the night knew them.

    Besides their facts: ``mark`` (the baseline's id), ``fate``, and ``held``: whether the unit's published figure still counts
    it as overdue.
    """
    member = "baselines__baseline" if look.known.model is Dossier else "dossier__baselines__baseline"
    marked = look.known.annotate(mark=F(member), unit=F(f"{member}__agency"))
    held = overdue(look.day) & Q(agency=F("unit"))
    return marked.filter(mark__in=baselines).annotate(fate=_fate(look), held=Case(When(held, then=True), default=False))


def _fate(look: Look) -> Case:
    """The order is the rule's: an end first, then another system, then the extract, then what an open dossier is."""
    received = Q(received_on__lte=look.day.as_of)
    ended = received & Q(ended_on__lte=look.day.as_of)
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
