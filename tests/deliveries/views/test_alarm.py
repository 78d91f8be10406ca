"""A late file is said on the pages of those who may see imports, and to nobody else."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_batch
from tests.factories.figures import night
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db
PAGES = ("/", "/nhap-lieu/", "/ra-soat-dem/")
SAID = "Hệ thống cũ: chưa có bản đầy đủ phải đến trước 06:00 08/11/2022."


@pytest.fixture(autouse=True)
def morning(db: None, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = at("2022-11-08 06:00:01")
    make_expected(watcher="Tổ <dữ liệu>")
    night(date(2022, 11, 7))


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["provincial_officer", "inspector", "data_steward", "administrator"])
def test_those_who_see_imports_see_that_a_file_is_late(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    for address in PAGES:
        html = page(client, request.getfixturevalue(who), address)
        assert SAID in html
        assert "Người chờ: Tổ &lt;dữ liệu&gt;." in html
        assert 'href="/nhap-lieu/lich-giao-nop/">Lịch giao nộp</a>' in html


@pytest.mark.parametrize("who", ["head_a", "stranger"])
def test_others_do_not(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    html = page(client, request.getfixturevalue(who), "/")
    assert "phải đến trước" not in html
    assert "lich-giao-nop" not in html


@pytest.mark.parametrize(("now", "seen"), [("05:59:59", False), ("06:00", False), ("06:00:01", True)])
def test_the_alarm_begins_the_moment_after_the_hour(
    client: Client, inspector: User, settings: Settings, now: str, seen: bool
) -> None:
    make_batch(at("2022-11-07 05:00"))
    settings.CLOCK_PINNED_AT = at(f"2022-11-08 {now}")
    assert (SAID in page(client, inspector, "/nhap-lieu/")) is seen


def test_it_ends_when_the_file_is_in(client: Client, inspector: User) -> None:
    held = make_batch(at("2022-11-08 05:00"), status="held")
    html = page(client, inspector, "/nhap-lieu/")
    assert "Hệ thống cũ: bản đầy đủ phải đến trước 06:00 08/11/2022 đang chờ xác nhận, chưa ghi gì." in html
    assert f'href="/nhap-lieu/{held.pk}/">Xem và xác nhận</a>' in html
    make_batch(at("2022-11-08 06:00:01"))
    for address in PAGES:
        assert "phải đến trước" not in page(client, inspector, address)


def test_without_a_calendar_the_pages_still_answer_and_say_so(client: Client, inspector: User) -> None:
    make_expected(by="05:00", days="working")
    assert "Chưa nạp lịch nghỉ năm 2022" in page(client, inspector, "/nhap-lieu/")


def test_nobody_who_may_not_see_it_costs_a_query(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert not [query for query in asked if "deliveries_" in query["sql"]]
