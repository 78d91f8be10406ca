"""The two answers for those who watch the server."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, override_settings

GONE = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere.sock"}}


def test_alive_asks_nobody(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"  # without the database mark a query would fail


@pytest.mark.django_db
def test_ready_when_database_and_cache_answer(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
@override_settings(CACHES=GONE)
def test_not_ready_without_the_cache(client: Client) -> None:
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_without_the_database_and_says_nothing_about_it(client: Client) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("password of kontum is …")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready")
