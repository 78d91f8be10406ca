"""Nights that are killed, and nights that start together: nothing lost, nothing doubled, equal to the oracle."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Barrier, Thread
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, connections, transaction

from agencies.models import Agency
from dossiers.models import AgencyDayCount, OverdueEpisode, SweepRun
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, midnight, observe
from tests.flows import oracle
from tests.flows.oracle import DAY, FIRST, LAST, Said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NIGHTS = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
RANGE = ["--as-of", str(FIRST), "--until", str(LAST)]
STATEMENTS = 30  # about what one night takes


@pytest.fixture
def words() -> list[Said]:
    told = oracle.story(4, dossiers=12)
    oracle.tell(told, oracle.stage())
    return told


def equal_to_the_oracle(words: list[Said]) -> None:
    assert oracle.written_counts() == oracle.expected_counts(words, NIGHTS)
    assert oracle.written_episodes() == oracle.expected_episodes(words, NIGHTS)
    assert list(SweepRun.objects.order_by("as_of").values_list("as_of", "status")) == [(night, "done") for night in NIGHTS]
    assert Entry.objects.filter(event="night_done").count() == len(NIGHTS)


def process(statements: int) -> int:
    """A real process on this test's database; its exit status, negative when killed."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    world = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "kontum_tthc.settings"}
    command = [sys.executable, "-m", "tests.faults.dying_night", str(statements), *RANGE]
    return subprocess.run(command, env={**os.environ, **world}, stdout=subprocess.DEVNULL, check=False).returncode


def nothing_half_done() -> int:
    """What is there belongs to finished nights, the first ones; returns how many they are."""
    done = list(SweepRun.objects.order_by("as_of").values_list("as_of", flat=True))
    assert done == NIGHTS[: len(done)]
    assert set(AgencyDayCount.objects.values_list("as_of", flat=True)) == set(done)
    assert set(OverdueEpisode.objects.values_list("opened_as_of", flat=True)) <= set(done)
    assert Entry.objects.filter(event="night_done").count() == len(done)
    return len(done)


def test_a_worker_killed_at_any_statement_loses_nothing_and_the_next_start_completes(words: list[Said]) -> None:
    chance = random.Random(3812)
    for _ in range(10):
        done = nothing_half_done()
        killed_at = chance.randrange(4 * done + 2, 4 * done + 2 * STATEMENTS)  # done dates take few statements each
        assert process(killed_at) == -signal.SIGKILL
    assert 0 < nothing_half_done() < len(NIGHTS)
    assert process(10**9) == 0
    equal_to_the_oracle(words)


def together(*works: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own, all let go at the same moment; any error is raised here."""
    start, errors = Barrier(len(works)), []

    def go(work: Callable[[], object]) -> None:
        try:
            start.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_beat_watchdog_start_and_command_together_do_each_night_once(words: list[Said]) -> None:
    now = midnight(LAST)
    nightly.run(as_of=FIRST, now=now, trigger="command")
    triggers = ("beat", "watchdog", "start")
    together(
        *(lambda trigger=trigger: nightly.catch_up(upto=LAST, now=now, trigger=trigger) for trigger in triggers),
        lambda: nightly.run_range(since=FIRST, until=LAST, now=now, trigger="command"),
    )
    equal_to_the_oracle(words)


def test_a_night_waits_for_an_import_in_progress_and_counts_all_of_it_or_nothing(words: list[Said]) -> None:
    before = nightly.run(as_of=LAST - DAY, now=midnight(LAST), trigger="beat")
    night = Thread(target=together, args=(lambda: nightly.run(as_of=LAST, now=midnight(LAST), trigger="beat"),))
    with transaction.atomic():
        batch = make_batch(oracle.evening(LAST))
        unit = Agency.objects.get(code=oracle.UNITS[0])
        for number in range(3):
            observe(batch, f"late-{number}", unit, received=FIRST, due=FIRST)
        night.start()
        while not waiting_for_dossiers():
            assert night.is_alive()
    night.join()
    after = SweepRun.objects.get(as_of=LAST)
    assert after.last_batch == batch.pk > before.last_batch
    assert OverdueEpisode.objects.filter(dossier__code__startswith="late-", opened_as_of=LAST).count() == 3


def waiting_for_dossiers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE relation = 'dossiers_dossier'::regclass AND NOT granted")
        return cursor.fetchone() is not None
