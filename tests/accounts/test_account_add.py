"""The operator's way to the first administrator."""

from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from agencies.models import Agency
from journal.models import Entry

pytestmark = pytest.mark.django_db


PASSWORD = "mot-mat-khau-du-dai"


def add(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    out = StringIO()
    call_command("account_add", *arguments, "--password-stdin", stdout=out)
    return out.getvalue()


def test_the_first_administrator_can_be_made_and_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    said = add(monkeypatch, "an", "--role", "administrator", "--name", "Lê Văn An")
    account = User.objects.get(username="an")
    assert said == "Đã tạo người dùng an.\n"
    assert (account.role, account.full_name) == (Role.ADMINISTRATOR, "Lê Văn An")
    assert account.check_password("mot-mat-khau-du-dai")
    entry = Entry.objects.get()
    assert (entry.event, entry.actor) == ("account_added", "manage.py account_add")


def test_a_head_gets_the_units_named(monkeypatch: pytest.MonkeyPatch, unit_a: Agency, unit_b: Agency) -> None:
    add(monkeypatch, "binh", "--role", "agency_head", "--agency", "608", "--agency", "612")
    codes = User.objects.get(username="binh").memberships.values_list("agency__code", flat=True)
    assert sorted(codes) == ["608", "612"]


def test_an_unknown_unit_makes_no_account(monkeypatch: pytest.MonkeyPatch, unit_a: Agency) -> None:
    with pytest.raises(CommandError, match="Không có đơn vị mang mã 999"):
        add(monkeypatch, "binh", "--role", "agency_head", "--agency", "608", "--agency", "999")
    assert not User.objects.exists()
    assert not Entry.objects.exists()


def test_a_weak_password_is_refused_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="12 k"):
        add(monkeypatch, "an", "--role", "administrator", password="ngan")
    assert not User.objects.exists()


def test_a_password_that_is_no_text_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for errors in ("strict", "surrogateescape"):  # as Python opens it in a UTF-8 and in a C locale
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xff" * 20), encoding="utf-8", errors=errors))
        with pytest.raises(CommandError, match="Không đọc được mật khẩu"):
            call_command("account_add", "an", "--role", "administrator", "--password-stdin")
    assert not User.objects.exists()


def test_where_nobody_types_the_password_has_another_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("agencies.management.commands.account_add.getpass", nobody)
    with pytest.raises(CommandError, match="--password-stdin"):
        call_command("account_add", "an", "--role", "administrator")
