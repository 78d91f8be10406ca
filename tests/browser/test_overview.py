"""The morning page in a real browser: from the answer to the lists, the map by keyboard, a phone, a sheet of paper."""

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
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)  # the newest night; the clock stands at 07:30 of the next day
FIRST = D - timedelta(days=8)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def world(settings: Settings, province: Agency, unit_a: Agency, unit_b: Agency, commune_a: Agency) -> None:
    """On the last night A finished one of four, B became late with one, and a commune of A's with one; ten offices beside."""
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)
    make_calendar()
    old, new = (make_batch(midnight(FIRST), system=system) for system in ("old", "new"))
    for number in range(4):
        observe((old, new)[number % 2], f"A-{number}", unit_a, received=date(2022, 9, 5), due=date(2022, 9, 19 + number))
    observe(old, "B-LATE", unit_b, received=date(2022, 10, 3), due=D - timedelta(days=1), field="Hộ tịch")
    observe(new, "C-LATE", commune_a, received=date(2022, 10, 3), due=D - timedelta(days=1))
    observe(new, "A-TODAY", unit_a, received=date(2022, 11, 1), due=D + timedelta(days=1))
    for number in range(10):
        office = make_agency(f"Sở thứ {number}", level=Agency.Level.PROVINCE, parent=province)
        observe(old, f"S-{number}", office, received=date(2022, 9, 5), due=date(2022, 10, 19), field=f"Lĩnh vực {number}")
    make_directive("3812/UBND-TTHCC", FIRST + timedelta(days=1))
    nightly.run_range(since=FIRST, until=D - timedelta(days=1), now=midnight(D), trigger="beat")
    done = [make_batch(midnight(D), system=system, kind="delta") for system in ("old", "new")]
    observe(done[0], "A-0", unit_a, received=date(2022, 9, 5), due=date(2022, 9, 19), status=9, ended=D)
    nightly.run(as_of=D, now=midnight(D), trigger="beat")


def widths(page: Page) -> tuple[int, int]:
    """(needed, given): more needed than given means scrolling sideways."""
    needed, given = page.locator("html").evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    return needed, given


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]


def test_the_answer_stands_at_the_top_in_words_and_what_must_be_done_leads_there(
    sign_in: SignIn, provincial_officer: User
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text(
        "Toàn tỉnh có 15 hồ sơ quá hạn lúc 24:00 ngày 09/11/2022: 12 trên hệ thống cũ, 3 trên hệ thống mới."
    )
    expect(verdict).to_contain_text("Nhiều nhất là UBND thành phố Kon Tum (3)")
    expect(verdict.get_by_role("listitem").first).to_have_text("Tăng 1 so với hôm trước")
    for part in (verdict, page.locator(".headline"), page.locator(".todo")):
        expect(part).to_be_in_viewport()
    page.get_by_role("link", name="1 hồ sơ đến hạn hôm nay").click()
    expect(page.get_by_role("link", name="A-TODAY")).to_be_visible()
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")


def test_who_moved_and_why_is_told_and_its_number_leads_to_the_list(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    since = page.locator(".movers-since").first
    expect(since.locator(".movers-reasons")).to_have_text("+2 mới quá hạn −1 xử lý xong")
    fell = since.locator(".mover-list").nth(1)
    expect(fell).to_contain_text("UBND thành phố Kon Tum")
    fell.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("link", name="A-0")).to_be_visible()
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    page.go_back()
    page.locator("[aria-labelledby=moi-qua-han]").get_by_role("link", name="B-LATE").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ B-LATE")


def test_the_map_s_tiles_stand_as_on_the_ground_and_open_with_the_keyboard(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    north, south = page.locator(".tile", has_text="Đăk Tô"), page.locator(".tile", has_text="TP Kon Tum")
    above, below = north.bounding_box(), south.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert above["x"] + above["width"] <= below["x"]
    expect(south).to_have_accessible_name(re.compile(r"^TP Kon Tum 3 hồ sơ quá hạn; so với hôm trước:.*−1.*địa bàn: 4"))
    north.focus()
    page.keyboard.press("Tab")
    expect(south).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("UBND thành phố Kon Tum")


def test_the_map_s_scope_stays_in_the_address_and_its_table_leads_to_the_lists(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    page.get_by_role("link", name="toàn địa bàn").click()
    page.wait_for_url("**/?ngay=2022-11-09&pham_vi=area#so-do")
    expect(page.locator(".tile", has_text="TP Kon Tum").locator("strong")).to_have_text("4")
    expect(page.get_by_role("link", name="toàn địa bàn")).to_have_attribute("aria-current", "true")
    page.locator("#so-do summary").focus()
    page.keyboard.press("Enter")
    row = page.locator("#so-do table").get_by_role("row", name="UBND thành phố Kon Tum")
    row.get_by_role("link", name="4", exact=True).first.click()
    expect(page.locator(".list-total")).to_have_text("4 hồ sơ")


def test_a_past_date_says_so_and_leads_back_to_the_newest(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto(f"/?ngay={FIRST.isoformat()}")
    expect(page.get_by_role("heading", name="Việc hôm nay")).to_have_count(0)
    page.get_by_role("link", name="Về số liệu mới nhất, 09/11/2022").click()
    expect(page.get_by_role("heading", name="Việc hôm nay")).to_be_visible()


def test_on_a_phone_nothing_scrolls_sideways_and_fingers_find_their_place(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    for address in ("/", "/?pham_vi=area"):
        page.goto(address)
        needed, given = widths(page)
        assert (address, needed) == (address, given)
    for part in (*page.locator(".tile").all(), *page.locator(".todo-task").all(), *page.locator(".switch a").all()):
        assert height(part) >= 44


def test_the_page_prints_on_one_sheet(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    expect(page.locator("#chart-trend svg")).to_be_visible()
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) == 1
    page.emulate_media(media="print")
    for part in (".verdict", ".headline", ".tile-map", "#chart-trend"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".todo")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_no_theme_has_the_page_an_accessibility_violation(
    sign_in: SignIn, provincial_officer: User, wear: Wear, accessible: Callable[[], None], theme: str
) -> None:
    wear(theme)
    page = sign_in(provincial_officer)
    for address in ("/", f"/?ngay={FIRST.isoformat()}&pham_vi=area"):
        page.goto(address)
        page.locator("#so-do summary").click()
        accessible()
