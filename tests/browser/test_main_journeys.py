"""What the system is for, in a real browser: from the province's figure down to one dossier, for those who may see it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.core.cache import cache
from playwright.sync_api import FloatRect, Page, Route, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.models import ImportBatch
from kontum_tthc import nightly
from tests.browser.conftest import PASSWORD, THEMES, SignIn, Wear
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)  # the newest night; the clock stands at 07:30 of the next day
FIRST = D - timedelta(days=11)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def world(settings: Settings, unit_a: Agency, unit_b: Agency, commune_a: Agency) -> ImportBatch:
    """A: three overdue, one on the last night; its commune one, B two. The files end at D - 1; a letter at both ends."""
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)
    make_calendar()
    old, new = (make_batch(midnight(D - timedelta(days=1)), system=system) for system in ("old", "new"))
    observe(old, "A-1", unit_a, received=date(2022, 9, 5), due=date(2022, 9, 19), officer="Lê Thị Hoa")
    observe(new, "A-2", unit_a, received=date(2022, 10, 3), due=date(2022, 10, 28), officer="Lê Thị Hoa")
    observe(old, "A-3", unit_a, received=date(2022, 10, 3), due=D - timedelta(days=1), field="Hộ tịch")
    observe(new, "A-SOON", unit_a, received=date(2022, 11, 1), due=D + timedelta(days=1))
    observe(old, "C-1", commune_a, received=date(2022, 10, 3), due=date(2022, 10, 31))
    observe(old, "B-1", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 2))
    observe(new, "B-2", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 2))
    nightly.run_range(since=FIRST, until=D, now=midnight(D), trigger="beat")
    make_directive("2624/UBND-TTHCC", FIRST)
    quote_figure(make_directive("3812/UBND-TTHCC", D, text="Toàn văn"), unit_a, "old", D, 2)
    make_directive("3573-CV/VPTU", D - timedelta(days=1))
    return old


def widths(page: Page, selector: str = "html") -> tuple[int, int]:
    """(needed, given): more needed than given means scrolling sideways."""
    needed, given = page.locator(selector).evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    return needed, given


def test_the_office_goes_from_the_province_to_one_dossier_and_back(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    expect(page.locator(".headline-total .headline-value")).to_have_text("6")
    page.get_by_role("link", name="Xem đủ 3 đơn vị").click()
    page.get_by_label("Cấp").select_option("Huyện, thành phố")
    expect(page.locator(".table-ranking tbody tr")).to_have_count(2)
    first = page.locator(".table-ranking tbody tr").first
    expect(first).to_contain_text("UBND thành phố Kon Tum")
    first.locator(".col-total a").click()
    expect(page.locator(".list-total")).to_have_text("3 hồ sơ")
    listed = page.url
    page.get_by_role("link", name="A-1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ A-1")
    page.go_back()
    expect(page.locator(".list-total")).to_have_text("3 hồ sơ")
    assert page.url == listed
    page.go_back()
    expect(page.get_by_label("Cấp")).to_have_value("district")
    expect(page.locator(".table-ranking tbody tr")).to_have_count(2)


def test_what_a_night_changed_and_what_falls_due_have_their_lists(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/don-vi/608/")
    page.locator(".turnover").get_by_role("link").first.click()
    expect(page.get_by_role("link", name="A-3")).to_be_visible()
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    page.goto("/don-vi/608/")
    page.locator("[aria-labelledby=sap-den-han]").get_by_role("link").click()
    expect(page.get_by_role("link", name="A-SOON")).to_be_visible()


def test_a_head_sees_the_own_unit_and_those_under_it(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/")
    expect(page.locator(".headline-total .headline-value")).to_have_text("4")
    page.get_by_role("link", name="Việc của tôi").click()
    expect(page.locator(".place")).to_contain_text("Cấp: Huyện, thành phố")
    expect(page.locator(".place")).to_contain_text("Phụ trách: Thủ trưởng A")
    expect(page.locator(".place").get_by_text("Tỉnh Kon Tum")).to_be_visible()
    expect(page.locator(".place").get_by_role("link", name="Tỉnh Kon Tum")).to_have_count(0)
    expect(page.locator(".letters")).to_contain_text("3812/UBND-TTHCC")
    answer = page.goto("/don-vi/612/")
    assert answer is not None
    assert answer.status == 404


def test_a_change_without_a_newer_file_never_looks_like_rest_or_progress(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    expect(page.get_by_role("note")).to_contain_text("Cả hai hệ thống không có tệp mới từ 08/11/2022 đến 09/11/2022")
    changes = page.locator(".headline-table tbody tr")
    expect(changes.nth(0).locator("td").first).to_contain_text("+1")  # A-3 aged
    expect(changes.nth(0).locator("td").first.get_by_role("img")).to_have_accessible_name(
        "Hệ thống cũ, Hệ thống mới không có tệp mới"
    )
    expect(changes.nth(2).locator("td").first).to_have_text("không có tệp mới")


def test_what_is_inferred_is_marked(sign_in: SignIn, provincial_officer: User, unit_b: Agency) -> None:
    Agency.objects.filter(pk=unit_b.pk).update(verified=False, remark="chưa đối chiếu")
    page = sign_in(provincial_officer)
    page.goto("/xep-hang/")
    expect(page.get_by_title("chưa đối chiếu")).to_have_count(1)
    page.get_by_role("link", name="UBND huyện Đăk Tô").click()
    expect(page.locator(".page-lede")).to_contain_text("suy luận chưa đối chiếu")


def test_letters_names_above_the_trend_are_whole_and_apart_on_every_screen_and_on_paper(
    sign_in: SignIn, provincial_officer: User
) -> None:
    page = sign_in(provincial_officer)
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/")
        assert_names_are_whole_and_apart(page)
    drawing = page.locator("#chart-trend svg").first
    screen = drawing.get_attribute("width")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(drawing).to_have_attribute("width", "660")  # what fits between the margins of the sheet
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(drawing).to_have_attribute("width", str(screen))


def assert_names_are_whole_and_apart(page: Page) -> None:
    expect(page.locator("#chart-trend svg")).to_contain_text("3812/UBND-TTHCC")
    names = page.locator("#chart-trend svg text").filter(has_text=re.compile("UBND|VPTU"))
    boxes = [box for name in names.all() if (box := name.bounding_box())]
    frame = page.locator("#chart-trend .chart-canvas").bounding_box()
    assert frame is not None
    assert len(boxes) == 3
    for one in boxes:
        assert frame["x"] <= one["x"]
        assert one["x"] + one["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= one["y"]
    for one, other in combinations(boxes, 2):
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert beside or abs(one["y"] - other["y"]) >= 12


def test_on_a_desk_twelve_columns_fit_and_their_heads_stay(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size({"width": 1280, "height": 320})
    page.goto("/xep-hang/")
    needed, given = widths(page, ".table-responsive")
    assert needed <= given
    head = page.locator(".table-ranking thead th").first
    page.locator(".table-ranking tfoot").scroll_into_view_if_needed()
    expect(head).to_be_in_viewport(ratio=1)


def test_on_a_phone_no_page_scrolls_sideways_and_the_menu_leads_on(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    for address in ("/xep-hang/", "/don-vi/608/?pham_vi=area", "/ho-so/", "/ho-so/old/A-1/", "/cong-van/", "/?ngay=sai", "/"):
        page.goto(address)
        needed, given = widths(page)
        assert (address, needed) == (address, given)
    page.get_by_role("button", name="Trình đơn").click()
    page.get_by_role("link", name="Xếp hạng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xếp hạng đơn vị")
    expect(page.locator(".table-ranking tbody tr").first).to_contain_text("UBND thành phố Kon Tum")


def test_on_a_phone_the_total_of_the_ranking_has_room_for_its_figures(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    page.goto("/xep-hang/")
    total = page.locator(".table-ranking tfoot")
    expect(total).to_contain_text("Tổng cộng")
    boxes = [box for cell in total.locator("td[data-label]").all() if (box := cell.bounding_box())]
    assert len(boxes) > 5
    assert [box for box in boxes if box["width"] < 60] == []
    assert [1 for one, other in combinations(boxes, 2) if overlap(one, other)] == []


def overlap(one: FloatRect, other: FloatRect) -> bool:
    beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
    above = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
    return not beside and not above


def test_a_slow_answer_shows_that_it_is_coming_and_a_lost_one_that_it_is_not(
    sign_in: SignIn, provincial_officer: User, complaints: list[str]
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/xep-hang/")
    held: list[Route] = []
    page.route("**/xep-hang/?*", lambda route: held.append(route))
    page.get_by_label("Cấp").select_option("Huyện, thành phố")
    expect(page.locator("#bang-xep-hang")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.locator("#bang-xep-hang")).not_to_have_attribute("aria-busy", "true")
    page.unroute_all()
    page.route("**/xep-hang/?*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_label("Cấp").select_option("Xã, phường, thị trấn")
    expect(page.locator(".messages")).to_have_text("Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.")
    complaints.clear()  # the browser's, about the lost answer


def test_a_session_that_ended_asks_to_sign_in_and_returns_to_the_selection(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/xep-hang/")
    page.context.clear_cookies()
    page.get_by_label("Cấp").select_option("Huyện, thành phố")
    page.get_by_label("Tên đăng nhập").fill(provincial_officer.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Cấp")).to_have_value("district")
    expect(page.locator(".table-ranking tbody tr")).to_have_count(2)


def test_a_date_being_typed_waits_until_it_is_left(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/")
    day = page.get_by_label("Ngày số liệu")
    expect(day).to_have_value(f"{D:%d/%m/%Y}")
    day.fill("8/11/2022")
    assert "ngay=" not in page.url
    day.blur()
    page.wait_for_url("**/?ngay=2022-11-08")


def test_sorting_by_a_heading_keeps_the_keyboard_on_it(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/xep-hang/")
    page.get_by_role("link", name="Đơn vị", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".table-ranking tbody tr").first).to_contain_text("UBND huyện Đăk Tô")
    expect(page.get_by_role("link", name="Đơn vị", exact=True)).to_be_focused()


@pytest.mark.parametrize("theme", THEMES)
def test_no_main_page_has_an_accessibility_violation(
    sign_in: SignIn,
    administrator: User,
    accessible: Callable[[], None],
    world: ImportBatch,
    wear: Wear,
    theme: str,
) -> None:
    wear(theme)
    page = sign_in(administrator)
    pages = ("/", "/xep-hang/", "/don-vi/608/?pham_vi=area", "/ho-so/?tinh_trang=overdue", "/ho-so/old/A-1/", "/cong-van/")
    more = (
        "/cong-van/3812-ubnd-tthcc/",
        "/nhap-lieu/",
        f"/nhap-lieu/{world.pk}/",
        "/nhap-lieu/ket-noi/",
        "/nhap-lieu/lich-giao-nop/",
        "/ra-soat-dem/",
        "/?ngay=2021-01-01",
        "/?ngay=sai",
    )
    for address in (*pages, *more):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        accessible()
