"""Looking into the drop folders, every minute; what a round leaves there, the next one finds."""

from celery import shared_task

from deliveries.services.pickup import deliveries_pick_up
from kontum_tthc import clock


@shared_task(name="deliveries.tasks.pickup")  # type: ignore[untyped-decorator]  # celery has no types
def pickup() -> None:
    deliveries_pick_up(now=clock.now()).raise_faults()
