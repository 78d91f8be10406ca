"""Two imports at once: they follow one another, and neither is lost."""

import threading

import pytest
from django.db import connection

from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.services.intake import batch_open, batch_run
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row

pytestmark = pytest.mark.django_db(transaction=True)


def run(batch: ImportBatch, errors: list[Exception]) -> None:
    try:
        batch_run(batch=batch, now=NOW)
    except Exception as error:
        errors.append(error)
    finally:
        connection.close()


def open_batch(note: str) -> ImportBatch:
    source = csv_file(row(n, note=note) for n in range(1, 30))
    return batch_open(source=source, file_name="t", system="old", kind="full", data_as_of=AS_OF, now=NOW, actor="tests")


def test_two_files_of_one_system_and_one_file_run_twice_are_each_taken_once() -> None:
    make_world()
    one, other = open_batch("một"), open_batch("hai")
    errors: list[Exception] = []
    threads = [threading.Thread(target=run, args=(batch, errors)) for batch in (one, other, one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    one.refresh_from_db()
    other.refresh_from_db()
    assert sorted((batch.new, batch.changed) for batch in (one, other)) == [(0, 29), (29, 0)]
    assert (Dossier.objects.count(), DossierRevision.objects.count()) == (29, 58)
    last = one if one.changed else other
    assert set(Dossier.objects.values_list("note", "batch")) == {("một" if last == one else "hai", last.pk)}
