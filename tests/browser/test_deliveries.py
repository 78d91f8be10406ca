"""The schedule of deliveries in the real browser: set up, seen late, readable on a telephone."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from accounts.models import User
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_batch
from tests.factories.figures import night
from tests.factories.worktime import at, load_calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def world(transactional_db: None, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = at("2022-11-08 08:00")
    load_calendar()
    make_expected(watcher="Tổ dữ liệu, 0260 3 000 000", note="Hệ thống cũ chạy xuất lúc 05:00")
    make_expected(system="new", kind="delta", by="23:59", active_from=date(2022, 11, 3))
    make_batch(at("2022-11-07 23:00"), status="held")
    make_batch(at("2022-11-07 09:05"))
    make_batch(at("2022-11-07 23:00"), system="new", kind="delta")
    night(date(2022, 11, 7))


def test_an_arrangement_is_made_by_keyboard_and_mouse(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None]
) -> None:
    page = sign_in(data_steward)
    page.goto("/nhap-lieu/")
    page.get_by_role("link", name="Lịch giao nộp").first.click()
    page.get_by_role("link", name="Thêm lịch").click()
    accessible()
    page.get_by_label("Hệ thống nguồn").select_option(label="Hệ thống mới")
    page.get_by_label("Giờ muộn nhất").fill("6 giờ")
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.get_by_text("Không đọc được giờ. Ghi như 06:00.")).to_be_visible()
    accessible()
    page.get_by_label("Giờ muộn nhất").fill("06:00")
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(3)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("address", ["/nhap-lieu/lich-giao-nop/", "/nhap-lieu/lich-giao-nop/them/", "/nhap-lieu/", "/"])
def test_it_reads_on_every_screen(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None], wear: Wear, theme: str, address: str
) -> None:
    wear(theme)
    page = sign_in(data_steward)
    for width, height in ((1440, 900), (PHONE["width"], PHONE["height"])):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
