"""How pages look, in the real browser: themes, what is drawn and what is printed of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import THEMES, SignIn, Wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIGHT, DAY = "rgb(15, 21, 30)", "rgb(244, 246, 249)"
OLD_AT_NIGHT, OLD_BY_DAY = "#bcc7d6", "#44546f"
LINES = "#chart-trend svg path[stroke-width='2']"


def expect_ground(page: Page, colour: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", colour)


def test_a_theme_is_chosen_in_the_menu_and_the_page_stays(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.goto("/giao-dien/?cap=x")
    expect_ground(page, DAY)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Tối").click()
    expect(page.get_by_role("button", name="Tối", include_hidden=True)).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url("/giao-dien/?cap=x")
    expect_ground(page, NIGHT)


def test_the_machine_s_theme_is_followed_while_it_changes_and_charts_with_it(
    page: Page, sign_in: SignIn, administrator: User
) -> None:
    sign_in(administrator)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Theo máy").click()
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    expect_ground(page, NIGHT)
    page.emulate_media(color_scheme="light")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    expect_ground(page, DAY)


def test_at_night_paper_stays_light(page: Page, sign_in: SignIn, administrator: User, wear: Wear) -> None:
    wear("dark")
    sign_in(administrator)
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 46)"


def test_a_term_says_what_it_means_by_keyboard_and_leaves_the_keyboard_where_it_was(
    page: Page, sign_in: SignIn, administrator: User, accessible: Callable[[], None]
) -> None:
    sign_in(administrator)
    term, note = page.get_by_role("button", name="Hạn gốc", exact=True), page.locator(".term-note")
    term.focus()
    page.keyboard.press("Enter")
    expect(note).to_have_text("Hạn đầu tiên từng biết của hồ sơ; giữ nguyên dù sau đó được gia hạn hay hẹn lại.")
    expect(term).to_have_attribute("aria-expanded", "true")
    accessible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()
    term.click()
    expect(note).to_be_visible()
    page.get_by_role("button", name="Sắp đến hạn", exact=True).click()
    expect(note).to_contain_text("Còn nhiều nhất một ngày làm việc")
    page.get_by_role("heading", level=1).click()
    expect(note).to_be_hidden()


def test_a_table_is_copied_as_a_spreadsheet_reads_it(page: Page, sign_in: SignIn, administrator: User) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(administrator)
    page.get_by_role("button", name="Sao chép bảng").click()
    expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_have_text(
        "Đã sao chép 4 dòng. Dán được vào Excel, Word hoặc thư."
    )
    text = str(page.evaluate("navigator.clipboard.readText()"))
    lines = [line.split("\t")[:3] for line in text.splitlines()]
    assert lines == [
        ["Đơn vị", "Tổng quá hạn", "So với hôm trước"],
        ["UBND thành phố Kon Tum", "1321", "-12"],
        ["UBND huyện Đăk Tô", "3", "3"],
        ["UBND huyện Ngọc Hồi", "43", "0"],
        ["UBND huyện Ia H'Drai", "0", "không có số liệu"],
        ["Toàn tỉnh", "1367", "-9"],
    ]
    assert text.splitlines()[1].split("\t")[3].startswith("đến 5: 312; 6–10: 180")
    html = str(page.evaluate("navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((blob) => blob.text())"))
    assert "<td>1321</td>" in html


def test_only_paper_shows_which_figures_a_sheet_holds(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.evaluate("document.querySelector('.paper-shown').classList.remove('paper-shown')")
    sheet = page.locator(".on-paper")
    expect(sheet).to_be_hidden()
    page.emulate_media(media="print")
    expect(sheet).to_contain_text("24:00 ngày 10/11/2022 (mã số liệu 1284-9f3a61c07b52)")
    expect(sheet).to_contain_text("Cấp: Huyện, thành phố; Hệ thống: Hệ thống cũ")


def test_on_paper_every_other_age_is_striped(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    fill = "getComputedStyle(document.querySelector('.age-bar .age--90')).fill"
    assert page.evaluate(fill) == "rgb(179, 69, 15)"
    page.emulate_media(media="print")
    assert 'url("#vach-90")' in page.evaluate(fill)
    assert page.locator("#vach-90").count() == 1


def test_lines_are_named_where_they_end_and_under_the_plot_on_a_phone(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    texts = page.locator("#chart-trend svg text")
    expect(texts.filter(has_text="Hệ thống cũ")).to_have_count(1)
    expect(texts.filter(has_text="870")).to_have_count(1)  # the newest figure beside its line
    page.set_viewport_size({"width": 390, "height": 844})
    expect(texts.filter(has_text="870")).to_have_count(0)
    expect(texts.filter(has_text="Hệ thống cũ")).to_have_count(1)


def test_charts_write_figures_as_the_page_s_language_does(
    page: Page, sign_in: SignIn, administrator: User, base_url: str
) -> None:
    sign_in(administrator)
    expect(page.locator("#chart-trend svg")).to_contain_text("1.200")
    page.context.add_cookies([{"name": "ngon_ngu", "value": "en", "url": base_url}])
    page.reload()
    expect(page.locator("#chart-trend svg")).to_contain_text("1,200")


def test_bars_are_patterned_on_paper_alone(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    expect(page.locator("#chart-ages svg path").first).to_be_attached()
    expect(page.locator("#chart-ages svg pattern")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#chart-ages svg pattern").first).to_be_attached()


def test_the_figures_behind_a_chart_are_reached_by_keyboard(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    summary = page.locator("#chart-trend summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#chart-trend [data-copy-table]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="Hồ sơ quá hạn đang xử lý toàn tỉnh, theo ngày")).to_be_focused()


def test_a_page_with_charts_does_not_move_while_it_comes(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    moved = """new Promise((done) => {
      let total = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) total += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(total), 1500);
    })"""
    page.goto("/giao-dien/")
    assert page.evaluate(moved) <= 0.02


@pytest.mark.parametrize("theme", THEMES)
def test_the_administration_wears_the_same_theme(
    page: Page, sign_in: SignIn, administrator: User, accessible: Callable[[], None], wear: Wear, theme: str
) -> None:
    wear(theme)
    sign_in(administrator)
    for address in ("/quan-tri/", "/quan-tri/accounts/user/", "/quan-tri/journal/entry/"):
        page.goto(address)
        expect_ground(page, {"light": "rgb(255, 255, 255)", "dark": "rgb(24, 33, 45)"}[theme])
        accessible()
