"""The startup checks, each with a configuration that breaks it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.test import override_settings

from kontum_tthc import checks

SECRET = "k7Hq2ZpX9vB4nM8sT1wY6cR3eJ5uL0aG7dF2iO9xK4bV8mQ1zS6h"
SOUND = {
    "DATABASES": {"default": {"NAME": "kontum", "PASSWORD": "s3cure"}},
    "CELERY_BROKER_URL": "redis://valkey:6379/0",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": ["hoso.example.vn"],
    "HTTPS": True,
    "DEMO": False,
    "CLOCK_PINNED_AT": None,
    "TIME_ZONE": "Asia/Ho_Chi_Minh",
    "CELERY_TIMEZONE": "Asia/Ho_Chi_Minh",
    "USE_TZ": True,
}
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("kontum.E001", {"DATABASES": {"default": {}}}),
    ("kontum.E002", {"CELERY_BROKER_URL": ""}),
    ("kontum.E003", {"SECRET_KEY": SECRET[:49]}),
    ("kontum.E003", {"SECRET_KEY": "a" * 80}),
    ("kontum.E003", {"SECRET_KEY": "django-insecure-" + SECRET}),
    ("kontum.E003", {"SECRET_KEY": "thay-bang-" + SECRET}),
    ("kontum.E004", {"ALLOWED_HOSTS": []}),
    ("kontum.E004", {"ALLOWED_HOSTS": ["*"]}),
    ("kontum.E004", {"ALLOWED_HOSTS": ["hoso.example.vn", "*.vn"]}),
    ("kontum.E005", {"HTTPS": False}),
    ("kontum.E006", {"CLOCK_PINNED_AT": datetime(2022, 11, 10, tzinfo=UTC)}),
    ("kontum.W007", {"DEMO": True}),
    ("kontum.W007", {"DEMO": True, "ALLOWED_HOSTS": ["*"]}),
    ("kontum.E008", {"DATA_DIR": Path(__file__) / "data"}),
    ("kontum.W011", {"DROP_DIR": Path(__file__) / "giao-nop"}),
    ("kontum.E009", {"TIME_ZONE": "UTC"}),
    ("kontum.E009", {"CELERY_TIMEZONE": "UTC"}),
    ("kontum.E009", {"USE_TZ": False}),
    ("kontum.E010", {"DATABASES": {"default": {"NAME": "kontum", "PASSWORD": "thay-bang-mat-khau"}}}),
]
ALL: list[Callable[..., list[CheckMessage]]] = [
    checks.services_named,
    checks.secret_kept,
    checks.hosts_closed,
    checks.clock_true,
    checks.data_directory_writable,
    checks.drop_directory_writable,
]


class Found:
    """Ids of what the checks say about a sound configuration with some settings changed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
        self.monkeypatch, self.data = monkeypatch, data

    def __call__(self, **changed: Any) -> list[str]:
        sound = {**SOUND, "DATA_DIR": self.data, "DROP_DIR": self.data / "giao-nop"}
        self.monkeypatch.setattr(checks, "settings", SimpleNamespace(**{**sound, **changed}))
        return [str(message.id) for check in ALL for message in check()]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Found:
    return Found(monkeypatch, tmp_path / "data")


def test_a_sound_configuration_passes(found: Found) -> None:
    assert found() == []


@pytest.mark.parametrize(("expected", "changed"), BROKEN)
def test_each_fault_is_found_alone(found: Found, expected: str, changed: dict[str, Any]) -> None:
    assert found(**changed) == [expected]


def test_an_empty_secret_which_django_will_not_even_read_is_a_fault() -> None:
    with override_settings(SECRET_KEY=""):
        assert [message.id for message in checks.secret_kept()] == ["kontum.E003"]


def test_loopback_needs_no_encryption(found: Found) -> None:
    assert found(HTTPS=False, ALLOWED_HOSTS=["localhost", "127.0.0.1"]) == []


def test_the_demo_may_pin_its_clock_on_this_machine(found: Found) -> None:
    moment = datetime(2022, 11, 10, tzinfo=UTC)
    assert found(DEMO=True, CLOCK_PINNED_AT=moment, HTTPS=False, ALLOWED_HOSTS=["localhost"]) == []


def test_starting_with_a_fault_ends_the_process_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(SECRET_KEY="a" * 80), pytest.raises(SystemExit) as ended:
        checks.refuse_to_start()
    assert "Không khởi động" in str(ended.value)
    assert "kontum.E003: KONTUM_SECRET_KEY quá ngắn hoặc quá đều" in capsys.readouterr().err


def test_starting_with_a_warning_goes_on_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(DEMO=True, ALLOWED_HOSTS=["hoso.example.vn"]):
        checks.refuse_to_start()
    assert "kontum.W007" in capsys.readouterr().err
