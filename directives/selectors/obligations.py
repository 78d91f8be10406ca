"""What obligations are judged by: frozen figures of the night, of the letter's mark and of the due date."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

from django.db.models import F

from directives.models import Baseline, CohortCount, Obligation
from directives.rules.obligations import Standing
from dossiers.models import AgencyDayCount, SourceSystem, SweepRun
from dossiers.rules.freshness import STALE_AFTER, told_upto
from dossiers.selectors.runs import finished_runs
from worktime.rules import WorkCalendar

Place: TypeAlias = tuple[int, int, str]  # letter, unit, system


@dataclass(frozen=True)
class Numbers:
    """Frozen figures of a few days, in three queries however many obligations and units there are."""

    marks: Mapping[Place, tuple[date, int]]  # day and size of each list
    stocks: Mapping[tuple[date, int, str], int]  # overdue by day, unit, system
    unsettled: Mapping[tuple[date, Place], int]  # of a list, not lawfully ended by that day

    def value(self, obligation: Obligation, unit: int, systems: Collection[str], day: date) -> int | None:
        """The number an obligation is about; None where a list was not followed on that day."""
        if obligation.kind != Obligation.Kind.SETTLED:
            return sum(self.stocks.get((day, unit, system), 0) for system in systems)
        left = [self.unsettled.get((day, (obligation.directive_id, unit, system))) for system in systems]
        return sum(number for number in left if number is not None) if None not in left else None


def measured(*, upto: date) -> list[Obligation]:
    """The obligations figures measure, of letters issued up to that day, with their units."""
    found = Obligation.objects.filter(kind__in=Obligation.MEASURED, directive__issued_on__lte=upto)
    return list(found.select_related("directive").prefetch_related("agencies").order_by("pk"))


def standings(
    *, run: SweepRun, obligations: Collection[Obligation], calendar: WorkCalendar
) -> Iterator[tuple[Obligation, int, Standing]]:
    """(obligation, unit, what is known of it) for every unit of each obligation, at the end of the night's day."""
    everywhere = tuple(SourceSystem.objects.order_by("code").values_list("code", flat=True))
    told = {system: told_upto(run.inputs, system, run.as_of) for system in everywhere}
    systems = {one.pk: (one.system_id,) if one.system_id else everywhere for one in obligations}
    decided = {one.pk: _decided_on(one.due_on, systems[one.pk], run) for one in obligations}
    known = _numbers(obligations, {run.as_of, *(day for day in decided.values() if day)})
    for one in obligations:
        reached = [told[system] for system in systems[one.pk]]
        upto = min((day for day in reached if day), default=None) if None not in reached else None
        stale = upto is not None and calendar.working_days_between(upto, run.as_of) > STALE_AFTER
        for unit in one.agencies.all():
            marks = [known.marks.get((one.directive_id, unit.pk, system)) for system in systems[one.pk]]
            marked = [found for found in marks if found] if None not in marks else []
            day = decided[one.pk]
            yield (
                one,
                unit.pk,
                Standing(
                    as_of=run.as_of,
                    mark=max((as_of for as_of, _size in marked), default=None),
                    start=sum(size for _as_of, size in marked) if marked else None,
                    value=known.value(one, unit.pk, systems[one.pk], run.as_of),
                    told=upto,
                    stale=stale,
                    at_due=known.value(one, unit.pk, systems[one.pk], day) if day else None,
                ),
            )


def _decided_on(due_on: date | None, systems: Collection[str], tonight: SweepRun) -> date | None:
    """The first night on or after the due date whose data reach it."""
    if due_on is None or due_on > tonight.as_of:
        return None
    earlier = finished_runs().filter(as_of__gte=due_on, as_of__lt=tonight.as_of).order_by("as_of")
    for run in chain(earlier.iterator(), [tonight]):
        reached = [told_upto(run.inputs, system, run.as_of) for system in systems]
        if all(day is not None and day >= due_on for day in reached):
            return run.as_of
    return None


def _numbers(obligations: Collection[Obligation], days: Collection[date]) -> Numbers:
    letters = {one.directive_id for one in obligations}
    units = {unit.pk for one in obligations for unit in one.agencies.all()}
    lists = Baseline.objects.filter(directive__in=letters, agency__in=units).order_by()
    held = AgencyDayCount.objects.filter(as_of__in=days, field="", agency__in=units).order_by()
    followed = CohortCount.objects.filter(as_of__in=days, baseline__in=lists).order_by()
    left = followed.annotate(left=F("size") - F("finished") - F("ended_other"))
    places = ("baseline__directive_id", "baseline__agency_id", "baseline__system_id")
    return Numbers(
        marks={
            (letter, unit, system): (as_of, size)
            for letter, unit, system, as_of, size in lists.values_list(
                "directive_id", "agency_id", "system_id", "as_of", "counted"
            )
        },
        stocks={
            (day, unit, system): overdue
            for day, unit, system, overdue in held.values_list("as_of", "agency_id", "system_id", "overdue")
        },
        unsettled={
            (day, (letter, unit, system)): number
            for day, letter, unit, system, number in left.values_list("as_of", *places, "left")
        },
    )
