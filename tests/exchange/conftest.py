from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.factories.intake import NOW, make_world


@pytest.fixture(autouse=True)
def world(db: None, settings: Settings, tmp_path: Path) -> None:
    """Units, procedures, calendar; the morning of 08/11/2022; nobody has asked for anything yet."""
    settings.CLOCK_PINNED_AT, settings.MEDIA_ROOT = NOW, tmp_path
    cache.clear()
    make_world()
