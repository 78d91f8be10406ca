"""Verdicts as conditions: the one place that repeats ``dossiers/rules/overdue.py`` for the database.

The night's counts and the lists behind its numbers are made of these same conditions over ``DossierFacts`` columns;
tests/dossiers/selectors/test_states.py holds them equal to the pure rule over a grid of cases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Self, TypeAlias

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.sql import Query

from dossiers.models import Dossier, DossierRevision, SweepRun
from dossiers.rules.overdue import AGE_LIMITS, age_edges, soon_edge
from dossiers.rules.status import FINISHED
from worktime.rules import WorkCalendar

Known: TypeAlias = QuerySet[Dossier] | QuerySet[DossierRevision]
Parameter: TypeAlias = date | int | str


@dataclass(frozen=True)
class Day:
    """A date with what its verdicts need: the first due date that is not "due soon", and the due dates bounding the ages."""

    as_of: date
    soon: date
    ages: tuple[date, ...]

    @classmethod
    def of(cls, as_of: date, calendar: WorkCalendar) -> Self:
        """Raises CalendarMissing when a year it needs is not loaded."""
        return cls(as_of, soon_edge(as_of, calendar), age_edges(as_of, calendar))


def open_at(day: Day) -> Q:
    return Q(received_on__lte=day.as_of) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day.as_of))


def _running(day: Day) -> Q:
    return Q(stopped_on__isnull=True) | Q(stopped_on__gt=day.as_of)


def overdue(day: Day) -> Q:
    late = Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("overdue_from"))
    return open_at(day) & Q(overdue_from__lte=day.as_of) & late


def overdue_parts(day: Day) -> tuple[Q, Q]:
    """Overdue in two disjoint parts: not ended at all (an index holds them), and ended since (few, but for days long past)."""
    return overdue(day) & Q(ended_on__isnull=True), overdue(day) & Q(ended_on__gt=day.as_of)


def awaiting(day: Day) -> Q:
    not_late = Q(overdue_from__isnull=True) | Q(overdue_from__gt=day.as_of) | Q(stopped_on__lt=F("overdue_from"))
    return open_at(day) & Q(stopped_on__lte=day.as_of) & not_late


def undated(day: Day) -> Q:
    return open_at(day) & _running(day) & Q(overdue_from__isnull=True)


def in_time(day: Day) -> Q:
    """With "due today" and "due soon": the figure they are shares of."""
    return open_at(day) & _running(day) & Q(overdue_from__gt=day.as_of)


def _aged(place: int, day: Day) -> Q:
    """Due dates of the age at this place of AGES; the last one is open."""
    bounds = Q(due_on__gte=day.ages[place]) if place < len(AGE_LIMITS) else Q()
    return bounds & Q(due_on__lt=day.ages[place - 1]) if place else bounds


def ended(day: Day) -> Q:
    return Q(received_on__lte=day.as_of, ended_on=day.as_of)


def received(day: Day) -> Q:
    return Q(received_on=day.as_of)


# What a counted dossier is at the end of a day: one of these, or nothing (ended before it).
BASES: Mapping[str, Callable[[Day], Q]] = {
    "in_time": in_time,
    "overdue": overdue,
    "awaiting": awaiting,
    "undated": undated,
    "ended": ended,
}
AGES = (*(str(limit) for limit in AGE_LIMITS), "more")
_DONE = Q(status__in=FINISHED)
_IN_HOUR = Q(overdue_from__gt=F("due_on")) | Q(ended_at__lte=F("effective_due"))
_PAST_HOUR = Q(ended_on=F("due_on"), overdue_from=F("due_on"), ended_at__gt=F("effective_due"))


def done_late() -> Q:
    """Finished after the due moment, whenever that was."""
    return _DONE & (Q(ended_on__gt=F("due_on")) | _PAST_HOUR)


# Shares of a base: of which, and what is asked besides.
SHARES: Mapping[str, tuple[str, Callable[[Day], Q]]] = {
    "due_today": ("in_time", lambda day: Q(due_on__lte=day.as_of)),
    "due_soon": ("in_time", lambda day: Q(due_on__gt=day.as_of, due_on__lt=day.soon)),
    "done_early": ("ended", lambda day: _DONE & Q(ended_on__lt=F("due_on"))),
    "done_on_time": ("ended", lambda day: _DONE & (Q(due_on__isnull=True) | (Q(ended_on=F("due_on")) & _IN_HOUR))),
    "done_late": ("ended", lambda day: done_late()),
    "ended_other": ("ended", lambda day: ~_DONE),
    "overdue_before_stop": ("overdue", lambda day: Q(stopped_on__lte=day.as_of)),
    **{f"overdue_{name}": ("overdue", partial(_aged, place)) for place, name in enumerate(AGES)},
}


def share(name: str, day: Day) -> Q:
    base, more = SHARES[name]
    return BASES[base](day) & more(day)


def age(name: str, day: Day) -> Q:
    """Overdue dossiers of one age (``tuoi``: up to 5, 10, 30, 90 working days late, or more)."""
    return share(f"overdue_{name}", day)


# The words of the list address (``tinh_trang``), each the condition of the count column of the same name.
STATES: Mapping[str, Callable[[Day], Q]] = {
    "overdue": overdue,
    "open": open_at,
    "in_time": in_time,
    "due_today": partial(share, "due_today"),
    "due_soon": partial(share, "due_soon"),
    "awaiting": awaiting,
    "undated": undated,
    "received": received,
    "done_early": partial(share, "done_early"),
    "done_on_time": partial(share, "done_on_time"),
    "done_late": partial(share, "done_late"),
    "ended_other": partial(share, "ended_other"),
}


def sql_condition(condition: Q) -> tuple[str, tuple[Parameter, ...]]:
    """A condition over bare column names with its parameters, the way Django writes check constraints."""
    query = Query(Dossier, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.compile(query.build_where(condition))
    return sql, tuple(params)


def dossiers_known_at(run: SweepRun) -> Known:
    """The facts a night knew, one row per dossier, all with the columns of ``DossierFacts``.

    Rows are ``Dossier`` while nothing newer has come in, else the ``DossierRevision`` each dossier had then
    (``dossier_key`` names the column that identifies the dossier in either).
    """
    if not _newer_facts(run):
        return Dossier.objects.all()
    told = within(run)
    newer = DossierRevision.objects.filter(told, dossier=OuterRef("dossier")).filter(
        Q(data_as_of__gt=OuterRef("data_as_of")) | Q(data_as_of=OuterRef("data_as_of"), pk__gt=OuterRef("pk"))
    )
    return DossierRevision.objects.filter(told).exclude(Exists(newer))


def dossier_key(known: Known) -> str:
    return "id" if known.model is Dossier else "dossier_id"


def within(run: SweepRun) -> Q:
    """Facts within a night's knowledge: from batches it saw, describing a moment up to each system's cut-off."""
    systems = Q(pk__in=[])
    for system, cutoff in cutoffs(run).items():
        systems |= Q(system=system, data_as_of__lte=cutoff)
    return systems & Q(batch__lte=run.last_batch) & ~Q(batch__in=pending(run))


def _newer_facts(run: SweepRun) -> bool:
    """Whether ``Dossier`` holds a fact the night did not know. Index ends only: a condition would scan the archive."""
    newest_batch = Dossier.objects.aggregate(newest=Max("batch_id"))["newest"] or 0
    if newest_batch > run.last_batch or Dossier.objects.filter(batch__in=pending(run)).exists():
        return True
    for system, cutoff in cutoffs(run).items():
        newest = Dossier.objects.filter(system=system).aggregate(newest=Max("data_as_of"))["newest"]
        if newest and newest > cutoff:
            return True
    return False


def cutoffs(run: SweepRun) -> dict[str, datetime]:
    """Per system with data, up to which moment the night's knowledge reaches."""
    return {system: datetime.fromisoformat(inputs["cutoff"]) for system, inputs in run.inputs.items() if inputs["cutoff"]}


def pending(run: SweepRun) -> list[int]:
    """Batches with a lower number than the last one seen that were not in yet."""
    return [batch for inputs in run.inputs.values() for batch in inputs["pending"]]
