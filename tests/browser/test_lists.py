"""Lists in a real browser: choosing columns, keeping and dropping questions, down to a dossier and back to the same place."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import SavedView, User
from agencies.models import Agency
from kontum_tthc import nightly
from tests.browser.conftest import SignIn
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)  # the newest night; the clock stands at 07:30 of the next day
PHONE = {"width": 390, "height": 844}
LONG = "Đăng ký và cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu"


@pytest.fixture(autouse=True)
def world(settings: Settings, unit_a: Agency, unit_b: Agency) -> None:
    """Unit A: forty dossiers late, one a day; unit B one. Long names, as they come."""
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)
    make_calendar()
    batch = make_batch(midnight(D))
    for number in range(40):
        due = date(2022, 9, 5) + timedelta(days=number)
        said = {"procedure_name": LONG, "officer": "Lê Thị Hoa", "field": "Hộ tịch" if number < 5 else "Đất đai"}
        observe(batch, f"A-{number:02}", unit_a, received=date(2022, 8, 1), due=due, **said)
    observe(batch, "B-1", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 2))
    nightly.run(as_of=D, now=midnight(D), trigger="beat")


def heads(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#danh-sach thead th").all_inner_texts()]


def test_columns_are_chosen_from_a_menu_and_make_a_short_address(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?tinh_trang=overdue")
    page.get_by_text("Cột", exact=True).click()
    for label in ("Thủ tục", "Chủ hồ sơ", "Tiếp nhận", "Cán bộ xử lý"):
        page.get_by_role("checkbox", name=label, exact=True).uncheck()
    page.get_by_role("checkbox", name="Số ngày làm việc quá hạn").check()
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url("**cot=*")
    assert page.url.endswith("cot=code%2Cagency%2Cdue%2Cstate%2Clate")
    expect(page.locator("#danh-sach thead th")).to_have_count(5)
    expect(page.locator("#cac-cot")).to_be_focused()  # the menu closed, the keyboard stays with it
    expect(page.locator("details.menu[open]")).to_have_count(0)
    page.locator("#id_he_thong").select_option("Hệ thống cũ")  # another filter keeps the columns
    page.wait_for_url("**he_thong=old*")
    expect(page.locator("#danh-sach thead th")).to_have_count(5)
    page.get_by_text("Cột", exact=True).click()
    page.get_by_role("link", name="Mặc định").click()
    page.wait_for_url(re.compile(r"^(?!.*cot=)"))
    expect(page.locator("#danh-sach thead th")).to_have_count(8)


def test_the_usual_columns_leave_no_trace_in_the_address(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/")
    page.locator("#id_tinh_trang").select_option("Quá hạn")
    page.wait_for_url("**tinh_trang=overdue*")
    assert "cot" not in page.url


def test_a_condition_is_dropped_by_its_chip(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?tinh_trang=overdue&don_vi=612")
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    page.get_by_role("link", name="Bỏ điều kiện Đơn vị: UBND huyện Đăk Tô").click()
    expect(page.locator(".list-total")).to_have_text("41 hồ sơ")
    expect(page.locator("#id_don_vi")).to_have_value("")
    expect(page.locator("#id_tinh_trang")).to_have_value("overdue")


def test_from_the_list_to_a_dossier_its_neighbours_and_back_to_the_same_place(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/")
    page.locator("#id_tinh_trang").select_option("Quá hạn")
    page.wait_for_url("**tinh_trang=overdue*")
    listed = page.url
    page.get_by_role("link", name="A-30").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ A-30")
    expect(page.locator("[data-trail-here]")).to_have_text("31 / 41 của trang danh sách")
    page.get_by_role("link", name="Hồ sơ sau A-31").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ A-31")
    page.get_by_role("link", name="Về danh sách").click()
    expect(page.locator(".list-total")).to_have_text("41 hồ sơ")
    assert page.url == listed
    link = page.get_by_role("link", name="A-31")
    expect(link).to_be_in_viewport()
    expect(link).to_be_focused()
    assert page.evaluate("window.scrollY") > 500


def test_a_list_leads_back_to_the_page_whose_figure_led_to_it(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size({"width": 1440, "height": 400})
    page.goto("/xep-hang/?cap=district")
    unit = page.locator(".table-ranking tbody tr", has_text="UBND huyện Đăk Tô")
    unit.scroll_into_view_if_needed()
    scrolled = page.evaluate("window.scrollY")
    assert scrolled > 0
    unit.locator(".col-total a").evaluate("(link) => link.click()")  # without scrolling to it first
    back = page.get_by_role("link", name="Về trang Xếp hạng đơn vị")
    expect(back).to_be_visible()
    page.locator("#id_he_thong").select_option("Hệ thống cũ")
    page.wait_for_url("**he_thong=old*")
    page.get_by_role("link", name="B-1").click()
    page.get_by_role("link", name="Về danh sách").click()
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    back.click()
    page.wait_for_url("**/xep-hang/?cap=district")
    page.wait_for_function("(scrolled) => window.scrollY === scrolled", arg=scrolled)
    page.goto("/ho-so/")
    expect(back).to_be_hidden()  # typed, not led to


def test_the_first_has_nothing_before_it_and_a_dossier_opened_otherwise_no_neighbours(
    sign_in: SignIn, provincial_officer: User
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?don_vi=612")
    page.get_by_role("link", name="B-1").click()
    expect(page.locator("[data-trail-here]")).to_have_text("1 / 1 của trang danh sách")
    expect(page.locator(".trail [rel=prev]")).to_be_hidden()
    page.goto("/ho-so/old/A-05/?ngay=2022-11-09")
    expect(page.locator(".trail-steps")).to_be_hidden()
    assert page.get_by_role("link", name="Về danh sách").get_attribute("href") == "/ho-so/?ngay=2022-11-09"


def test_nobody_who_signs_in_later_is_led_to_another_persons_list(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?don_vi=612")
    page.get_by_role("link", name="B-1").click()
    page.context.clear_cookies()
    page.goto("/tai-khoan/dang-nhap/")
    assert page.evaluate("sessionStorage.getItem('trail')") == "{}"
    page.goto("/ho-so/")  # to sign in
    assert "dossiers" not in page.evaluate("sessionStorage.getItem('trail')")


def test_a_question_is_kept_found_again_and_forgotten(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?tinh_trang=overdue&linh_vuc=Hộ tịch")
    page.get_by_text("Lưu bộ lọc", exact=True).click()
    page.get_by_label("Tên cho lựa chọn đang xem").fill("Hộ tịch quá hạn")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Đã lưu bộ lọc “Hộ tịch quá hạn”.")
    view = page.get_by_role("region", name="Bộ lọc đã lưu").get_by_role("link", name="Hộ tịch quá hạn")
    expect(view).to_have_attribute("aria-current", "true")
    page.locator("#id_tinh_trang").select_option("Trong hạn")
    expect(view).not_to_have_attribute("aria-current", "true")  # the part that is swapped knows too
    view.click()
    expect(page.locator(".list-total")).to_have_text("5 hồ sơ")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Lưu bộ lọc", exact=True).click()
    page.get_by_role("button", name="Xóa “Hộ tịch quá hạn”").click()
    expect(page.locator(".messages")).to_contain_text("Đã xóa bộ lọc “Hộ tịch quá hạn”.")
    assert not SavedView.objects.exists()


def test_a_menu_closes_with_escape_and_gives_the_keyboard_back(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/")
    for menu in ("#cac-cot", "#luu-bo-loc"):
        page.locator(menu).focus()
        page.keyboard.press("Enter")
        expect(page.locator("details.menu[open]")).to_have_count(1)
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(page.locator("details.menu[open]")).to_have_count(0)
        expect(page.locator(menu)).to_be_focused()


def test_the_file_is_of_what_the_page_shows_after_a_filter_too(sign_in: SignIn, provincial_officer: User, tmp_path: Path) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/?cot=code,due")
    page.locator("#id_don_vi").select_option("UBND huyện Đăk Tô")
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel").click()
    assert download.value.suggested_filename == "ho-so-2022-11-09.xlsx"
    lines = list(openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active.values)
    assert lines[-1][:2] == ("B-1", "Hệ thống cũ")
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")  # the page stays


def test_a_name_that_was_cut_shows_whole_under_the_pointer(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/ho-so/")
    cut = page.locator(".col-procedure > div").first
    expect(cut).not_to_have_attribute("title", LONG)
    cut.hover()
    expect(cut).to_have_attribute("title", LONG)


def test_the_head_of_a_long_list_stays_in_view_however_many_columns(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    head, last = page.locator("#danh-sach thead th").first, page.get_by_role("link", name="B-1")
    page.goto("/ho-so/")
    last.scroll_into_view_if_needed()
    expect(head).to_be_in_viewport(ratio=1)
    page.goto("/ho-so/?cot=code,agency,procedure,applicant,received,due,state,officer,field,promised,computed,original,ended")
    box = page.locator(".table-responsive")
    box.scroll_into_view_if_needed()
    box.evaluate("(box) => box.scrollTo(400, box.scrollHeight)")
    expect(last).to_be_in_viewport()  # the first column stays too
    expect(head).to_be_in_viewport(ratio=1)


def test_on_a_phone_a_dossier_is_a_card_led_by_code_and_state(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    page.goto("/ho-so/?tinh_trang=overdue")
    card = page.locator(".table-dossiers tbody tr").first
    tops = [
        box["y"]
        for part in ("th", ".col-state", ".col-agency", "td[data-label=Tiếp\\ nhận]")
        if (box := card.locator(part).bounding_box())
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4
    needed, given = page.locator("html").evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    assert needed <= given
    card.click(position={"x": 200, "y": 90})  # anywhere on the card
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ A-00")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lists_and_dossiers_have_no_accessibility_violation_in_either_theme(
    sign_in: SignIn, provincial_officer: User, accessible: Callable[[], None], base_url: str, theme: str
) -> None:
    page = sign_in(provincial_officer)
    page.context.add_cookies([{"name": "giao_dien", "value": theme, "url": base_url}])
    SavedView.objects.create(
        user=provincial_officer, page=SavedView.Page.DOSSIERS, name="Cũ", query="tinh_trang=overdue", created_at=moment(D)
    )
    for address in (
        "/ho-so/?tinh_trang=overdue&don_vi=608",
        "/ho-so/?cot=matkhau",
        "/xep-hang/?cap=district",
        "/ho-so/old/A-00/",
    ):
        page.goto(address)
        accessible()
    page.goto("/ho-so/?tinh_trang=overdue")
    for menu in ("#cac-cot", "#luu-bo-loc"):
        page.locator(menu).click()
        accessible()
