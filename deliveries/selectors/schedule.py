"""Which files are expected, what became of the latest days, which is late now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from deliveries.models import ExpectedDelivery
from deliveries.rules.schedule import (
    LONGEST_GAP,
    Arrival,
    IsWorking,
    Standing,
    due_at,
    last_day_open,
    late_day,
    opens_at,
    standings,
)
from dossiers.models import ImportBatch
from worktime.rules import in_vietnam
from worktime.selectors import working_days

SHOWN = timedelta(days=13)  # before today
Status, Kind = ImportBatch.Status, ImportBatch.Kind


@dataclass(frozen=True, slots=True)
class Scheduled:
    """``days``: newest first."""

    expected: ExpectedDelivery
    days: list[Standing]


@dataclass(frozen=True, slots=True)
class LateDelivery:
    """``held``: the batch that is there but waits for a person."""

    expected: ExpectedDelivery
    day: date
    due: datetime
    held: int | None


def deliveries_listed() -> QuerySet[ExpectedDelivery]:
    return ExpectedDelivery.objects.select_related("system")


def schedule(now: datetime) -> list[Scheduled]:
    """Everything expected on one of the last days, or later. Raises CalendarMissing. Three queries."""
    first = in_vietnam(now).date() - SHOWN
    listed = list(deliveries_listed().filter(Q(stopped_from__isnull=True) | Q(stopped_from__gt=first)))
    since = min((opens_at(one.plan, first) for one in listed), default=now)
    batches = list(
        ImportBatch.objects.filter(accepted_at__gte=since, accepted_at__lte=now, status__in=[Status.DONE, Status.HELD])
        .order_by("accepted_at")
        .only("system_id", "kind", "status", "accepted_at")
    )
    is_working = _is_working(listed, first, last_day_open(now))
    return [Scheduled(one, _days(one, first, batches, now, is_working)) for one in listed]


def _days(
    expected: ExpectedDelivery, first: date, batches: Sequence[ImportBatch], now: datetime, is_working: IsWorking
) -> list[Standing]:
    arrivals = [
        Arrival(batch.pk, batch.accepted_at, waiting=batch.status == Status.HELD)
        for batch in batches
        if batch.system_id == expected.system_id and batch.kind in (expected.kind, Kind.FULL)
    ]
    return list(standings(expected.plan, first, arrivals, now, is_working))[::-1]


def deliveries_late(now: datetime) -> list[LateDelivery]:
    """What is late at this moment. One query, one more for working days. Raises CalendarMissing."""
    today = in_vietnam(now).date()
    running = Q(active_from__lte=today) & (Q(stopped_from__isnull=True) | Q(stopped_from__gt=today))
    # A full extract serves where changes are expected; an undoing batch is of neither kind.
    serving = ImportBatch.objects.filter(Q(kind=OuterRef("kind")) | Q(kind=Kind.FULL), system=OuterRef("system"))
    done = serving.filter(status=Status.DONE).order_by("-accepted_at")
    held = serving.filter(status=Status.HELD).order_by("-accepted_at")
    listed = deliveries_listed().filter(running)
    listed = listed.annotate(
        came_at=Subquery(done.values("accepted_at")[:1]),
        held_at=Subquery(held.values("accepted_at")[:1]),
        held=Subquery(held.values("pk")[:1]),
    )
    found = list(listed)
    is_working = _is_working(found, today - timedelta(days=LONGEST_GAP), today)
    return [late for one in found if (late := _late(one, now, is_working))]


def _late(one: ExpectedDelivery, now: datetime, is_working: IsWorking) -> LateDelivery | None:
    """``one`` with the annotations of ``deliveries_late``."""
    came_at, held_at, held = one.came_at, one.held_at, one.held  # type: ignore[attr-defined]  # annotated
    day = late_day(one.plan, came_at, now, is_working)
    if day is None:
        return None
    waits = held_at is not None and held_at >= opens_at(one.plan, day)
    return LateDelivery(one, day, due_at(one.plan, day), held if waits else None)


def _is_working(listed: Collection[ExpectedDelivery], first: date, last: date) -> IsWorking:
    """Asks the calendar only where somebody expects a file on working days alone."""
    if any(one.plan.working_days for one in listed):
        return working_days(first, last)
    return lambda _day: True
