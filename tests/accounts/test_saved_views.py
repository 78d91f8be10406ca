"""Saved views: a name for an address, one's own, offered where the address leads and marked when it is the one shown."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import SavedView, User
from accounts.selectors import saved_views
from accounts.services import view_delete, view_save
from agencies.models import Agency
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db

NIGHT = date(2022, 11, 7)
NOW = moment(NIGHT + timedelta(days=1), 8)
DOSSIERS, RANKING = SavedView.Page.DOSSIERS, SavedView.Page.RANKING
LINK = re.compile(r'<li><a href="([^"]*)"( aria-current="true")?>(?:<span class="icon[^>]*></span>)?([^<]*)</a></li>')


def save(user: User, name: str = "Quá hạn cũ", query: str = "he_thong=old", page: str = DOSSIERS) -> SavedView:
    return view_save(user=user, page=page, name=name, query=query, now=NOW)


def shown(html: str) -> list[tuple[str, str, bool]]:
    """(name, address, current) of each offered view."""
    return [(name, unescape(address), bool(current)) for address, current, name in LINK.findall(html)]


@pytest.fixture
def night(unit_a: Agency) -> None:
    make_calendar()
    observe(make_batch(midnight(NIGHT)), "A-LATE", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4))
    nightly.run(as_of=NIGHT, now=NOW, trigger="command")


def test_a_question_is_kept_in_the_one_way_it_is_written(head_a: User) -> None:
    view = save(head_a, " Của tôi ", "tinh_trang=overdue&he_thong=&trang=3&don_vi=608")
    assert (view.name, view.query, view.created_at) == ("Của tôi", "don_vi=608&tinh_trang=overdue", NOW)
    assert view.address == "/ho-so/?don_vi=608&tinh_trang=overdue"
    assert save(head_a, "Mọi đơn vị", "", RANKING).address == "/xep-hang/"


@pytest.mark.parametrize(
    ("name", "query", "reason"),
    [
        ("Quá hạn cũ", "cap=district", "Bạn đã có bộ lọc tên này"),
        ("  ", "cap=district", "không được để trắng"),
        ("Tên " + "dài " * 20, "", "60"),
        ("Dài", "q=" + "a" * 1000, "1000|1.000"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(head_a: User, name: str, query: str, reason: str) -> None:
    save(head_a)
    with pytest.raises(ValidationError, match=reason):
        save(head_a, name, query)
    assert SavedView.objects.count() == 1


def test_a_name_is_free_on_another_page_and_for_another_person(head_a: User, head_b: User) -> None:
    save(head_a)
    save(head_a, page=RANKING)
    save(head_b)
    assert SavedView.objects.count() == 3


def test_there_is_a_limit_for_each_page(head_a: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "VIEWS_MOST", 2)
    save(head_a, "một")
    save(head_a, "hai")
    with pytest.raises(ValidationError, match="tối đa 2 bộ lọc"):
        save(head_a, "ba")
    save(head_a, "ba", page=RANKING)


def test_the_database_itself_refuses_a_second_view_of_a_name_and_one_without(head_a: User) -> None:
    view = save(head_a)
    for name in (view.name, ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.create(user=head_a, page=DOSSIERS, name=name, query="", created_at=NOW)


def test_only_ones_own_view_can_be_deleted(head_a: User, head_b: User) -> None:
    view = save(head_a)
    assert view_delete(user=head_b, pk=view.pk) is None
    assert view_delete(user=head_a, pk=view.pk) == view
    assert not SavedView.objects.exists()


def test_the_view_that_asks_the_same_is_the_current_one(head_a: User, django_assert_num_queries: object) -> None:
    old, day = save(head_a), save(head_a, "Một ngày", "he_thong=old&ngay=2022-11-07")

    def current(query: str) -> SavedView | None:
        return saved_views(user=head_a, page=DOSSIERS, query=query).current

    assert current("he_thong=old&trang=2") == old
    assert current("ngay=2022-11-07&he_thong=old") == day
    assert current("he_thong=old&ngay=2022-11-03") == old  # the same selection on another day
    assert current("he_thong=new") is None
    assert current("") is None
    assert not saved_views(user=head_a, page=RANKING, query="he_thong=old").views


@pytest.mark.usefixtures("night")
@pytest.mark.parametrize(("where", "address"), [(DOSSIERS, "/ho-so/"), (RANKING, "/xep-hang/")])
def test_views_are_offered_on_their_page_to_their_owner_alone(
    client: Client, provincial_officer: User, inspector: User, where: str, address: str
) -> None:
    save(provincial_officer, "Cũ <b>", "he_thong=old", where)
    client.force_login(provincial_officer)
    for _again in range(2):  # new and kept
        html = client.get(address, {"he_thong": "old"}).content.decode()
        assert shown(html) == [("Cũ &lt;b&gt;", f"{address}?he_thong=old", True)]
        part = client.get(address, {"he_thong": "new"}, headers={"HX-Request": "true"}).content.decode()
        assert shown(part) == [("Cũ &lt;b&gt;", f"{address}?he_thong=old", False)]
    client.force_login(inspector)
    assert "Cũ &lt;b&gt;" not in client.get(address, {"he_thong": "old"}).content.decode()


@pytest.mark.usefixtures("night")
def test_a_shared_address_shows_another_person_the_same_question_of_their_own_units(
    client: Client, provincial_officer: User, head_b: User
) -> None:
    view = save(provincial_officer, "Cũ", "he_thong=old&tinh_trang=overdue")
    client.force_login(head_b)
    html = client.get(view.address).content.decode()
    assert "Hệ thống:</span> Hệ thống cũ" in html
    assert "A-LATE" not in html


@pytest.mark.usefixtures("night")
def test_saving_returns_to_the_page_as_it_was_and_keeps_the_day_only_when_asked(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    asked = {"page": DOSSIERS, "query": "ngay=2022-11-07&tinh_trang=overdue"}
    for form, kept in (({"name": "Mới nhất"}, "tinh_trang=overdue"), ({"name": "Ngày 7", "keep_day": "on"}, asked["query"])):
        answer = client.post(reverse("saved_view_save"), asked | form)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/ho-so/?{asked['query']}"
        assert provincial_officer.saved_views.get(name=form["name"]).query == kept
    html = client.get(f"/ho-so/?{asked['query']}").content.decode()
    assert [(name, current) for name, _address, current in shown(html)] == [("Mới nhất", False), ("Ngày 7", True)]
    assert "Đã lưu bộ lọc “Ngày 7”." in html


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"name": ""}, "Chưa đặt tên cho bộ lọc."),
        ({"name": "Quá hạn cũ"}, "Bạn đã có bộ lọc tên này"),
        ({"name": "x", "page": "admin:index"}, "Chọn giá trị đúng|hợp lệ|Hãy chọn"),
    ],
)
def test_a_refused_name_is_told_beside_the_box_and_nothing_is_lost(
    client: Client, head_a: User, form: dict[str, str], reason: str
) -> None:
    save(head_a)
    client.force_login(head_a)
    answer = client.post(reverse("saved_view_save"), {"page": DOSSIERS, "query": "cap=district"} | form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="query" value="cap=district"' in html
    assert SavedView.objects.count() == 1
    if "page" not in form:
        assert re.search(reason, html)


def test_deleting_leads_back_to_what_the_view_showed(client: Client, head_a: User) -> None:
    view = save(head_a)
    client.force_login(head_a)
    answer = client.post(reverse("saved_view_delete", args=[view.pk]))
    assert answer.headers["Location"] == "/ho-so/?he_thong=old"
    assert not SavedView.objects.exists()


@pytest.mark.usefixtures("night")
def test_what_the_pages_offer_to_save_says_nothing_twice(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    for address, query in (("/ho-so/", "tinh_trang=overdue&pham_vi=own&trang=2&q="), ("/xep-hang/", "pham_vi=own&sap_xep=rank")):
        html = client.get(f"{address}?{query}").content.decode()
        (offered,) = re.findall(r'<input type="hidden" name="query" value="([^"]*)">', html)
        assert offered == ("tinh_trang=overdue" if address == "/ho-so/" else "")
