"""The dossier list: exactly the dossiers a figure counts, for the caller's units only, in a fixed number of queries."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from agencies.models import Agency
from agencies.services import memberships_set
from dossiers.links import list_url
from dossiers.models import AgencyDayCount
from journal.services import entry_add
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db

NIGHT = date(2022, 11, 7)
DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}
ROW = re.compile(r'<tr><th><a href="/ho-so/[^/]+/([^/]+)/')


@pytest.fixture
def night(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> None:
    """Unit A: two late (one long), one in time, one stopped; its commune one late; unit B one late, one done late that day."""
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    observe(batch, "A-LATE", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4))
    observe(batch, "A-OLD", unit_a, received=date(2022, 1, 4), due=date(2022, 2, 7), field="Hộ tịch")
    observe(batch, "A-TIME", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 30))
    observe(batch, "A-STOP", unit_a, received=date(2022, 10, 3), due=date(2022, 10, 17), status=5, stopped=date(2022, 10, 6))
    observe(batch, "C-LATE", commune_a, received=date(2022, 10, 3), due=date(2022, 10, 31))
    observe(batch, "B-LATE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 4))
    observe(batch, "B-DONE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 4), status=9, ended=NIGHT)
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")


def codes(client: Client, **params: object) -> set[str]:
    answer = client.get(list_url(**{"ngay": NIGHT, **params}))
    assert answer.status_code == 200
    return set(ROW.findall(answer.content.decode()))


def rows(page: bytes) -> bytes:
    return page.split(b"<tbody>")[1].split(b"</tbody>")[0]


@pytest.mark.usefixtures("night")
def test_every_figure_has_a_list_of_exactly_that_length(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    states = ("overdue", "open", "in_time", "due_today", "due_soon", "awaiting", "undated", "received")
    ended = ("done_early", "done_on_time", "done_late", "ended_other")
    for counts in AgencyDayCount.objects.filter(as_of=NIGHT).select_related("agency"):
        for state in (*states, *ended):
            found = codes(client, don_vi=counts.agency.code, he_thong=counts.system_id, linh_vuc=counts.field, tinh_trang=state)
            assert len(found) == getattr(counts, state), (counts, state)
        for age in ("5", "10", "30", "90", "more"):
            found = codes(client, don_vi=counts.agency.code, he_thong=counts.system_id, linh_vuc=counts.field, tuoi=age)
            assert len(found) == getattr(counts, f"overdue_{age}"), (counts, age)


@pytest.mark.usefixtures("night")
def test_filters_say_what_they_mean(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert codes(client, tinh_trang="overdue") == {"A-LATE", "A-OLD", "B-LATE", "C-LATE"}
    assert codes(client, tinh_trang="overdue", don_vi="608") == {"A-LATE", "A-OLD"}
    assert codes(client, tinh_trang="overdue", don_vi="608", pham_vi="area") == {"A-LATE", "A-OLD", "C-LATE"}
    assert codes(client, tinh_trang="overdue", cap="commune") == {"C-LATE"}
    assert codes(client, tinh_trang="overdue", he_thong="new") == set()
    assert codes(client, linh_vuc="Hộ tịch") == {"A-OLD"}
    assert codes(client, tuoi="more") == {"A-OLD"}
    assert codes(client, q="a-la") == {"A-LATE"}
    assert len(codes(client)) == 7


@pytest.mark.usefixtures("night")
def test_what_the_night_changed_and_what_falls_due_on_a_day_have_lists(
    client: Client, provincial_officer: User, unit_a: Agency
) -> None:
    later = make_batch(moment(NIGHT + timedelta(days=1), 9), kind="delta")
    observe(later, "A-LATE", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4), status=9, ended=date(2022, 11, 8))
    observe(later, "A-NEW", unit_a, received=date(2022, 10, 3), due=NIGHT)
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2)), trigger="command")
    client.force_login(provincial_officer)
    assert codes(client, ngay="2022-11-08", tinh_trang="newly_overdue") == {"A-NEW"}
    assert codes(client, ngay="2022-11-08", tinh_trang="no_longer_overdue") == {"A-LATE"}
    assert codes(client, tinh_trang="newly_overdue") == {"A-LATE", "A-OLD", "B-LATE", "C-LATE"}
    assert codes(client, tinh_trang="in_time", han="2022-11-30") == {"A-TIME"}


@pytest.mark.usefixtures("night")
def test_a_head_sees_the_own_unit_and_all_under_it_only(client: Client, head_a: User, head_b: User) -> None:
    client.force_login(head_a)
    assert codes(client, tinh_trang="overdue") == {"A-LATE", "A-OLD", "C-LATE"}
    assert client.get(list_url(ngay=NIGHT, don_vi="612")).status_code == 422
    client.force_login(head_b)
    assert codes(client, tinh_trang="overdue") == {"B-LATE"}


@pytest.mark.usefixtures("night")
def test_names_are_masked_and_the_state_is_written_out(client: Client, head_b: User) -> None:
    client.force_login(head_b)
    html = client.get(list_url(ngay=NIGHT, tinh_trang="overdue")).content.decode()
    assert "Nguyễn V. A." in html
    assert "Nguyễn Văn An" not in html
    assert "Quá hạn 1 ngày làm việc" in html


@pytest.mark.usefixtures("night")
def test_wrong_words_are_refused_with_a_reason_not_ignored(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    for wrong in (
        {"tinh_trang": "late"},
        {"he_thong": "x"},
        {"ngay": "31/02/2022"},
        {"don_vi": "000"},
        {"q": "a"},
        {"tuoi": "7"},
    ):
        answer = client.get(list_url(**wrong))
        assert answer.status_code == 422, wrong
        assert "invalid-feedback" in answer.content.decode()


@pytest.mark.usefixtures("night")
def test_a_date_without_a_night_says_so_and_names_the_nearest(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    html = client.get(list_url(ngay="2022-11-08")).content.decode()
    assert "Chưa có số liệu ngày 08/11/2022" in html
    assert "07/11/2022" in html


@pytest.mark.usefixtures("night")
def test_htmx_gets_the_list_alone_and_a_restored_page_gets_all(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert "<html" not in client.get(list_url(ngay=NIGHT), headers=HTMX).content.decode()
    restored = client.get(list_url(ngay=NIGHT), headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


@pytest.mark.usefixtures("night")
def test_what_came_in_later_does_not_change_a_past_list(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    later = make_batch(moment(date(2022, 11, 9)), kind="delta")
    observe(later, "A-LATE", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4), status=9, ended=date(2022, 11, 3))
    client.force_login(provincial_officer)
    assert codes(client, tinh_trang="overdue") == {"A-LATE", "A-OLD", "B-LATE", "C-LATE"}


@pytest.mark.usefixtures("night")
def test_ten_rows_and_a_hundred_cost_the_same(
    client: Client, provincial_officer: User, unit_a: Agency, django_assert_num_queries: Any
) -> None:
    client.force_login(provincial_officer)
    client.get(list_url(ngay=NIGHT))
    batch = make_batch(midnight(NIGHT), system="new")
    for number in range(100):
        observe(batch, f"N-{number}", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 2))
    nightly.run(as_of=NIGHT + timedelta(days=1), now=moment(NIGHT + timedelta(days=2)), trigger="command")
    client.get(list_url(ngay="2022-11-08", so_dong=50))
    for size in (25, 100):
        with django_assert_num_queries(5):  # user (the session is cached); the journal's head; count; rows; saved views
            client.get(list_url(ngay="2022-11-08", so_dong=size))
        with django_assert_num_queries(3):  # the same again: rows and count are kept
            client.get(list_url(ngay="2022-11-08", so_dong=size))


@pytest.mark.usefixtures("night")
def test_what_is_kept_between_requests_is_asked_anew_when_the_journal_grows(
    client: Client, provincial_officer: User, head_b: User, django_assert_num_queries: Any
) -> None:
    client.force_login(provincial_officer)
    client.get(list_url())
    entry_add(event="reference_changed", actor="tests", subject="đơn vị", body={})
    # besides user, head, count, rows, saved views:
    # night; its seal; days on offer; calendar, 2; is anything newer known, 2; does anything end later; fields; units, 2
    with django_assert_num_queries(16):
        client.get(list_url())
    client.force_login(head_b)
    client.get(list_url(so_dong=50))
    # and which units and fields are the head's to choose from, whose units the list is kept for, and the units in the menu
    with django_assert_num_queries(9):
        client.get(list_url())


@pytest.mark.usefixtures("night")
def test_kept_rows_reach_nobody_who_may_not_see_them(
    client: Client, provincial_officer: User, head_a: User, head_b: User
) -> None:
    def printed(user: User) -> str:
        client.force_login(user)
        return client.get(list_url(tinh_trang="overdue")).content.decode()

    for _again in range(2):
        pages = {user.username: printed(user) for user in (provincial_officer, head_a, head_b)}
        assert [name for name, page in pages.items() if "/ho-so/old/A-LATE/" in page] == ["van-phong", "thu-truong-a"]
        assert [name for name, page in pages.items() if "/ho-so/old/B-LATE/" in page] == ["van-phong", "thu-truong-b"]
    memberships_set(user=head_b, agencies=[Agency.objects.get(code="608")], actor="tests")
    assert "A-LATE" in printed(head_b)
    assert "B-LATE" not in printed(head_b)


@pytest.mark.usefixtures("night")
def test_kept_rows_are_those_of_their_page_size_and_order(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT), system="new")
    for number in range(30):
        observe(batch, f"N-{number:02}", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 2))
    nightly.run(as_of=NIGHT + DAY, now=moment(NIGHT + 2 * DAY), trigger="command")
    client.force_login(provincial_officer)
    asked: list[dict[str, object]] = [{"so_dong": 25}, {"so_dong": 25, "trang": 2}, {"sap_xep": "code"}, {"sap_xep": "-code"}]
    first, second = ([client.get(list_url(**query)).content for query in asked] for _again in range(2))
    assert [page.count(b"<tr>") for page in first] == [26, 13, 38, 38]  # one of them is the heading
    assert [rows(page) for page in first] == [rows(page) for page in second]
    assert len({rows(page) for page in first}) == 4


@pytest.mark.usefixtures("night")
def test_a_dossier_known_to_end_later_is_open_until_then(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    """Its end lies after the day, so the day's lists must not take "open" for "has no end"."""
    client.force_login(provincial_officer)
    ahead = {"received": date(2022, 10, 3), "due": date(2022, 11, 4), "status": 9, "ended": NIGHT + 3 * DAY}
    observe(make_batch(midnight(NIGHT)), "A-AHEAD", unit_a, **ahead)
    nightly.run(as_of=NIGHT + DAY, now=moment(NIGHT + 2 * DAY), trigger="command")
    for chosen in ({"tinh_trang": "overdue"}, {"tinh_trang": "open"}, {"tuoi": "5"}):
        assert "A-AHEAD" in codes(client, ngay=NIGHT + DAY, **chosen), chosen


