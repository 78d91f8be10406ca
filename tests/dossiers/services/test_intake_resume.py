"""Imports nobody works at any more are run after all; those somebody works at are left to them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from accounts.models import User
from dossiers.models import Dossier, ImportBatch
from dossiers.services.decisions import batch_cancel, batch_want
from dossiers.services.intake import batch_open
from dossiers.services.progress import Reporter
from dossiers.tasks import intake, resume
from kontum_tthc.celery import IMPORTS, app
from tests.factories.intake import AS_OF, NOW, csv_file, make_world, row

pytestmark = pytest.mark.django_db
Status = ImportBatch.Status


@pytest.fixture(autouse=True)
def world(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK_PINNED_AT, settings.MEDIA_ROOT = NOW, tmp_path
    cache.clear()
    make_world()


def opened(number: int, status: str) -> ImportBatch:
    at = AS_OF + timedelta(minutes=number)
    source = csv_file([row(1, note=str(number))])
    batch = batch_open(source=source, file_name="t", system="old", kind="delta", data_as_of=at, now=NOW, actor="tests")
    ImportBatch.objects.filter(pk=batch.pk).update(status=status)
    return batch


def statuses() -> list[str]:
    return list(ImportBatch.objects.order_by("data_as_of").values_list("status", flat=True))


def test_what_waits_or_was_cut_off_is_run_oldest_first() -> None:
    opened(1, Status.RUNNING)
    opened(2, Status.WAITING)
    resume()
    assert statuses() == ["done", "done"]
    assert Dossier.objects.get().note == "2"


def test_what_still_says_something_is_left_alone() -> None:
    Reporter(opened(1, Status.RUNNING).pk)("judge", 1, 2)
    resume()
    assert statuses() == ["running"]


@pytest.mark.parametrize("status", [Status.DONE, Status.HELD, Status.REFUSED, Status.FAILED, Status.CANCELED, Status.REVERTED])
def test_what_a_person_decides_on_is_left_to_the_person(status: str) -> None:
    opened(1, status)
    resume()
    assert statuses() == [status]


def test_what_was_canceled_while_its_message_was_on_its_way_stays_out(data_steward: User) -> None:
    batch = opened(1, Status.WAITING)
    batch_cancel(batch=batch, user=data_steward, now=NOW)
    intake(batch.pk)
    assert (statuses(), Dossier.objects.count()) == (["canceled"], 0)
    batch_want(batch.pk)  # somebody presses the button, or gives the file again
    intake(batch.pk)
    assert (statuses(), Dossier.objects.count()) == (["done"], 1)


def test_beat_asks_for_it_and_the_name_is_the_tasks() -> None:
    assert app.conf.beat_schedule["imports-watchdog"]["task"] == IMPORTS == resume.name
