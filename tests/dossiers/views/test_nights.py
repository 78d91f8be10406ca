"""The page of the nights and its button."""

from collections.abc import Generator
from datetime import date, timedelta
from typing import Any

import pytest
from celery import Celery
from celery.signals import heartbeat_sent
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from agencies.models import Agency
from dossiers.models import SweepRun
from dossiers.services.worker import worker_beat
from dossiers.views import nights
from kontum_tthc import nightly
from kontum_tthc.celery import app
from kontum_tthc.tasks import night
from tests.factories.accounts import make_user
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from worktime.models import CalendarYear
from worktime.rules import CalendarMissing

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def empty_queue() -> Generator[None]:
    """What the button sends to the worker is no other test's."""
    yield
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")


@pytest.fixture
def unit(settings: Any) -> Agency:
    """10/11/2022 07:30; one dossier due on D."""
    cache.clear()
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
    assert "Hệ thống mới</span>" in html
    assert "Chưa có số liệu" in html  # the new system
    assert html.index("09/11/2022</th>") < html.index("08/11/2022</th>")


def test_missing_nights_raise_an_alarm(client: Client, unit: Agency) -> None:
    sweep(D, D)
    html = page(signed_in(client, Role.INSPECTOR))
    assert "<strong>Thiếu 2 đêm, từ 08/11/2022</strong>: số liệu mới nhất là của ngày 07/11/2022." in html


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
        steward = signed_in(client, Role.DATA_STEWARD)
        assert "Chạy bù</button>" in page(steward)
        assert steward.get(reverse("dossiers:nights_run")).status_code == 405
        answer = steward.post(reverse("dossiers:nights_run"), follow=True)
        assert "Đã yêu cầu chạy bù" in answer.content.decode()
        message = broker.default_channel.basic_get("celery")
        assert message.headers["task"] == "kontum_tthc.tasks.night"
        assert message.payload[0] == ["page"]
        assert broker.default_channel.basic_get("celery") is None


@pytest.mark.django_db(transaction=True)  # a night's lock ends with its transaction
def test_whoever_asked_sees_the_nights_come_in_after_a_reload_too(client: Client, unit: Agency) -> None:
    sweep(D, D)
    steward = signed_in(client, Role.DATA_STEWARD)
    worker_beat()
    assert "every 2s" not in page(steward)
    steward.post(reverse("dossiers:nights_run"))
    waiting = page(steward)
    assert 'hx-trigger="every 2s"' in waiting
    assert "Đã yêu cầu chạy bù, đang chờ bộ xử lý" in waiting
    assert 'value="0" max="2"' in waiting
    assert "Chạy bù</button>" not in waiting
    nightly.run(as_of=D + DAY, now=midnight(D + DAY), trigger="page")
    part = steward.get(reverse("dossiers:nights"), headers=HTMX)
    assert 'value="1" max="2"' in part.content.decode()
    assert "<html" not in part.content.decode()
    night("page")  # the worker's part
    assert steward.get(reverse("dossiers:nights"), headers=HTMX).headers["HX-Refresh"] == "true"
    assert "Không thiếu đêm nào" in page(steward)


@pytest.mark.django_db(transaction=True)  # a night's lock ends with its transaction
def test_nights_the_worker_could_not_do_are_no_longer_waited_for(client: Client, unit: Agency) -> None:
    sweep(D, D)
    steward = signed_in(client, Role.DATA_STEWARD)
    steward.post(reverse("dossiers:nights_run"))
    CalendarYear.objects.all().delete()
    with pytest.raises(CalendarMissing):
        night("page")
    html = page(steward)
    assert "every 2s" not in html
    assert "Đêm bị lỗi" in html
    assert "Chạy bù</button>" in html


def test_a_night_at_work_is_seen_by_its_lock(client: Client, unit: Agency) -> None:
    sweep(D, D)
    inspector = signed_in(client, Role.INSPECTOR)
    with transaction.atomic():
        nightly._lock()
        html = page(inspector)
        assert "Đang rà soát đêm 08/11/2022" in html
        assert "Bộ xử lý không trả lời" not in html  # it is at work
        transaction.set_rollback(True)


def test_a_worker_that_is_not_there_is_missed(client: Client, unit: Agency) -> None:
    cache.clear()
    inspector = signed_in(client, Role.INSPECTOR)
    assert "Bộ xử lý không trả lời" in page(inspector)
    heartbeat_sent.send(sender=None)
    assert "Bộ xử lý không trả lời" not in page(inspector)


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
    with django_assert_max_num_queries(11):  # the page's own and, from above, which expected files are late
        page(steward)
