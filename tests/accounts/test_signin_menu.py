"""What the frame shows of who is signed in: the places the role may open, name, role and unit."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils.encoding import force_str

from accounts.models import User
from kontum_tthc.context import navigation, shell

pytestmark = pytest.mark.django_db
EVERYONE = ["Tổng quan", "Xếp hạng", "Hồ sơ", "Công văn", "Giải trình"]
HEADS = ["Tổng quan", "Việc của tôi", "Xếp hạng", "Hồ sơ", "Công văn", "Giải trình"]
WATCHERS = [*EVERYONE, "Nhập liệu", "Rà soát đêm"]


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("head_a", HEADS),
        ("stranger", HEADS),
        ("provincial_officer", WATCHERS),
        ("inspector", WATCHERS),
        ("data_steward", WATCHERS),
        ("administrator", [*WATCHERS, "Quản trị"]),
    ],
)
def test_the_menu_offers_what_the_role_may_open(request: pytest.FixtureRequest, who: str, places: list[str]) -> None:
    user: User = request.getfixturevalue(who)
    assert [force_str(item.label) for item in navigation(user, "/")] == places


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", {"Tổng quan": "page"}),
        ("/cong-van/", {"Công văn": "page"}),
        ("/cong-van/3812-ubnd-tthcc/", {"Công văn": "true"}),
        ("/tai-khoan/dat-mat-khau/", {}),
    ],
)
def test_the_menu_marks_where_one_is(provincial_officer: User, path: str, marked: dict[str, str]) -> None:
    items = navigation(provincial_officer, path)
    assert {force_str(item.label): item.current for item in items if item.current} == marked


def test_a_head_sees_name_role_and_unit(client: Client, head_a: User) -> None:
    client.force_login(head_a)
    page = client.get("/tai-khoan/dat-mat-khau/").content.decode()
    for words in ("Thủ trưởng A", "Thủ trưởng đơn vị", "UBND thành phố Kon Tum"):
        assert words in page


def test_the_demo_says_that_its_data_are_not_real(client: Client, settings: object) -> None:
    page = client.get("/tai-khoan/dang-nhap/").content.decode()
    assert "Dữ liệu minh hoạ – không phải số liệu thật." in page


def test_the_product_itself_has_no_such_banner(client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert "Dữ liệu minh hoạ" not in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_a_request_that_never_met_the_session_gets_a_frame_without_a_menu(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    assert "nav" not in shell(request)
