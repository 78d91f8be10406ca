"""The backlog of the letters' tests, on the morning after."""

import pytest
from pytest_django import Settings

from agencies.models import Agency
from tests.factories.explanations import NOW, Backlog, make_backlog


@pytest.fixture
def backlog(unit_a: Agency, commune_a: Agency, unit_b: Agency, settings: Settings) -> Backlog:
    """The letter is addressed to units A and B."""
    settings.CLOCK_PINNED_AT = NOW
    made = make_backlog(unit_a, commune_a, unit_b)
    made.letter.addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    return made
