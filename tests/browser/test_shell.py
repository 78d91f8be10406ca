"""The frame around every page, in the real browser: sign-in, menu, keyboard, small screens, axe, the content policy."""

from collections.abc import Callable, Generator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import THEMES, SignIn, Wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> Generator[None]:
    """Failed sign-ins are counted per sender, over all tests."""
    cache.clear()
    yield
    cache.clear()


def test_a_person_signs_in_and_out(sign_in: SignIn, administrator: User) -> None:
    page = sign_in(administrator)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thành phần giao diện")
    page.get_by_text("Quản trị hệ thống", exact=True).first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_title("Đăng nhập – Hồ sơ quá hạn Kon Tum")
    expect(page.locator("body")).to_contain_text("Đã đăng xuất.")


def test_a_wrong_password_is_explained_and_the_name_is_kept(page: Page, administrator: User) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(administrator.username)
    page.get_by_label("Mật khẩu", exact=True).fill("khong-phai-no")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value(administrator.username)


def test_the_password_can_be_looked_at(page: Page) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    field, eye = page.get_by_label("Mật khẩu", exact=True), page.get_by_role("button", name="Hiện mật khẩu")
    field.fill("mật khẩu")
    eye.click()
    expect(field).to_have_attribute("type", "text")
    expect(eye).to_have_attribute("aria-pressed", "true")
    eye.click()
    expect(field).to_have_attribute("type", "password")


def test_on_a_phone_the_menu_opens_and_the_page_never_scrolls_sideways(page: Page, sign_in: SignIn, administrator: User) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the right keys
    sign_in(administrator)
    ranking = page.get_by_role("link", name="Xếp hạng")
    expect(ranking).to_be_hidden()
    page.get_by_role("button", name="Trình đơn").click()
    expect(ranking).to_be_visible()
    expect(page.locator(".chart-canvas svg").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_keyboard_skips_the_menu(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Chuyển đến nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_escape_closes_the_user_menu_and_returns_to_its_button(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    summary = page.locator(".user-menu summary")
    summary.click()
    leave = page.get_by_role("button", name="Đăng xuất")
    leave.focus()
    page.keyboard.press("Escape")
    expect(leave).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_filter_sends_itself_and_keeps_empty_choices_out_of_the_address(
    page: Page, sign_in: SignIn, administrator: User
) -> None:
    sign_in(administrator)
    page.get_by_label("Cấp").select_option("Huyện, thành phố")
    page.wait_for_url(lambda url: "cap=" in url)
    assert "q=" not in page.url


def test_charts_are_drawn_with_their_figures_behind_them(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    expect(page.locator("#chart-trend svg path").first).to_be_attached()
    expect(page.locator("#chart-trend svg")).to_contain_text("3566/UBND-TTHCC")
    page.locator("#chart-trend summary").click()
    expect(page.locator("#chart-trend tbody tr").first).to_contain_text("12/10/2022")


def test_a_chart_tells_the_figures_of_the_day_under_the_pointer(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    canvas = page.locator("#chart-trend .chart-canvas")
    canvas.scroll_into_view_if_needed()
    canvas.hover()
    expect(page.locator("#chart-trend svg")).to_contain_text("hồ sơ")


def test_every_icon_of_the_pages_is_drawn(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    drawn = page.evaluate("""[...document.querySelectorAll('[class*=" i-"]')].map((one) =>
        getComputedStyle(one, one.matches('.icon') ? null : '::before').maskImage)""")
    assert len(drawn) > 20
    assert [image for image in drawn if not image.startswith('url("data:image/svg+xml')] == []


def test_vietnamese_is_set_in_our_own_typeface(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').length")
    assert loaded == 2, "latin and vietnamese; ă, đ, ơ, ư must not pull in the large latin-ext"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["/tai-khoan/dang-nhap/", "/khong-co/"])
def test_pages_before_signing_in_have_no_accessibility_violation(
    page: Page, accessible: Callable[[], None], wear: Wear, path: str, theme: str
) -> None:
    wear(theme)
    page.goto(path)
    accessible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["/giao-dien/", "/khong-co/", "/tai-khoan/doi-mat-khau/"])
def test_pages_after_signing_in_have_no_accessibility_violation(
    page: Page,
    sign_in: SignIn,
    administrator: User,
    accessible: Callable[[], None],
    wear: Wear,
    path: str,
    theme: str,
) -> None:
    wear(theme)
    sign_in(administrator)
    page.goto(path)
    accessible()


def test_on_paper_the_title_and_the_moment_stay_and_the_menu_goes(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Trang lập lúc")).to_be_visible()
    for part in (".site-header", ".filter-bar", ".page-actions"):
        expect(page.locator(part)).to_be_hidden()


def test_the_content_policy_is_strict_and_would_be_heard(page: Page, complaints: list[str]) -> None:
    answer = page.goto("/tai-khoan/dang-nhap/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()
