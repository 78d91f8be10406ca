"""Ctrl-K on any page: type, choose with the arrows, be there; the keyboard comes back to where it was."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.models import Dossier
from kontum_tthc import nightly
from tests.browser.conftest import SignIn
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def world(settings: Settings, unit_a: Agency, unit_b: Agency) -> None:
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)
    make_calendar()
    batch = make_batch(midnight(D))
    for code, unit in (("608-2022-000001", unit_a), ("612-2022-000001", unit_b)):
        observe(batch, code, unit, received=date(2022, 9, 5), due=date(2022, 9, 19))
        Dossier.objects.filter(code=code).update(search_text=f"{code} nguyen van an")
    make_directive("3812/UBND-TTHCC", D, text="Toàn văn")
    nightly.run(as_of=D, now=midnight(D), trigger="beat")


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Tìm đơn vị, hồ sơ, công văn, trang hoặc ngày")


def chosen(page: Page) -> Locator:
    return page.locator("#palette-found [role=option][aria-selected=true]")


def test_the_keyboard_alone_goes_from_any_page_to_a_unit(
    page: Page, sign_in: SignIn, provincial_officer: User, accessible: Callable[[], None]
) -> None:
    sign_in(provincial_officer)
    page.goto("/cong-van/")
    page.keyboard.press("Control+k")
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("option", name="Xếp hạng")).to_be_visible()  # before a word: the pages
    page.keyboard.type("ubnd")
    expect(page.get_by_role("option")).to_have_count(3)  # two units, the letter
    accessible()
    expect(chosen(page)).to_contain_text("UBND huyện Đăk Tô")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("UBND thành phố Kon Tum")
    expect(box(page)).to_have_attribute("aria-activedescendant", str(chosen(page).get_attribute("id")))
    expect(page.locator("[data-palette-status]")).to_have_text("Hiện 3 kết quả.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round to the last
    expect(chosen(page)).to_contain_text("3812/UBND-TTHCC")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("UBND thành phố Kon Tum")


def test_escape_closes_and_the_keyboard_returns_to_the_button(page: Page, sign_in: SignIn, provincial_officer: User) -> None:
    sign_in(provincial_officer)
    page.goto("/cong-van/")
    button = page.get_by_role("link", name="Tìm", exact=True)
    button.click()
    expect(box(page)).to_be_focused()
    page.keyboard.type("a")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Control+k")
    expect(box(page)).to_be_visible()
    page.mouse.click(5, 5)  # beside it
    expect(box(page)).to_be_hidden()


def test_enter_never_opens_the_answer_to_an_earlier_question(page: Page, sign_in: SignIn, provincial_officer: User) -> None:
    sign_in(provincial_officer)
    page.goto("/cong-van/")
    page.keyboard.press("Control+k")
    page.keyboard.type("dak to")
    expect(chosen(page)).to_contain_text("UBND huyện Đăk Tô")
    held: list[Route] = []
    page.route("**/tim/?q=608*", lambda route: route.fallback() if route.request.is_navigation_request() else held.append(route))
    box(page).fill("608-2022")
    page.keyboard.press("Enter")  # its answers are still on their way
    page.wait_for_url("**/tim/?q=608-2022")
    expect(page.get_by_role("main").get_by_role("link", name="608-2022-000001")).to_be_visible()


def test_nothing_found_no_network_and_a_fault_are_told_in_the_box(
    page: Page, sign_in: SignIn, head_a: User, complaints: list[str]
) -> None:
    sign_in(head_a)
    page.goto("/cong-van/")
    page.keyboard.press("Control+k")
    page.keyboard.type("612-2022")
    expect(page.locator("#palette-found")).to_contain_text("Không tìm thấy gì khớp với “612-2022”")
    expect(page.locator("#palette-found")).to_contain_text("Chỉ tìm đơn vị và hồ sơ anh/chị phụ trách")
    page.context.set_offline(True)
    box(page).fill("608-2022")
    expect(page.locator("#palette [data-messages]")).to_contain_text("Không kết nối được với máy chủ")
    page.context.set_offline(False)
    box(page).fill("608-2022-")
    expect(page.get_by_role("option", name="608-2022-000001")).to_be_visible()
    expect(page.locator("#palette [data-messages]")).to_have_text("")
    expect(page.get_by_role("option", name="608-2022-000001")).to_contain_text("Nguyễn V. A.")
    complaints.clear()  # the browser's, about the lost answer


def test_on_a_phone_the_button_is_in_reach_and_the_box_fills_the_screen(
    page: Page, sign_in: SignIn, provincial_officer: User, accessible: Callable[[], None]
) -> None:
    sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    page.goto("/cong-van/")
    button = page.get_by_role("link", name="Tìm", exact=True)
    size = button.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 44
    button.click()
    box(page).fill("10/11/2022")
    expect(page.get_by_role("option", name="Tổng quan ngày 10/11/2022")).to_contain_text("chưa có số liệu ngày này")
    for option in page.get_by_role("option").all():
        shown = option.bounding_box()
        assert shown is not None
        assert shown["height"] >= 44
        assert shown["x"] + shown["width"] <= PHONE["width"]
    accessible()
    page.get_by_role("button", name="Đóng").click()
    expect(box(page)).to_be_hidden()


def test_without_script_the_button_leads_to_a_page_that_finds_as_well(
    page: Page, sign_in: SignIn, provincial_officer: User, accessible: Callable[[], None]
) -> None:
    sign_in(provincial_officer)
    plain = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]  # it runs
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gave
    still = plain.new_page()
    still.goto(page.url.replace("/giao-dien/", "/cong-van/"))
    still.get_by_role("link", name="Tìm", exact=True).click()
    still.get_by_role("searchbox").fill("dak to")
    still.get_by_role("main").get_by_role("button", name="Tìm").click()
    still.get_by_role("main").get_by_role("link", name="UBND huyện Đăk Tô").click()
    expect(still.get_by_role("heading", level=1)).to_have_text("UBND huyện Đăk Tô")
    plain.close()
    page.goto("/tim/?q=dak+to")
    accessible()


def test_a_session_that_ended_asks_to_sign_in_and_then_shows_what_was_asked(
    page: Page, sign_in: SignIn, provincial_officer: User
) -> None:
    sign_in(provincial_officer)
    page.goto("/cong-van/")
    page.context.clear_cookies()
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert "next=/tim/" in page.url
