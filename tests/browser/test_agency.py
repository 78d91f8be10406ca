"""A head's desk in a real browser: the strip of days, the lists behind it, the printed list, the calendar's address."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from kontum_tthc import nightly
from tests.browser.conftest import SignIn, Wear
from tests.factories.agencies import make_agency
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)  # a Wednesday, the newest night; the clock stands at 07:30 of the next day
TODAY = D + timedelta(days=1)
RECEIVED = date(2022, 10, 3)
PHONE = {"width": 390, "height": 844}
PAGES = ("/don-vi/608/?pham_vi=area", "/don-vi/dak-cam/", "/don-vi/608/viec-trong-ngay/", "/lich-han-tra/")


@pytest.fixture(autouse=True)
def world(settings: Settings, unit_a: Agency, commune_a: Agency) -> None:
    """A: 120 late on the old system, 3 on the new, one due on the night's date, two today, one stopped; a commune at rest."""
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(TODAY, 7, 30)
    make_calendar()
    old, new = (make_batch(midnight(D), system=system) for system in ("old", "new"))
    long = "Đăng ký và cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu"
    for number in range(120):
        due = date(2022, 2, 7) + timedelta(days=number)
        observe(old, f"000.00.60.H34-{number:04}", unit_a, received=date(2022, 1, 4), due=due, procedure_name=long)
    for number in range(3):
        observe(new, f"N-{number}", unit_a, received=RECEIVED, due=date(2022, 10, 24 + number), officer="Lê Thị Hoa")
    observe(new, "A-ENDED", unit_a, received=RECEIVED, due=D)
    observe(new, "A-TODAY", unit_a, received=RECEIVED, due=TODAY, officer="Lê Thị Hoa")
    observe(old, "A-TODAY-2", unit_a, received=RECEIVED, due=TODAY)
    observe(old, "A-STOP", unit_a, received=RECEIVED, due=date(2022, 12, 1), status=5, stopped=date(2022, 10, 10))
    observe(old, "C-SOON", commune_a, received=RECEIVED, due=date(2022, 11, 15))
    make_agency("UBND xã Đăk Cấm", code="dak-cam", parent=unit_a)
    letter = make_directive("3812/UBND-TTHCC", D - timedelta(days=1), text="Toàn văn")
    quote_figure(letter, unit_a, "old", D - timedelta(days=1), 119)
    nightly.run_range(since=D - timedelta(days=1), until=D, now=midnight(D), trigger="beat")


def widths(part: Locator) -> tuple[int, int]:
    """(needed, given): more needed than given means scrolling sideways."""
    needed, given = part.evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    return needed, given


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]


def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    return page


