"""A late delivery is told once to everybody who may bring files in."""

from datetime import timedelta

import pytest

from accounts.models import User
from notices.models import Notice
from notices.services import notices_send
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_batch
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db
LATE = at("2022-11-08 06:00:01")


def told() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("text", flat=True))


def test_once_each_to_those_who_may_import(
    provincial_officer: User, data_steward: User, inspector: User, administrator: User, head_a: User
) -> None:
    expected = make_expected()
    make_batch(at("2022-11-07 05:00"))
    assert notices_send(now=at("2022-11-08 06:00")) == 0
    assert notices_send(now=LATE) == 2
    assert notices_send(now=LATE + timedelta(minutes=1)) == 0
    assert set(Notice.objects.values_list("user__username", "key", "url")) == {
        (user.username, f"delivery:{expected.pk}:20221108", "/nhap-lieu/lich-giao-nop/")
        for user in (provincial_officer, data_steward)
    }
    assert set(told()) == {"Hệ thống cũ: chưa có bản đầy đủ phải đến trước 06:00 08/11/2022."}


def test_each_late_day_is_told_of_its_own(data_steward: User) -> None:
    make_expected()
    for number in range(3):
        notices_send(now=LATE + timedelta(days=number))
    assert [text[-11:-1] for text in told()] == ["08/11/2022", "09/11/2022", "10/11/2022"]


def test_what_waits_for_a_person_is_told_as_such_and_what_came_is_not_told(data_steward: User) -> None:
    make_expected()
    make_expected(system="new")
    make_batch(at("2022-11-08 05:00"), status="held")
    make_batch(at("2022-11-08 05:00"), system="new")
    notices_send(now=LATE)
    assert told() == ["Hệ thống cũ: bản đầy đủ phải đến trước 06:00 08/11/2022 đang chờ xác nhận, chưa ghi gì."]


def test_a_missing_calendar_keeps_no_other_notice_waiting(data_steward: User) -> None:
    make_expected(days="working")
    assert notices_send(now=LATE) == 0
