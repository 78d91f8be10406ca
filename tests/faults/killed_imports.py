"""``python -m tests.faults.killed_imports N``: imports killed at N random moments, in turn the process and its database.

Inside ``manage.py stack run``, on an empty database. Each file says another word of every dossier, so what is there is all of
one file or it is not. Prints one JSON object: kills, and how many of them found the import not yet in, and in already.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import django
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection

django.setup()

from dossiers.models import Dossier, DossierRevision, ImportBatch  # noqa: E402  # models need the setup
from dossiers.services.intake import batch_open, batch_run, batches_resume  # noqa: E402
from journal.models import Entry  # noqa: E402
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row  # noqa: E402

ROWS, REFUSED = 1_500, 10
Status = ImportBatch.Status


def opened(number: int) -> ImportBatch:
    """A change extract that says ``number`` of every dossier, and has some rows no dossier is made of."""
    rows = [row(n, note=str(number)) for n in range(ROWS)] + [row(ROWS + n, status="?") for n in range(REFUSED)]
    at = AS_OF + timedelta(seconds=number)
    return batch_open(source=csv_file(rows), file_name="t", system="old", kind="delta", data_as_of=at, now=NOW, actor="tests")


def started(batch: ImportBatch) -> tuple["subprocess.Popen[str]", int]:
    """The process that imports the batch, at the moment it begins, and the number of its database's."""
    command = [sys.executable, "-m", "tests.faults.one_import", str(batch.pk)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    return process, int(process.stdout.readline())


def whole(number: int) -> float:
    """Seconds an import takes that nobody kills."""
    process, _backend = started(opened(number))
    began = time.monotonic()
    assert process.stdout
    assert process.stdout.readline() == "in\n"
    took = time.monotonic() - began
    process.wait()
    return took


def killed(batch: ImportBatch, after: float, *, database: bool) -> None:
    process, backend = started(batch)
    time.sleep(after)
    with suppress(ProcessLookupError):  # it was faster
        os.kill(backend if database else process.pid, signal.SIGKILL)
    process.wait()
    connection.close()
    for _ in range(200):  # a database that lost a process ends all others and recovers; of a dead client it hears a little later
        with suppress(OperationalError):
            if not alive(backend):
                return
        time.sleep(0.05)
    raise RuntimeError("The database did not come back.")


def alive(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [backend])
        return cursor.fetchone() is not None


def resumed(batch: ImportBatch) -> None:
    """As the product does it: the watchdog, or for a failure that was seen the button."""
    cache.clear()  # two minutes without news
    batch.refresh_from_db()
    if batch.status == Status.FAILED:
        batch_run(batch=batch, now=NOW)
    batches_resume(now=NOW)


def there(files: int) -> int:
    """Which file the facts are of. Anything that is not all of one is an error."""
    words = list(Dossier.objects.order_by("note").values_list("note", flat=True).distinct())
    assert len(words) == 1, f"half of a file is in: {words}"
    done = list(ImportBatch.objects.filter(status=Status.DONE).values_list("changed", "new", "rejected"))
    assert Dossier.objects.count() == ROWS
    assert DossierRevision.objects.count() == ROWS * len(done)
    assert Entry.objects.filter(event="import_done").count() == len(done) == int(words[0]) + 1 <= files + 1
    assert all(changed + new == ROWS and rejected == REFUSED for changed, new, rejected in done)
    return int(words[0])


def main(kills: int) -> None:
    call_command("migrate", verbosity=0)
    make_world()
    chance, found = random.Random(3812), Counter[str]()
    whole(0)
    took = whole(1)
    for number in range(2, kills + 2):
        batch = opened(number)
        killed(batch, chance.uniform(0, took), database=number % 2 == 0)
        found["in" if there(number) == number else "not in"] += 1
        resumed(batch)
        assert there(number) == number
    print(json.dumps({"kills": kills, **found, "seconds of one": round(took, 2)}))  # noqa: T201  # a command's answer


if __name__ == "__main__":
    main(int(sys.argv[1]))
