"""The page of the nights and its button."""

from datetime import date, timedelta
from typing import Any

import pytest
from celery import Celery
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from agencies.models import Agency
from dossiers.models import SweepRun
from dossiers.views import nights
from kontum_tthc import nightly
from kontum_tthc.celery import app
from tests.factories.accounts import make_user
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)


@pytest.fixture
def unit(settings: Any) -> Agency:
    """10/11/2022 07:30; one dossier due on D."""
    settings.CLOCK_PINNED_AT = moment(D + 3 * DAY, 7, 30)
    make_calendar()
    agency = make_agency("UBND huyện Đăk Tô", code="612")
    observe(make_batch(midnight(D - DAY)), "H1", agency, received=D - 20 * DAY, due=D)
    return agency


def signed_in(client: Client, role: str) -> Client:
    client.force_login(make_user("an", role))
    return client


def page(client: Client, query: str = "") -> str:
    answer = client.get(reverse("dossiers:nights") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sweep(since: date, until: date) -> list[SweepRun]:
    return nightly.run_range(since=since, until=until, now=midnight(until), trigger="beat")


def test_a_night_is_told_with_its_figures_its_data_its_steps_and_a_link_to_its_list(client: Client, unit: Agency) -> None:
    sweep(D - DAY, D + 2 * DAY)
    html = page(signed_in(client, Role.INSPECTOR))
    assert "Không thiếu đêm nào. Đêm gần nhất là ngày 09/11/2022" in html
    assert 'href="/ho-so/?ngay=2022-11-08&amp;tinh_trang=overdue">1</a>' in html
    assert "lịch 00:15" in html
    assert "Lập số liệu ngày theo đơn vị" in html
    assert "Hệ thống mới:" in html
    assert "Chưa có số liệu" in html  # the new system
    assert html.index("09/11/2022</td>") < html.index("08/11/2022</td>")


def test_missing_nights_raise_an_alarm(client: Client, unit: Agency) -> None:
    sweep(D, D)
    assert "Thiếu 2 đêm, từ 08/11/2022: số liệu mới nhất là của ngày 07/11/2022." in page(signed_in(client, Role.INSPECTOR))


def test_a_calendar_about_to_end_raises_an_alarm(client: Client, unit: Agency, settings: Any) -> None:
    steward = signed_in(client, Role.DATA_STEWARD)
    settings.CLOCK_PINNED_AT = moment(date(2023, 11, 1))
    assert "Lịch nghỉ chỉ nạp" not in page(steward)
    settings.CLOCK_PINNED_AT = moment(date(2023, 11, 2))
    assert "Lịch nghỉ chỉ nạp đến hết 31/12/2023" in page(steward)


def test_a_failed_night_stands_on_top_with_its_error(client: Client, unit: Agency) -> None:
    sweep(D, D)
    SweepRun.objects.create(as_of=D + DAY, status="failed", trigger="beat", started_at=midnight(D + DAY), error="Ổ <đĩa> đầy")
    html = page(signed_in(client, Role.INSPECTOR))
    assert "Ổ &lt;đĩa&gt; đầy" in html
    assert html.index("Đêm bị lỗi") < html.index("Các đêm đã rà soát")


def test_without_any_night_the_page_says_what_is_to_be_done(client: Client, unit: Agency) -> None:
    assert "Chưa có đêm rà soát nào" in page(signed_in(client, Role.INSPECTOR))


def test_only_those_who_may_see_nights_do_and_only_stewards_may_start_one(client: Client, unit: Agency) -> None:
    head = signed_in(client, Role.AGENCY_HEAD)
    assert head.get(reverse("dossiers:nights")).status_code == 403
    assert head.post(reverse("dossiers:nights_run")).status_code == 403
    inspector = Client()
    inspector.force_login(make_user("binh", Role.INSPECTOR))
    assert "Chạy bù</button>" not in page(inspector)
    assert inspector.post(reverse("dossiers:nights_run")).status_code == 403


def test_the_button_puts_one_night_in_the_workers_queue(client: Client, unit: Agency) -> None:
    with app.connection_for_read() as broker:
        broker.default_channel.queue_purge("celery")
        steward = signed_in(client, Role.DATA_STEWARD)
        assert "Chạy bù</button>" in page(steward)
        assert steward.get(reverse("dossiers:nights_run")).status_code == 405
        answer = steward.post(reverse("dossiers:nights_run"), follow=True)
        assert "Đã yêu cầu chạy bù" in answer.content.decode()
        message = broker.default_channel.basic_get("celery")
        assert message.headers["task"] == "kontum_tthc.tasks.night"
        assert message.payload[0] == ["page"]
        assert broker.default_channel.basic_get("celery") is None


def test_without_a_queue_the_button_says_so(client: Client, unit: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Celery(broker="redis+socket:///tmp/khong-co.sock", set_as_current=False)
    nowhere.conf.broker_transport_options = {"max_retries": 0}
    monkeypatch.setattr(nights, "current_app", nowhere)
    answer = signed_in(client, Role.DATA_STEWARD).post(reverse("dossiers:nights_run"), follow=True)
    assert "hàng đợi không trả lời" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_nights(
    client: Client, unit: Agency, django_assert_max_num_queries: Any
) -> None:
    steward = signed_in(client, Role.DATA_STEWARD)
    sweep(D - 25 * DAY, D)
    page(steward)  # the session is warm
    with django_assert_max_num_queries(10):
        page(steward)
