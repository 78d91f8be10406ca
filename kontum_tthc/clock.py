"""The only reader of the wall clock. Doors call it once and hand the moment down as ``now`` or ``as_of``."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware; the demo pins it (``KONTUM_CLOCK``)."""
    pinned: datetime | None = settings.CLOCK_PINNED_AT
    return pinned or timezone.now()


def today() -> date:
    """The present date in Vietnam."""
    return timezone.localdate(now())


def last_ended_day() -> date:
    """The business date a night started now is about: the day that ended at the last midnight."""
    return today() - timedelta(days=1)
