"""One's notices, opening one, and who was told of a letter."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from directives.models import Directive
from notices.models import Notice
from notices.services import notices_send
from tests.factories.explanations import NOW, Backlog

pytestmark = pytest.mark.django_db
LIST, LETTER = "/thong-bao/", "/thong-bao/cong-van/3812-ubnd-tthcc/"


def page(client: Client, user: User, address: str, status: int = 200, *, part: bool = False) -> str:
    client.force_login(user)
    answer = client.get(address, headers={"HX-Request": "true"} if part else None)
    assert answer.status_code == status
    return answer.content.decode()


def make_notices(user: User, letter: Directive, number: int) -> None:
    Notice.objects.bulk_create(
        Notice(user=user, key=f"x:{one}", text=f"Việc thứ {one}", url="/giai-trinh/", directive=letter, created_at=NOW)
        for one in range(Notice.objects.filter(user=user).count(), number)
    )


def test_a_person_reads_the_own_notices_and_opens_them_once(client: Client, backlog: Backlog, head_a: User, head_b: User) -> None:
    notices_send(now=NOW)
    notice = Notice.objects.get(user=head_a)
    html = page(client, head_a, LIST)
    assert f'action="/thong-bao/{notice.pk}/mo/"' in html
    assert "chưa mở" in html
    for _twice in range(2):
        answer = client.post(f"/thong-bao/{notice.pk}/mo/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/cong-van/3812-ubnd-tthcc/")
    html = page(client, head_a, LIST)
    assert 'href="/cong-van/3812-ubnd-tthcc/"' in html
    assert "mở lúc 07:30 10/11/2022" in html
    client.force_login(head_b)
    assert client.post(f"/thong-bao/{notice.pk}/mo/").status_code == 404


def test_every_page_says_how_many_are_not_opened(
    client: Client, backlog: Backlog, head_a: User, stranger: User, django_assert_num_queries: Any
) -> None:
    notices_send(now=NOW)
    html = page(client, head_a, "/cong-van/")
    assert 'href="/thong-bao/"' in html
    assert '<span class="bell-count">1<' in html
    with django_assert_num_queries(3):  # user; letters; units for the menu; the number is kept
        client.get("/cong-van/")
    assert "bell-count" not in page(client, stranger, "/cong-van/")


def test_who_was_told_nothing_is_told_what_will_be_there(client: Client, stranger: User) -> None:
    assert "Chưa có thông báo nào" in page(client, stranger, LIST)


def test_office_and_inspectors_see_whom_a_letter_reached(
    client: Client, backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, inspector: User, data_steward: User
) -> None:
    assert "Chưa báo cho ai" in page(client, provincial_officer, LETTER)
    notices_send(now=NOW)
    Notice.objects.filter(user=head_a).update(opened_at=NOW)
    for user in (provincial_officer, inspector):
        html = page(client, user, LETTER, part=True)
        assert "<html" not in html
        assert ("Thủ trưởng A" in html, "Thủ trưởng B" in html) == (True, True)
        assert html.count("chip--soon") == 1
    for user in (head_a, data_steward):
        page(client, user, LETTER, status=403)


def test_a_letters_page_holds_a_place_for_it_for_those_who_may_see(
    client: Client, backlog: Backlog, head_a: User, provincial_officer: User
) -> None:
    place = f'hx-get="{LETTER}"'
    assert place in page(client, provincial_officer, "/cong-van/3812-ubnd-tthcc/")
    assert place not in page(client, head_a, "/cong-van/3812-ubnd-tthcc/")


def test_ten_and_a_hundred_cost_the_same(
    client: Client, backlog: Backlog, head_a: User, provincial_officer: User, django_assert_num_queries: Any
) -> None:
    for number in (10, 100):
        make_notices(head_a, backlog.letter, number)
        page(client, head_a, LIST)
        with django_assert_num_queries(4):  # user; notices, counted; units for the menu
            client.get(LIST)
        page(client, provincial_officer, LETTER)
        with django_assert_num_queries(3):  # user; letter; notices with whom and about which unit
            client.get(LETTER)
