"""One dossier's page: verdict, deadline, past; its applicant's name only for a reason put on record."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from dossiers.models import Dossier
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db

NIGHT = date(2022, 11, 7)


@pytest.fixture
def dossier(unit_a: Agency) -> Dossier:
    """Seen late on 07/11, its due date moved and finished by 09/11."""
    make_calendar()
    first = make_batch(midnight(NIGHT))
    observe(first, "H34-1", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4))
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1)), trigger="command")
    second = make_batch(moment(date(2022, 11, 9), 9), kind="delta")
    return observe(second, "H34-1", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 30), status=9, ended=date(2022, 11, 9))


def address(name: str = "detail", code: str = "H34-1", system: str = "old") -> str:
    return reverse(f"dossiers:{name}", args=[system, code])


def page(client: Client, query: str = "") -> str:
    return client.get(address() + query).content.decode()


@pytest.mark.usefixtures("dossier")
def test_the_page_tells_the_verdict_of_its_date_and_every_change(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    html = page(client, "?ngay=2022-11-07")
    assert "Quá hạn 1 ngày làm việc" in html
    assert "Ghi nhận lần đầu" in html
    assert "<s>23:59 04/11/2022</s> → <b>23:59 30/11/2022</b>" in html
    assert "<s>Đang xử lý</s> → <b>Đã xử lý xong</b>" in html


@pytest.mark.usefixtures("dossier")
def test_outside_ones_units_it_answers_like_a_missing_one(client: Client, head_b: User) -> None:
    client.force_login(head_b)
    foreign, missing = client.get(address()), client.get(address(code="H34-2"))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert client.post(address("applicant"), {"reason": "đối chiếu sổ"}).status_code == 404


@pytest.mark.usefixtures("dossier")
def test_the_name_shows_only_for_a_reason_which_goes_on_record(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    assert "Nguyễn Văn An" not in page(client)
    assert client.post(address("applicant"), {"reason": ""}).status_code == 422
    assert not Entry.objects.filter(event="personal_revealed").exists()
    answer = client.post(address("applicant"), {"reason": "đối chiếu sổ tiếp nhận"})
    assert "Nguyễn Văn An" in answer.content.decode()
    entry = Entry.objects.get(event="personal_revealed")
    assert entry.subject == "old/H34-1"
    assert "đối chiếu sổ tiếp nhận" in entry.body


@pytest.mark.usefixtures("dossier")
def test_a_role_without_the_right_gets_no_name(client: Client, data_steward: User) -> None:
    client.force_login(data_steward)
    assert "Hiện họ tên" not in page(client)
    assert client.post(address("applicant"), {"reason": "đối chiếu sổ"}).status_code == 403


def test_an_organisation_is_not_masked_and_needs_no_reason(
    client: Client, head_a: User, unit_a: Agency, dossier: Dossier
) -> None:
    batch = make_batch(moment(date(2022, 11, 9), 10), kind="delta")
    observe(batch, "H34-2", unit_a, received=date(2022, 10, 3), applicant="Công ty TNHH Ngọc Linh")
    client.force_login(head_a)
    html = client.get(address(code="H34-2")).content.decode()
    assert "Công ty TNHH Ngọc Linh" in html
    assert "Hiện họ tên" not in html


@pytest.mark.usefixtures("dossier")
def test_a_missing_reason_is_asked_for_beside_the_masked_name(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    html = client.post(address("applicant"), {"reason": "x"}).content.decode()
    assert "Nguyễn V. A." in html
    assert "invalid-feedback" in html


@pytest.mark.usefixtures("dossier")
def test_the_page_costs_a_fixed_number_of_queries(
    client: Client, provincial_officer: User, django_assert_num_queries: Any
) -> None:
    client.force_login(provincial_officer)
    client.get(address())
    # user; dossier; latest night; calendar, 2; night asked; is anything newer known; facts it knew; revisions; episodes; letters
    with django_assert_num_queries(11):
        client.get(address() + "?ngay=2022-11-07")


@pytest.mark.usefixtures("dossier")
def test_the_due_dates_stand_side_by_side_and_what_moved_is_said(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    Dossier.objects.update(original_due=moment(date(2022, 11, 4), 17))
    html = page(client, "?ngay=2022-11-09")
    assert re.findall(r'<div class="due due--(\w+)">\s*<dt><button [^>]+>([^<]+)</button></dt>', html) == [
        ("decides", "Hạn hiện hành"),
        ("same", "Ngày hẹn trả"),
        ("missing", "Hạn tính toán"),
        ("earlier", "Hạn gốc"),
    ]
    assert "Sớm hơn hạn hiện hành 18 ngày làm việc (26 ngày lịch)" in html


@pytest.mark.usefixtures("dossier")
def test_what_came_after_the_day_looked_at_stands_apart(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    html = page(client, "?ngay=2022-11-07")
    line = re.findall(r'timeline-item--(?:\w+)( timeline-item--later)?"><time datetime="([^"]+)">[^<]+</time><span>([^<]+)', html)
    assert [(day, text, bool(later)) for later, day, text in line] == [
        ("2022-10-03", "Tiếp nhận", False),
        ("2022-11-07", "Ghi nhận quá hạn tại UBND thành phố Kon Tum", False),
        ("2022-11-07", "Ngày đang xem", False),
        ("2022-11-09", "Đã xử lý xong", True),
        ("2022-11-30", "Hạn hiện hành", True),
    ]


def test_a_dossier_in_time_says_how_long_and_is_never_called_due_today(
    client: Client, head_a: User, unit_a: Agency, dossier: Dossier
) -> None:
    batch = make_batch(moment(date(2022, 11, 9), 10), kind="delta")
    for code, due in (("IN", date(2022, 11, 30)), ("SAT", date(2022, 11, 5)), ("FRI", date(2022, 11, 4))):
        observe(batch, code, unit_a, received=date(2022, 10, 3), due=due)
    client.force_login(head_a)
    for code, day, told in (
        ("IN", "2022-11-09", "Còn 15 ngày làm việc"),
        ("IN", "2022-11-29", "Còn 1 ngày làm việc"),
        ("IN", "2022-11-30", "Đến hạn hôm nay"),
        ("FRI", "2022-11-05", "Quá hạn"),  # a Saturday: by no working day yet
        ("FRI", "2022-11-07", "Quá hạn 1 ngày làm việc"),
    ):
        html = client.get(address(code=code) + f"?ngay={day}").content.decode()
        assert f">{told}</span>" in html, (code, day)


@pytest.mark.usefixtures("dossier")
def test_the_way_back_leads_to_the_list_of_the_day(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    assert '<a class="trail-back" href="/ho-so/?ngay=2022-11-07" data-trail-back>' in page(client, "?ngay=2022-11-07")
