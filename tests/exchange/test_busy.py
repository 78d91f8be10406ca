"""While a system's import runs, its sender is not kept waiting: what it sent is kept, and the worker does it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from dossiers.models import Dossier, ImportBatch
from dossiers.services import intake_sql as sql
from dossiers.tasks import intake
from exchange import services
from exchange.models import Service
from kontum_tthc.celery import app
from tests.factories.exchange import make_key, national_body, push
from tests.factories.intake import NOW, make_world, national

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def world(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    settings.CLOCK_PINNED_AT, settings.MEDIA_ROOT = NOW, tmp_path
    monkeypatch.setattr(services, "PATIENCE", 0.1)
    cache.clear()
    make_world()
    yield
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")


@contextmanager
def import_running(system: str) -> Generator[None]:
    """Somebody else has the system's turn."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(sql.LOCK, [system])
    yield
    other.rollback()
    other.close()


def queued() -> int:
    with app.connection_for_write() as broker:
        return int(broker.default_channel.queue_declare("celery").message_count)


def test_what_cannot_wait_for_its_turn_is_kept_and_the_worker_does_it() -> None:
    _key, secret = make_key()
    body = national_body(national(1))
    before = queued()
    with import_running("old"):
        kept = push(secret, Service.DOSSIERS, body)
        asked = Client().get("/api/v1/yeu-cau/yeu-cau-0001", headers={"Authorization": f"Bearer {secret}"})
    assert (kept.status_code, kept.json()["error_code"], kept.json()["status"]) == (202, "2", "waiting")
    assert (asked.status_code, asked.json()) == (202, kept.json())
    assert (queued() - before, Dossier.objects.count()) == (1, 0)
    intake(ImportBatch.objects.get().pk)
    settled = push(secret, Service.DOSSIERS, body)
    assert (settled.status_code, settled.json()["new"]) == (200, 1)


def test_the_other_systems_import_makes_nobody_wait() -> None:
    _key, secret = make_key(system="new")
    with import_running("old"):
        assert push(secret, Service.DOSSIERS, national_body(national(1))).status_code == 200


def test_sent_again_while_it_waits_it_is_done_as_soon_as_the_turn_comes() -> None:
    _key, secret = make_key()
    with import_running("old"):
        push(secret, Service.DOSSIERS, national_body(national(1)))
    again = push(secret, Service.DOSSIERS, national_body(national(1)))
    assert (again.status_code, again.json()["new"]) == (200, 1)
    intake(ImportBatch.objects.get().pk)  # what was sent to the worker finds it done
    assert Dossier.objects.count() == 1
