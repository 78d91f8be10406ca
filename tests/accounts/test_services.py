"""Accounts change through services that leave evidence, and nothing else."""

import json

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from accounts.services import account_add, account_change, account_password_set
from journal.models import Entry
from journal.selectors import entry_text

pytestmark = pytest.mark.django_db

PASSWORD = "mot-mat-khau-du-dai"


def texts() -> list[str]:
    return [entry_text(entry) for entry in Entry.objects.all()]


def test_a_new_account_can_sign_in_and_is_on_record_without_its_password() -> None:
    account = account_add(
        account=User(username="binh", full_name="Trần Bình", role=Role.INSPECTOR), password=PASSWORD, actor="An"
    )
    assert account.check_password(PASSWORD)
    assert texts() == ["An tạo người dùng binh, vai trò Tổ kiểm tra."]
    assert PASSWORD not in Entry.objects.get().body


@pytest.mark.parametrize(
    ("username", "role", "password"),
    [
        ("binh", Role.INSPECTOR, "ngan"),
        ("binh", "vua", PASSWORD),
        ("co dau cach", Role.INSPECTOR, PASSWORD),
        ("da-co", Role.INSPECTOR, PASSWORD),
    ],
    ids=["weak password", "unknown role", "bad name", "name taken"],
)
def test_an_account_that_cannot_be_is_refused_without_a_trace(username: str, role: str, password: str) -> None:
    User.objects.create(username="da-co")
    with pytest.raises(ValidationError):
        account_add(account=User(username=username, role=role), password=password, actor="An")
    assert User.objects.count() == 1
    assert not Entry.objects.exists()


def test_a_role_change_and_a_lock_are_each_on_record(head_a: User) -> None:
    head_a.role, head_a.is_active = Role.INSPECTOR, False
    account_change(account=head_a, actor="An")
    assert User.objects.get(pk=head_a.pk).role == Role.INSPECTOR
    assert texts() == [
        "An đổi vai trò của thu-truong-a từ Thủ trưởng đơn vị sang Tổ kiểm tra.",
        "An khóa người dùng thu-truong-a.",
    ]
    head_a.is_active = True
    account_change(account=head_a, actor="An")
    assert texts()[-1] == "An mở khóa người dùng thu-truong-a."
    assert json.loads(Entry.objects.get(event="role_changed").body)["new"] == "inspector"


def test_a_corrected_name_is_no_evidence_and_other_columns_stay(head_a: User) -> None:
    stale = User.objects.get(pk=head_a.pk)
    User.objects.filter(pk=head_a.pk).update(last_login="2022-11-10T00:00:00Z")
    stale.full_name = "Nguyễn Thị A"
    account_change(account=stale, actor="An")
    stored = User.objects.get(pk=head_a.pk)
    assert stored.full_name == "Nguyễn Thị A"
    assert stored.last_login is not None
    assert not Entry.objects.exists()


def test_a_password_given_by_another_is_on_record(head_a: User) -> None:
    account_password_set(account=head_a, password=PASSWORD, actor="An")
    assert User.objects.get(pk=head_a.pk).check_password(PASSWORD)
    assert texts() == ["An đặt lại mật khẩu của thu-truong-a."]
    with pytest.raises(ValidationError):
        account_password_set(account=head_a, password="ngan", actor="An")
