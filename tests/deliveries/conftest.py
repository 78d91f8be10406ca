"""A world that takes files, and drop folders of the test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.deliveries.drops import Drops
from tests.factories.intake import NOW, make_world


@pytest.fixture
def drops(db: None, settings: Settings, tmp_path: Path) -> Drops:
    settings.CLOCK_PINNED_AT = NOW
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DROP_DIR = tmp_path / "giao-nop"
    make_world()
    return Drops(settings.DROP_DIR)
