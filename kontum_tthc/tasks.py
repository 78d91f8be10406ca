"""The night as a task. Beat, the watchdog and a starting worker all call it; the ledger makes them safe together."""

from celery import shared_task

from dossiers.services.worker import nights_answered
from kontum_tthc import clock, nightly


@shared_task  # type: ignore[untyped-decorator]  # celery ships no types
def night(trigger: str) -> None:
    """Run whatever dates are missing up to the last day that has ended."""
    try:
        nightly.catch_up(upto=clock.last_ended_day(), now=clock.now(), trigger=trigger)
    finally:
        nights_answered()
