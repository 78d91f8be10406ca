"""Reading a letter as the office does it: bring it in, look at what was found, correct, confirm; by keyboard and on a phone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories import figures, letters
from tests.factories.directives import make_directive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
Check = Callable[[], None]
TEXT = letters.letter("so-sanh-hai-moc")


@pytest.fixture(autouse=True)
def units(unit_a: Agency, unit_b: Agency) -> None:
    figures.systems()
    Agency.objects.filter(pk=unit_a.pk).update(type="thành phố")
    Agency.objects.filter(pk=unit_b.pk).update(type="huyện")


def bring_in(page: Page, text: str) -> None:
    page.goto("/cong-van/ban-doc/")
    page.get_by_label("hoặc dán toàn văn").fill(text)
    page.get_by_role("button", name="Đọc công văn").click()
    expect(page.get_by_role("heading", name="Xác nhận công văn")).to_be_visible()


def sheet_is_scrolled_to(page: Page, words: str) -> bool:
    """Whether the words can be seen in the box of the text, without scrolling by hand."""
    found = page.locator(".draft-sheet").evaluate(
        """(sheet, words) => {
            const mark = [...sheet.querySelectorAll("mark")].find((mark) => mark.textContent.includes(words));
            const [box, seen] = [sheet.getBoundingClientRect(), mark.getBoundingClientRect()];
            return seen.top >= box.top && seen.bottom <= box.bottom;
        }""",
        words,
    )
    return bool(found)


@pytest.mark.parametrize("theme", THEMES)
def test_the_drafts_and_a_draft_are_accessible(
    theme: str, sign_in: SignIn, provincial_officer: User, accessible: Check, wear: Wear
) -> None:
    page = sign_in(provincial_officer)
    wear(theme)
    page.goto("/cong-van/ban-doc/")
    accessible()
    bring_in(page, letters.letter("hai-so-lieu-mot-cau"))
    page.get_by_text("Chú giải").click()
    accessible()
    page.get_by_role("button", name="Xác nhận, ghi nhận công văn").click()
    expect(page.locator(".field-errors").first).to_be_visible()
    accessible()


def test_a_word_file_is_read_corrected_and_confirmed(
    sign_in: SignIn, provincial_officer: User, unit_a: Agency, tmp_path: Path, accessible: Check
) -> None:
    for reference in ("2624/UBND-TTHCC", "3566/UBND-TTHCC"):
        make_directive(reference, date(2022, 8, 12))
    file = tmp_path / "cong-van.docx"
    file.write_bytes(letters.word_3812())
    page = sign_in(provincial_officer)
    page.goto("/cong-van/")
    page.get_by_role("link", name="Đọc công văn mới").click()
    page.get_by_label("Tệp công văn").set_input_files(file)
    page.get_by_role("button", name="Đọc công văn").click()
    expect(page.get_by_label("Số, ký hiệu").first).to_have_value("3812/UBND-TTHCC")
    expect(page.get_by_label("Ngày ban hành")).to_have_value("10/11/2022")
    expect(page.locator("#figures").get_by_label("Hệ thống cũ").first).to_have_value("857")
    expect(page.get_by_role("group", name="Yêu cầu 5").get_by_label("Bên phối hợp")).to_have_value("Sở Nội vụ")

    page.get_by_role("link", name="Xem trong văn bản (Yêu cầu 4)").click()
    page.wait_for_function("location.hash !== ''")
    expect(page.locator(".draft-sheet span:target")).to_be_attached()
    page.wait_for_timeout(800)  # the text scrolls there smoothly
    assert sheet_is_scrolled_to(page, "Tiếp tục thực hiện các nhiệm vụ được giao")

    for number in (1, 2):  # units of the province this small world does not have
        page.get_by_role("group", name=f"Nơi gửi {number}").get_by_label("Ghi nhận").uncheck()
    for number in range(1, 6):
        order = page.get_by_role("group", name=f"Yêu cầu {number}")
        if number == 1:
            order.get_by_label("Các đơn vị phải thực hiện").fill("UBND các huyện, thành phố")
        else:
            order.get_by_label("Ghi nhận").uncheck()
    page.get_by_role("button", name="Thêm dòng (Yêu cầu)").click()
    added = page.get_by_role("group", name="Yêu cầu 6")
    added.get_by_label("Câu trong văn bản").fill("Báo cáo kết quả")
    added.get_by_label("Bên phải thực hiện").fill("UBND thành phố Kon Tum")
    added.get_by_label("Các đơn vị phải thực hiện").fill("UBND thành phố Kon Tum")
    added.get_by_label("Hạn thực hiện").fill("30/11/2022")
    accessible()
    page.get_by_role("button", name="Xác nhận, ghi nhận công văn").click()
    expect(page.get_by_text("Đã ghi nhận công văn.")).to_be_visible()

    letter = Directive.objects.get(reference="3812/UBND-TTHCC")
    orders = [(order.kind, order.due_on, order.agencies.count()) for order in letter.obligations.all()]
    assert [(kind, str(due_on), count) for kind, due_on, count in orders] == [("settled", "None", 2), ("task", "2022-11-30", 1)]
    assert sorted(letter.figures.values_list("value", flat=True)) == [271, 331, 464, 857]


def test_leaving_keeps_the_draft_and_a_letter_that_is_there_is_refused(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    bring_in(page, TEXT)
    page.get_by_role("link", name="Để sau").click()
    entry = page.get_by_role("listitem").filter(has_text="3870/UBND-TTHCC")
    expect(entry).to_contain_text("chờ xác nhận")
    make_directive("3870/UBND-TTHCC", date(2022, 11, 9), text="Toàn văn")
    entry.get_by_role("link").click()
    expect(page.get_by_role("alert")).to_contain_text("đã có trong danh mục")
    expect(page.get_by_role("button", name="Xác nhận, ghi nhận công văn")).to_be_disabled()
    page.get_by_role("link", name="Xem công văn đã có").click()
    page.wait_for_url("**/cong-van/3870-ubnd-tthcc/")


def test_the_whole_way_goes_by_keyboard(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    bring_in(page, TEXT)
    page.locator(".draft-sheet").focus()
    page.keyboard.press("End")  # a region of its own: it scrolls by keys
    page.get_by_label("Trích yếu").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("kết quả giải quyết")
    order = page.get_by_role("group", name="Yêu cầu 1")
    order.get_by_label("Ghi nhận").focus()
    page.keyboard.press("Space")
    expect(order.get_by_label("Ghi nhận")).not_to_be_checked()
    page.get_by_role("group", name="Nơi gửi 2").get_by_label("Ghi nhận").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Xác nhận, ghi nhận công văn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi nhận công văn.")).to_be_visible()
    letter = Directive.objects.get(reference="3870/UBND-TTHCC")
    assert (letter.subject, letter.obligations.count()) == ("kết quả giải quyết", 0)


def test_on_a_phone_nothing_runs_off_the_side_and_what_is_pressed_is_large(
    sign_in: SignIn, provincial_officer: User, accessible: Check
) -> None:
    page = sign_in(provincial_officer)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    bring_in(page, letters.LETTER_3812.replace("3812 /", "3913 /"))
    accessible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    pressed = page.locator(
        ".draft-row-head label, .draft-row-head a, .draft-more .btn, .draft-actions .btn, .draft-units summary"
    )
    sizes = pressed.evaluate_all("all => all.map((each) => each.getBoundingClientRect().height)")
    assert len(sizes) > 20
    assert min(sizes) >= 44
    page.goto("/cong-van/ban-doc/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
