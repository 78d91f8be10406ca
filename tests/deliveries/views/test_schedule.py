"""The schedule's page, and saying, changing, stopping what is expected."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from deliveries.models import ExpectedDelivery
from deliveries.selectors.rounds import ROUND_KEY, RoundTold
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_batch, make_systems
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db
PAGE = "/nhap-lieu/lich-giao-nop/"
NOW = at("2022-11-08 08:00")
GIVEN = {
    "system": "old",
    "kind": "full",
    "days": "every",
    "by": "06:00",
    "active_from": "01/11/2022",
    "watcher": "Tổ <dữ liệu>",
    "note": "",
}


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = NOW
    cache.delete(ROUND_KEY)


def page(client: Client, user: User) -> str:
    client.force_login(user)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_day_says_what_became_of_it(client: Client, data_steward: User) -> None:
    make_expected(active_from=date(2022, 11, 4), watcher="Tổ dữ liệu", note="gọi 060")
    came = make_batch(at("2022-11-07 23:00"))
    late = make_batch(at("2022-11-07 09:04:30"))
    held = make_batch(at("2022-11-05 23:00"), status="held")
    html = page(client, data_steward)
    assert "Trước 06:00, mọi ngày, từ 04/11/2022" in html
    assert "người chờ: Tổ dữ liệu" in html
    assert "gọi 060" in html
    for batch in (came, late, held):
        assert f'href="/nhap-lieu/{batch.pk}/"' in html
    assert "chậm 3 giờ 05 phút" in html
    for word, times in (("Đã đến<", 1), ("Đến muộn<", 1), ("Đang chờ xác nhận<", 1), ("Không có tệp<", 2), ("Không chờ<", 9)):
        assert html.count(word) == times, word
    assert html.count('<th scope="row">') == 14


def test_without_anything_expected_it_says_what_that_is_good_for(client: Client, inspector: User) -> None:
    html = page(client, inspector)
    assert "Chưa đặt lịch giao nộp" in html
    assert "Thêm lịch" not in html


def test_a_missing_calendar_is_said_not_guessed(client: Client, inspector: User) -> None:
    make_expected(days="working")
    assert "Chưa nạp lịch nghỉ năm 2022" in page(client, inspector)


def test_it_says_how_the_drop_folders_are(client: Client, inspector: User) -> None:
    assert "chưa có tiến trình nào xem thư mục giao nộp" in page(client, inspector)
    cache.set(ROUND_KEY, RoundTold(NOW, ()), 60)
    assert "được xem lần cuối lúc 08:00 08/11/2022" in page(client, inspector)
    cache.set(ROUND_KEY, RoundTold(NOW, ("Không đọc được <x>",)), 60)
    assert "Không đọc được &lt;x&gt;" in page(client, inspector)


def test_an_arrangement_is_added_changed_and_stopped(client: Client, data_steward: User) -> None:
    make_systems()
    client.force_login(data_steward)
    assert 'value="08/11/2022"' in client.get(f"{PAGE}them/").content.decode()
    answer = client.post(f"{PAGE}them/", GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    made = ExpectedDelivery.objects.get()
    assert "Tổ &lt;dữ liệu&gt;" in page(client, data_steward)
    form = client.get(f"{PAGE}{made.pk}/sua/").content.decode()
    assert 'value="06:00"' in form
    assert client.post(f"{PAGE}{made.pk}/sua/", {**GIVEN, "by": "07:00"}).status_code == 302
    newest = ExpectedDelivery.objects.get(stopped_from__isnull=True)
    assert f"{newest.by:%H:%M}" == "07:00"
    assert client.get(f"{PAGE}{made.pk}/sua/").status_code == 404
    assert client.post(f"{PAGE}{newest.pk}/dung/").status_code == 302
    assert not ExpectedDelivery.objects.filter(stopped_from__isnull=True).exists()
    assert "dừng từ 08/11/2022" in page(client, data_steward)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"system": ""}, "Chưa chọn hệ thống."),
        ({"by": "6 giờ"}, "Không đọc được giờ."),
        ({"by": ""}, "Chưa ghi giờ muộn nhất."),
        ({"active_from": "31/02/2022"}, "Ngày không đọc được."),
        ({"kind": "undo"}, "undo"),
    ],
)
def test_a_wrong_arrangement_comes_back_and_says_why(
    client: Client, provincial_officer: User, wrong: dict[str, str], said: str
) -> None:
    make_systems()
    client.force_login(provincial_officer)
    answer = client.post(f"{PAGE}them/", {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ExpectedDelivery.objects.exists()


def test_the_same_twice_is_refused_in_words(client: Client, provincial_officer: User) -> None:
    make_expected()
    client.force_login(provincial_officer)
    answer = client.post(f"{PAGE}them/", GIVEN)
    assert (answer.status_code, "Đã có lịch cho tệp này vào giờ này" in answer.content.decode()) == (422, True)


def test_who_may_look_sees_no_way_to_change(client: Client, inspector: User, head_a: User) -> None:
    expected = make_expected()
    html = page(client, inspector)
    assert "/sua/" not in html
    assert client.post(f"{PAGE}{expected.pk}/dung/").status_code == 403
    client.force_login(head_a)
    assert client.get(PAGE).status_code == 403
