"""When something goes wrong the answer says what, what is safe, what to do, and by which id the log knows it."""

import io
import logging
import re
from collections.abc import Generator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts.models import User
from kontum_tthc import urls as site
from kontum_tthc.request_id import WithRequestId
from worktime.rules import CalendarMissing

ID = re.compile(r"[2-9A-HJ-NP-TV-Z]{8}")
HTMX = {"HX-Request": "true"}
NO_CACHE = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere.sock"}}


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault with a secret in it")


@login_not_required
def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a trick")


@login_not_required
def uncounted(request: HttpRequest) -> HttpResponse:
    raise CalendarMissing(2031)


urlpatterns = [
    *site.urlpatterns,
    path("loi/", broken),
    path("la/", suspicious),
    path("lich/", uncounted),
    path("api/loi", broken),
]
handler400, handler403, handler404 = site.handler400, site.handler403, site.handler404
handler429, handler500 = site.handler429, site.handler500

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Generator[io.StringIO]:
    """What the server's real log handler writes."""
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and any(isinstance(one, WithRequestId) for one in handler.filters)
    )
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def told(answer: Any) -> str:
    """The page, after a look at what every one of them must say."""
    html: str = answer.content.decode()
    number = answer.headers["X-Request-ID"]
    assert ID.fullmatch(number)
    assert f">{number}</dd>" in html
    assert "Mã lỗi" in html
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}</dd>", html)
    assert "Không có dữ liệu nào bị thay đổi." in html or "Số liệu đã lưu vẫn nguyên vẹn" in html
    return html


def test_every_answer_has_an_id_of_its_own(client: Client) -> None:
    numbers = [client.get(address).headers["X-Request-ID"] for address in ("/healthz", "/healthz", "/", "/tai-khoan/dang-nhap/")]
    assert len(set(numbers)) == 4
    assert all(ID.fullmatch(number) for number in numbers)


def test_an_id_sent_along_is_believed_of_our_own_proxy_only(client: Client, settings: Any) -> None:
    sent = {"X-Request-ID": "a1b2c3d4"}
    assert client.get("/healthz", headers=sent).headers["X-Request-ID"] != "a1b2c3d4"
    settings.BEHIND_PROXY = True
    assert client.get("/healthz", headers=sent).headers["X-Request-ID"] == "a1b2c3d4"
    for unfit in ("", "short", "x" * 65, "a1b2c3d4\ninjected", "a1b2 c3d4", "<script>alert"):
        assert ID.fullmatch(client.get("/healthz", headers={"X-Request-ID": unfit}).headers["X-Request-ID"])


def test_a_missing_page_is_explained_to_a_stranger_without_a_menu() -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    page = told(answer)
    assert "Không tìm thấy trang này" in page
    assert "<nav" not in page


def test_a_missing_page_keeps_the_menu_of_who_is_signed_in(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = told(client.get("/khong-co/"))
    assert "Không tìm thấy trang này" in page
    assert 'aria-label="Trình đơn chính"' in page


def test_what_a_role_may_not_do_is_said_so(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    answer = client.get("/giao-dien/")
    assert answer.status_code == 403
    assert "Bạn chưa được quyền làm việc này" in told(answer)


def test_an_address_opened_the_wrong_way_says_so_and_what_it_takes(client: Client, data_steward: User) -> None:
    client.force_login(data_steward)
    answer = client.get("/ra-soat-dem/chay-bu/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Địa chỉ này không mở theo cách đó" in told(answer)


def test_a_form_without_its_token_is_refused_in_vietnamese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in told(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_an_unreadable_request_changed_nothing(client: Client) -> None:
    answer = client.get("/la/")
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in told(answer)


def test_a_server_called_by_a_name_that_is_not_its_own_says_nothing_of_itself(client: Client) -> None:
    answer = client.get("/", headers={"Host": "gia-mao.example"})
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in told(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_answers_with_its_id_and_nothing_of_itself_and_the_log_has_both(
    client: Client, provincial_officer: User, log: io.StringIO
) -> None:
    client.raise_request_exception = False
    client.force_login(provincial_officer)
    answer = client.get("/loi/")
    assert answer.status_code == 500
    page = told(answer)
    assert "Hệ thống gặp lỗi" in page
    assert "a fault with a secret in it" not in page
    assert f"[{answer.headers['X-Request-ID']}] Internal Server Error: /loi/" in log.getvalue()
    assert "a fault with a secret in it" in log.getvalue()


@override_settings(ROOT_URLCONF=__name__, CACHES=NO_CACHE)
def test_the_page_of_a_broken_server_needs_neither_database_nor_cache(provincial_officer: User) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-nobody-can-look-up"

    def refuse(*_: object) -> None:
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(refuse):
        for address in ("/", "/loi/", "/xep-hang/"):
            answer = client.get(address)
            assert answer.status_code == 500
            assert "Hệ thống gặp lỗi" in told(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_a_year_without_days_off_names_the_year_and_the_remedy(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/lich/")
    assert answer.status_code == 503
    assert "Chưa nạp lịch nghỉ năm 2031" in told(answer)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("address", "status"), [("/loi/", 500), ("/khong-co/", 404), ("/la/", 400), ("/giao-dien/", 403)])
def test_a_page_that_asked_behind_the_scenes_gets_an_alert_for_its_messages(
    client: Client, head_a: User, address: str, status: int
) -> None:
    client.raise_request_exception = False
    client.force_login(head_a)
    answer = client.get(address, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (status, ".messages")
    alert = told(answer)
    assert 'role="alert"' in alert
    assert "<html" not in alert


@override_settings(ROOT_URLCONF=__name__)
def test_a_restored_page_of_the_history_gets_the_whole_page(client: Client) -> None:
    answer = client.get("/khong-co/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in told(answer)


@override_settings(ROOT_URLCONF=__name__)
def test_a_program_is_answered_in_json_with_the_id(client: Client, provincial_officer: User) -> None:
    client.raise_request_exception = False
    assert client.get("/api/ranking").json()["detail"] == "Cần đăng nhập."
    client.force_login(provincial_officer)
    expected = {
        "/api/loi": (500, "Số liệu đã lưu vẫn nguyên vẹn"),
        "/api/khong-co": (404, "ngoài phạm vi của bạn"),
        "/api/dossiers/old/KHONG-CO": (404, "ngoài phạm vi của bạn"),
        "/api/ranking": (404, "Chưa có số liệu"),
        "/api/ranking?ngay=homqua&cap=x": (422, "Không đọc được tham số: ngay, cap."),
    }
    for address, (status, sentence) in expected.items():
        answer = client.get(address)
        assert (address, answer.status_code) == (address, status)
        assert sentence in answer.json()["detail"], answer.json()
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert client.post("/api/ranking").json()["request_id"]
