"""How far the nights that somebody waits for have come."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import connection

from dossiers.models import ImportBatch
from dossiers.selectors.runs import latest_day, missing_nights
from dossiers.selectors.worker import ASKED, worker_answers

# Who holds the lock of ``kontum_tthc/nightly.py`` is at work on a night. The catalogue keeps the keys without sign.
SWEEPING = """
SELECT EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objsubid = 2
      AND classid::bigint = hashtext('sweep')::bigint & 4294967295
      AND objid::bigint = hashtext('nightly')::bigint & 4294967295
)
"""


@dataclass(frozen=True, slots=True)
class NightWork:
    """``asked``: how many nights were missing when somebody asked for them; None when nobody waits for an answer."""

    missing: list[date]
    asked: int | None
    running: bool
    answering: bool

    @property
    def going(self) -> bool:
        """Whether something is about to change without anybody's doing."""
        return self.running or bool(self.missing and self.asked)

    @property
    def done(self) -> int | None:
        """Of the nights asked for."""
        return None if self.asked is None else max(self.asked - len(self.missing), 0)


def anything_came() -> bool:
    """Whether a file is in; before that there is nothing for a night to be about."""
    return ImportBatch.objects.filter(status=ImportBatch.Status.DONE).exists()


def nights_due(upto: date) -> list[date]:
    """Dates to be run, in order: all after the newest night; before the first one ``upto`` alone, once a file is in."""
    if latest_day():
        return missing_nights(upto)
    return [upto] if anything_came() else []


def night_work(upto: date) -> NightWork:
    with connection.cursor() as cursor:
        cursor.execute(SWEEPING)
        running = cursor.fetchone()[0]
    return NightWork(nights_due(upto), asked=cache.get(ASKED), running=running, answering=worker_answers())