@pytest.mark.usefixtures("night")
def test_seldom_used_filters_are_folded_away_until_one_is_used(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    assert '<details class="filter-more">' in client.get(list_url(tinh_trang="overdue")).content.decode()
    for used in ({"can_bo": "An"}, {"tuoi": "khong-co"}):
        assert '<details class="filter-more" open>' in client.get(list_url(**used)).content.decode()


@pytest.mark.usefixtures("night")
def test_a_row_of_realistic_names_stays_small(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    """100 rows with the page around them must fit in 100 kB: a page lists mostly long procedures and whole names."""
    batch = make_batch(midnight(NIGHT), system="new")
    name = "Đăng ký và cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu"
    said = {"procedure_name": name, "applicant": "Hợp tác xã Nông nghiệp Đăk Hà", "officer": "Nguyễn Thị Thanh Huyền"}
    for number in range(110):
        observe(batch, f"H34.35-220203-{number:04}", unit_a, received=date(2022, 2, 3), due=date(2022, 3, 1), **said)
    nightly.run(as_of=NIGHT + DAY, now=moment(NIGHT + 2 * DAY), trigger="command")
    client.force_login(provincial_officer)
    listed = rows(client.get(list_url(tinh_trang="overdue", he_thong="new")).content)
    assert listed.count(b"<tr>") == 100
    assert len(listed) <= 74_000


@pytest.mark.usefixtures("night")
def test_every_code_of_a_list_leads_to_its_own_page(client: Client, provincial_officer: User, unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT), system="new")
    odd = ("A?B#C%20", "12 A/B", "HỒ-SƠ-<1>")
    for code in odd:
        observe(batch, code, unit_a, received=date(2022, 11, 1), due=date(2022, 11, 2))
    nightly.run(as_of=NIGHT + DAY, now=moment(NIGHT + 2 * DAY), trigger="command")
    client.force_login(provincial_officer)
    html = client.get(list_url(he_thong="new")).content.decode()
    for code, address in zip(odd, ("A%3FB%23C%2520", "12%20A/B", "H%E1%BB%92-S%C6%A0-%3C1%3E"), strict=True):
        assert f'<th><a href="/ho-so/new/{address}/?ngay=2022-11-08">{escape(code)}</a>' in html
        assert client.get(f"/ho-so/new/{address}/").status_code == 200


@pytest.mark.usefixtures("night")
def test_turned_round_equal_rows_keep_their_order_and_what_has_no_date_stays_last(
    client: Client, provincial_officer: User, unit_b: Agency
) -> None:
    batch = make_batch(midnight(NIGHT), system="new")
    for code, due in (("X-1", date(2022, 11, 2)), ("X-2", date(2022, 11, 2)), ("X-NONE", None), ("X-3", date(2022, 11, 3))):
        observe(batch, code, unit_b, received=date(2022, 11, 1), due=due)
    nightly.run(as_of=NIGHT + DAY, now=moment(NIGHT + 2 * DAY), trigger="command")
    client.force_login(provincial_officer)
    for order, told in (("due", ["X-1", "X-2", "X-3", "X-NONE"]), ("-due", ["X-3", "X-1", "X-2", "X-NONE"])):
        html = client.get(list_url(he_thong="new", sap_xep=order)).content.decode()
        assert ROW.findall(html) == told
