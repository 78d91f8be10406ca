"""Signing in, out and changing one's password: in Vietnamese, and nothing else of allauth has an address."""

from collections.abc import Generator

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, CHANGE = "/tai-khoan/dang-nhap/", "/tai-khoan/dang-xuat/", "/tai-khoan/doi-mat-khau/"
PASSWORD = "mot-cau-that-dai-1"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> Generator[None]:
    """Failed sign-ins are counted per address of the sender, over all tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer(provincial_officer: User) -> User:
    provincial_officer.set_password(PASSWORD)
    provincial_officer.save(update_fields=["password"])
    return provincial_officer


def sign_in(client: Client, name: str, password: str) -> HttpResponse:
    return client.post(LOGIN, {"login": name, "password": password})  # type: ignore[return-value]  # the test client's subclass


def test_every_page_sends_a_stranger_to_the_sign_in_page_and_back(client: Client) -> None:
    answer = client.get("/giao-dien/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{LOGIN}?next=/giao-dien/"
    assert 'name="next" value="/giao-dien/"' in client.get(answer["Location"]).content.decode()


def test_the_right_password_opens_the_overview_without_an_announcement(client: Client, officer: User) -> None:
    answer = sign_in(client, officer.username, PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.get(CHANGE).context["messages"]._loaded_data == []


def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nobody(client: Client, officer: User) -> None:
    wrong = sign_in(client, officer.username, "sai-mat-khau-roi").content.decode()
    unknown = sign_in(client, "khong-co-ai", "sai-mat-khau-roi").content.decode()
    for page in (wrong, unknown):
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
        assert 'role="alert"' in page


def test_after_five_failures_the_account_rests_even_for_the_right_password(client: Client, officer: User) -> None:
    for _attempt in range(5):
        sign_in(client, officer.username, "sai-mat-khau-roi")
    page = sign_in(client, officer.username, PASSWORD).content.decode()
    assert "Đăng nhập sai quá nhiều lần. Hãy đợi năm phút rồi thử lại." in page


def test_a_closed_account_is_told_so(client: Client, officer: User) -> None:
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    answer = client.post(LOGIN, {"login": officer.username, "password": PASSWORD}, follow=True)
    assert "Tài khoản đã ngừng dùng" in answer.content.decode()
    assert client.get(CHANGE).status_code == 302, "still not signed in"


def test_signing_out_asks_first_and_then_ends_the_session(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert "Kết thúc phiên làm việc trên máy này?" in client.get(LOGOUT).content.decode()
    assert client.get(CHANGE).status_code == 200, "looking at the question signs nobody out"
    page = client.post(LOGOUT, follow=True).content.decode()
    assert "Đã đăng xuất." in page
    assert client.get(CHANGE).status_code == 302


def test_a_password_is_changed_by_who_knows_the_old_one(client: Client, officer: User) -> None:
    client.force_login(officer)
    form = {"oldpassword": "khong-phai-no", "password1": "cau-moi-rat-dai-2", "password2": "cau-moi-rat-dai-2"}
    assert "Mật khẩu hiện tại không đúng." in client.post(CHANGE, form).content.decode()
    page = client.post(CHANGE, form | {"oldpassword": PASSWORD}, follow=True).content.decode()
    assert "Đã đổi mật khẩu." in page
    officer.refresh_from_db()
    assert officer.check_password("cau-moi-rat-dai-2")


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("ngan-qua-1", "Mật khẩu quá ngắn; phải có ít nhất 12 ký tự."),
        ("1qaz2wsx3edc", "Mật khẩu này quá phổ biến."),
        ("van-phong-01", "Mật khẩu quá giống với"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client: Client, officer: User, password: str, complaint: str) -> None:
    client.force_login(officer)
    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password}).content.decode()
    assert complaint in page
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_person_without_a_password_may_set_one(client: Client, inspector: User) -> None:
    client.force_login(inspector)
    page = client.get(CHANGE, follow=True).content.decode()
    assert "Đặt mật khẩu" in page
    assert "Mật khẩu hiện tại" not in page


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_reauthenticate"])
def test_what_is_not_offered_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", [LOGIN, LOGOUT, CHANGE, "/tai-khoan/ngung-dung/"])
def test_every_page_is_ours_not_the_package_s(client: Client, officer: User, path: str) -> None:
    if path in (LOGOUT, CHANGE):
        client.force_login(officer)
    answer = client.get(path)
    names = [template.origin.name for template in answer.templates if template.origin]
    assert answer.status_code == 200
    assert not [name for name in names if "/allauth/" in name]
