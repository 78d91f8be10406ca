"""Days in the real browser: day first whatever the browser's language, typed or picked, one address for both."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAST = "/giao-dien/?ngay=2022-11-10"  # the days on offer end here


@pytest.fixture
def box(page: Page, sign_in: SignIn, administrator: User) -> Locator:
    cache.clear()
    sign_in(administrator)
    page.goto(LAST)
    return page.get_by_label("Ngày số liệu")


def chosen(page: Page, day: str) -> None:
    page.wait_for_url(lambda url: f"ngay={day}" in url)


def test_a_day_shows_day_first(box: Locator) -> None:
    expect(box).to_have_value("10/11/2022")


@pytest.mark.parametrize(
    ("typed", "day"), [("7/11/2022", "2022-11-07"), ("07112022", "2022-11-07"), ("2022-11-08", "2022-11-08")]
)
def test_a_typed_day_waits_until_it_is_left_and_goes_into_the_address_one_way(
    page: Page, box: Locator, typed: str, day: str
) -> None:
    box.fill(typed)
    assert "ngay=2022-11-10" in page.url
    box.blur()
    chosen(page, day)
    expect(page.get_by_label("Ngày số liệu")).to_have_value("/".join(reversed(day.split("-"))))


def test_enter_sends_a_typed_day_once(page: Page, box: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    box.fill("07/11/2022")
    box.press("Enter")
    chosen(page, "2022-11-07")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2022", "Ngày không đọc được."),
        ("mai", "Ngày không đọc được."),
        ("11/11/2022", "Chỉ có số liệu từ 12/10/2022 đến 10/11/2022."),
    ],
)
def test_what_is_no_day_on_offer_is_said_beside_the_box_and_not_sent(page: Page, box: Locator, typed: str, said: str) -> None:
    box.fill(typed)
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(
        f"{said}" if typed == "11/11/2022" else f"{said} Hãy chọn ngày trên lịch hoặc viết như 07/11/2022."
    )
    expect(box).to_be_focused()
    assert page.url.endswith(LAST)
    box.fill("10/11/2022")
    box.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_label("Ngày số liệu")).to_have_accessible_description("")


def test_steps_go_from_day_to_day_and_end_where_the_days_end(page: Page, box: Locator) -> None:
    expect(page.get_by_role("button", name="Ngày sau")).to_be_disabled()
    page.get_by_role("button", name="Ngày trước").click()
    chosen(page, "2022-11-09")
    expect(page.get_by_role("button", name="Ngày sau")).to_be_enabled()


def test_the_calendar_is_walked_and_left_by_keyboard(page: Page, box: Locator) -> None:
    box.press("Alt+ArrowDown")
    calendar = page.get_by_role("dialog", name="Chọn ngày")
    expect(calendar).to_be_visible()
    expect(calendar.get_by_role("button", name="10 tháng 11")).to_be_focused()
    page.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(box).to_be_focused()
    box.press("Alt+ArrowDown")
    expect(calendar.get_by_role("button", name="10 tháng 11")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(calendar.get_by_role("button", name="3 tháng 11", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    chosen(page, "2022-11-03")


def test_a_day_is_picked_by_pointer_and_days_without_figures_are_not(page: Page, box: Locator) -> None:
    page.get_by_role("button", name="Chọn trên lịch").first.click()
    calendar = page.get_by_role("dialog", name="Chọn ngày")
    expect(calendar.get_by_role("button", name="11 tháng 11")).to_be_disabled()
    calendar.get_by_role("button", name="Tháng trước").click()
    calendar.get_by_role("button", name="31 tháng 10").click()
    chosen(page, "2022-10-31")


def test_a_moment_keeps_its_time_when_its_day_is_picked(page: Page, box: Locator) -> None:
    page.get_by_role("button", name="Chọn trên lịch").last.click()
    page.get_by_role("dialog", name="Chọn ngày").get_by_role("button", name="8 tháng 11", exact=True).click()
    page.wait_for_url("**luc=*")
    expect(page.get_by_label("Thời điểm số liệu")).to_have_value("08/11/2022 23:00")


def test_without_script_a_typed_day_is_read_by_the_server(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.goto("/giao-dien/?ngay=7/11/2022")
    expect(page.get_by_label("Ngày số liệu")).to_have_value("7/11/2022")
    expect(page.get_by_label("Ngày số liệu")).not_to_have_attribute("aria-invalid", "true")


def test_the_calendar_has_no_accessibility_violation(page: Page, box: Locator, accessible: Callable[[], None]) -> None:
    box.press("Alt+ArrowDown")
    expect(page.get_by_role("dialog", name="Chọn ngày")).to_be_visible()
    accessible()
