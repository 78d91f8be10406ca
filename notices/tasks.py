"""Telling people what they have not been told yet, every minute: the facts say what, so a missed minute loses nothing."""

from celery import shared_task

from kontum_tthc import clock
from notices.services import notices_send


@shared_task(name="notices.tasks.send")  # type: ignore[untyped-decorator]  # celery has no types
def send() -> None:
    notices_send(now=clock.now())
