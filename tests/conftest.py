"""Fixtures every test may use. The cast: provincial officer, head of unit A, head of unit B, stranger."""

import os
from collections import Counter
from collections.abc import Generator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

pytest_plugins = ["tests.cast"]

# The suite tries the same examples each time: what it says of a commit must not depend on luck. KONTUM_RANDOM=1 looks for
# new ones.
hypothesis.settings.register_profile("same", derandomize=True, database=None)
hypothesis.settings.load_profile("default" if os.environ.get("KONTUM_RANDOM") else "same")

APPEND_ONLY = {"journal_entry": "no_truncate", "dossiers_dossierrevision": "no_truncate"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of tests with one address xdist runs a single one, without a word."""
    twice = [address for address, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"several tests have one address: {twice}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Generator[None]:
    """Tests that flush use TRUNCATE, which the evidence tables refuse; the product itself has no way around it."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, trigger in APPEND_ONLY.items():
            cursor.execute(
                "SELECT format('ALTER TABLE %%I DISABLE TRIGGER %%I', %s::text, tgname) FROM pg_trigger"
                " WHERE tgrelid = %s::regclass AND tgname LIKE %s",
                [table, table, f"pgtrigger_{trigger}_%"],
            )
            (statement,) = cursor.fetchone()
            cursor.execute(statement)
    yield
    # A page's last question may still be under way in the browser's server, which would keep the database from being dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def plain_static() -> Generator[None]:
    """No collected files in tests: no hashed names, and whitenoise looks for files when asked instead of at its start."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True):
        yield
