"""A code is whatever the source calls its dossier; its page is found by it."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.factories.intake import NOW, csv_file, make_world, row, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["123/TTHC-2022", "12 A/B", "A?B#C%20", "HỒ-SƠ-1", "X/CHU-HO-SO"])
def test_a_dossier_of_any_code_has_its_page(client: Client, provincial_officer: User, settings: Settings, code: str) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()
    batch = take(csv_file([row(1, code=code)]))
    assert batch.new == 1, list(batch.issues.values_list("message", flat=True))
    client.force_login(provincial_officer)
    address = reverse("dossiers:detail", args=["old", code])
    assert quote(code.split("/")[0]) in address
    answer = client.get(address)
    assert answer.status_code == 200
    assert code in answer.content.decode()


@pytest.mark.parametrize("typed", ["h34.abc-1", " H34.ABC-1 "])
def test_a_code_is_found_however_its_letters_are_typed(
    client: Client, provincial_officer: User, settings: Settings, typed: str
) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()
    take(csv_file([row(1, code="h34.Abc-1")]))
    client.force_login(provincial_officer)
    assert client.get(reverse("dossiers:detail", args=["old", typed])).status_code == 200
