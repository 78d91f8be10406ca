"""When something goes wrong the page says what, what is safe, and what to do."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.defaults import bad_request, server_error

from accounts.models import User
from kontum_tthc import urls as site


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault")


urlpatterns = [*site.urlpatterns, path("loi/", broken)]


@pytest.mark.django_db
def test_a_missing_page_is_explained_to_a_stranger_without_a_menu() -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Không tìm thấy trang này" in page
    assert "<nav" not in page


@pytest.mark.django_db
def test_a_missing_page_keeps_the_menu_of_who_is_signed_in(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    page = client.get("/khong-co/").content.decode()
    assert "Không tìm thấy trang này" in page
    assert 'aria-label="Trình đơn chính"' in page


@pytest.mark.django_db
def test_what_a_role_may_not_do_is_said_so(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    answer = client.get("/giao-dien/")
    assert answer.status_code == 403
    assert "Bạn chưa được quyền làm việc này" in answer.content.decode()


def test_the_page_of_a_broken_server_needs_neither_database_nor_context(rf: object) -> None:
    page = server_error(HttpRequest()).content.decode()
    assert "Hệ thống gặp lỗi" in page
    assert "Số liệu đã lưu vẫn nguyên vẹn" in page


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_in_a_view_answers_with_that_page(provincial_officer: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(provincial_officer)
    answer = client.get("/loi/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_an_unreadable_request_changed_nothing() -> None:
    assert "Không có dữ liệu nào bị thay đổi" in bad_request(HttpRequest(), ValueError()).content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_vietnamese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in answer.content.decode()