def test_a_head_comes_from_the_menu_to_the_desk_and_on_to_the_lists_behind_it(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/")
    page.get_by_role("link", name="Việc của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("UBND thành phố Kon Tum")
    expect(page.get_by_role("heading", name="Việc của tôi hôm nay, thứ 5 10/11/2022")).to_be_visible()
    expect(page.locator(".desk-figures")).to_contain_text("Hạn 09/11 đã qua, chưa xong")
    today = page.locator(".strip-today")
    expect(today).to_contain_text("Hôm nay")
    today.click()  # the whole day leads on
    expect(page.locator(".list-total")).to_have_text("2 hồ sơ")
    expect(page.get_by_role("link", name="A-TODAY-2")).to_be_visible()
    page.go_back()
    page.locator("[aria-labelledby=qua-han-lau-nhat]").get_by_role("link", name="N-0").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ N-0")


def test_the_strip_names_the_days_off_and_can_be_walked_by_keyboard(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/?pham_vi=area")
    days = page.locator(".strip-days > li")
    expect(days.nth(0)).to_contain_text("đã qua")
    expect(days.nth(3)).to_have_text(re.compile(r"12/11 – 13/11\s*nghỉ cuối tuần"))
    page.locator(".strip").focus()
    for name in ("1", "2", "1"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="C-SOON")).to_be_visible()


def test_a_day_off_is_today_too(sign_in: SignIn, head_a: User, settings: Settings) -> None:
    saturday = date(2022, 11, 12)
    settings.CLOCK_PINNED_AT = moment(saturday, 7, 30)
    nightly.run_range(since=TODAY, until=saturday - timedelta(days=1), now=midnight(saturday), trigger="beat")
    page = sign_in(head_a)
    page.goto("/don-vi/608/")
    expect(page.get_by_role("heading", name="Việc của tôi hôm nay, thứ 7 12/11/2022")).to_be_visible()
    expect(page.locator("[aria-current=date]")).to_have_text(re.compile(r"Hôm nay\s*12/11 – 13/11\s*nghỉ cuối tuần"))


def test_the_oldest_of_both_systems_stand_with_days_and_officer(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/")
    groups = page.locator(".jobs--late tbody")
    expect(groups.nth(0)).to_contain_text("Hệ thống cũ: 120 hồ sơ quá hạn")
    expect(groups.nth(1)).to_contain_text("Hệ thống mới: 3 hồ sơ quá hạn")
    expect(groups.nth(0).locator("tr")).to_have_count(8)  # its heading, five, and what the new one leaves free
    expect(groups.nth(1)).to_contain_text("Lê Thị Hoa")
    expect(page.locator(".letter-figures")).to_contain_text("119")


def test_on_a_phone_the_strip_scrolls_inside_itself_and_what_is_touched_is_large(sign_in: SignIn, head_a: User) -> None:
    page = phone(sign_in(head_a))
    for address in (
        "/don-vi/608/",
        "/don-vi/608/?pham_vi=area",
        "/don-vi/dak-cam/",
        "/don-vi/608/viec-trong-ngay/",
        "/lich-han-tra/",
    ):
        page.goto(address)
        needed, given = widths(page.locator("html"))
        assert (address, needed) == (address, given)
    page.goto("/don-vi/608/")
    needed, given = widths(page.locator(".strip"))
    assert needed > given
    for part in (*page.locator(".desk-tools .btn").all(), page.locator(".strip-today")):
        assert height(part) >= 44
    assert height(page.locator(".jobs-code a").first) >= 24
    expect(page.locator(".jobs--late tr").nth(2)).to_contain_text("000.00.60.H34-0000")


def test_the_days_list_prints_on_a4_with_its_unit_and_mark_on_every_page(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/")
    page.get_by_role("link", name="In danh sách việc trong ngày").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc trong ngày: UBND thành phố Kon Tum")
    page.evaluate("window.print = () => { document.title = 'in'; }")
    page.get_by_role("button", name="In", exact=True).click()
    assert page.title() == "in"
    paper = page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)) == {(b"594.95996", b"841.91998")}  # A4
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 6
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.get_by_role("button", name="In", exact=True)).to_be_hidden()
    expect(page.locator(".sheet-running")).to_contain_text(re.compile(r"UBND thành phố Kon Tum · 10/11/2022 · \d+-[0-9a-f]{12}"))


def test_each_unit_of_the_area_begins_on_a_page_of_its_own(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/viec-trong-ngay/?pham_vi=area")
    page.emulate_media(media="print")
    expect(page.locator(".sheet h2")).to_have_text(
        ["UBND thành phố Kon Tum", "UBND phường Quang Trung", "Không có hồ sơ quá hạn hay sắp đến hạn"]
    )
    breaks = page.locator(".sheet").evaluate_all("(sheets) => sheets.map((one) => getComputedStyle(one).breakBefore)")
    assert breaks == ["auto", "page", "page"]
    expect(page.locator(".sheet--idle")).to_contain_text("UBND xã Đăk Cấm")


def test_a_head_takes_the_calendars_address_copies_it_and_withdraws_it(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/don-vi/608/")
    page.get_by_role("link", name="Đưa vào lịch của tôi").click()
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    address = page.get_by_label("Địa chỉ để dán vào chương trình lịch").input_value()
    page.get_by_role("button", name="Sao chép").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    answer = page.request.get(address)
    assert answer.status == 200
    assert "2 hồ sơ đến hạn" in answer.text()
    page.get_by_role("button", name="Thu hồi địa chỉ").click()
    expect(page.get_by_text("Chưa có địa chỉ nào.")).to_be_visible()
    assert page.request.get(address).status == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_no_theme_has_a_page_of_the_desk_an_accessibility_violation(
    sign_in: SignIn, head_a: User, wear: Wear, accessible: Callable[[], None], theme: str
) -> None:
    wear(theme)
    page = sign_in(head_a)
    for address in PAGES:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        accessible()
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    accessible()
    phone(page).goto("/don-vi/608/")
    accessible()
