"""Explaining late dossiers as people do it: called for, told, chosen, written, sent back, answered anew, accepted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Explanation
from directives.services.explanations import explanation_return
from notices.models import Notice
from notices.services import notices_send
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories.explanations import NOW, Backlog, call, explain, make_backlog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
Check = Callable[[], None]


@pytest.fixture(autouse=True)
def backlog(settings: Settings, tmp_path: Path, unit_a: Agency, commune_a: Agency, unit_b: Agency) -> Backlog:
    cache.clear()
    settings.CLOCK_PINNED_AT = NOW
    settings.MEDIA_ROOT = tmp_path
    made = make_backlog(unit_a, commune_a, unit_b)
    made.letter.addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    return made


def test_the_office_calls_and_the_unit_is_told_and_answers(
    sign_in: SignIn, provincial_officer: User, head_a: User, accessible: Check, tmp_path: Path
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/cong-van/3812-ubnd-tthcc/")
    page.get_by_role("link", name="Yêu cầu giải trình").click()
    page.get_by_role("checkbox", name="UBND thành phố Kon Tum").check()
    expect(page.get_by_role("button", name="Yêu cầu giải trình (1)")).to_be_visible()
    page.get_by_label("Hạn giải trình").fill("12/11/2022")
    page.get_by_role("button", name="Yêu cầu giải trình").click()
    expect(page.get_by_text("12/11/2022 là ngày nghỉ (thứ Bảy)")).to_be_visible()
    accessible()
    page.get_by_label("Hạn giải trình").fill("15/11/2022")
    page.get_by_role("button", name="Yêu cầu giải trình").click()
    expect(page.get_by_text("Đã yêu cầu 1 đơn vị giải trình.")).to_be_visible()
    notices_send(now=NOW)

    page.context.clear_cookies()
    sign_in(head_a)
    page.goto("/thong-bao/")
    accessible()
    page.get_by_role("button", name="UBND thành phố Kon Tum được yêu cầu giải trình").click()
    expect(page.locator(".list-total")).to_have_text("3 hồ sơ")
    assert Notice.objects.filter(user=head_a, opened_at=NOW).count() == 1
    page.get_by_role("checkbox", name="Chọn A-1").check()
    page.get_by_role("checkbox", name="Chọn A-3").check()
    accessible()
    page.get_by_role("button", name="Giải trình hồ sơ đã chọn (2)").click()
    expect(page.get_by_text("hạn giải trình theo 3812/UBND-TTHCC là 15/11/2022")).to_be_visible()
    page.get_by_label("Nguyên nhân").select_option(label="chậm xác minh")
    page.get_by_label("Nội dung giải trình").fill("Chờ đo đạc lại.")
    page.get_by_label("Cam kết xong ngày").fill("13/11/2022")
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_label("Giữ ngày này dù là ngày nghỉ")).to_be_visible()
    accessible()
    file = tmp_path / "bien-ban.pdf"
    file.write_bytes(b"%PDF-1.7 bien ban")
    page.get_by_label("Cam kết xong ngày").fill("18/11/2022")
    page.get_by_label("Tệp kèm theo").set_input_files(file)
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_text("Đã gửi 1 giải trình cho 2 hồ sơ.")).to_be_visible()
    page.get_by_role("row").filter(has_text="chậm xác minh").get_by_role("link").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải tệp PDF").click()
    assert started.value.suggested_filename.startswith("giai-trinh-")
    accessible()


def test_several_are_sent_back_answered_anew_and_accepted(
    sign_in: SignIn, backlog: Backlog, provincial_officer: User, head_a: User, accessible: Check
) -> None:
    for code in ("A-1", "A-2"):
        explain(head_a, backlog.numbers(code), letter=backlog.letter)
    page = sign_in(provincial_officer)
    page.goto("/giai-trinh/")
    page.get_by_label("Chọn cả trang này").check()
    expect(page.get_by_text("Xem xét các giải trình đã chọn (2)")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Hãy ghi lý do trả lại")).to_be_visible()
    accessible()
    page.get_by_role("textbox", name="Ý kiến").fill("Nêu rõ ngày xong.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Đã trả lại 2 giải trình.")).to_be_visible()

    page.context.clear_cookies()
    sign_in(head_a)
    page.goto("/giai-trinh/")
    expect(page.get_by_role("heading", name="Bị trả lại, cần giải trình lại")).to_be_visible()
    page.get_by_role("link", name="Giải trình lại").first.click()
    accessible()
    page.get_by_label("Nội dung giải trình").fill("Xong ngày 18/11/2022.")
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_text("Đã gửi giải trình thay bản bị trả lại.")).to_be_visible()
    new = Explanation.objects.get(replaces__isnull=False)

    page.context.clear_cookies()
    sign_in(provincial_officer)
    page.goto(f"/giai-trinh/{new.pk}/")
    expect(page.get_by_role("heading", name="Các lần giải trình")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Chấp nhận").click()
    expect(page.get_by_text("Đã chấp nhận 1 giải trình.")).to_be_visible()
    page.goto("/ho-so/old/A-1/")
    expect(page.get_by_role("heading", name="Giải trình", exact=True)).to_be_visible()
    accessible()


def test_the_list_is_filtered_and_sorted_in_place_and_ticks_are_counted(sign_in: SignIn, backlog: Backlog, head_a: User) -> None:
    explain(head_a, backlog.numbers("A-1"))
    page = sign_in(head_a)
    page.goto("/giai-trinh/ho-so/")
    expect(page.get_by_role("checkbox", name="Chọn A-")).to_have_count(3)
    page.get_by_label("Chọn cả trang này").check()
    expect(page.get_by_role("button", name="Giải trình hồ sơ đã chọn (4)")).to_be_visible()
    page.locator("#bo-loc").get_by_label("Giải trình", exact=True).select_option(label="Chờ xem xét")
    expect(page.locator(".list-total")).to_have_text("1 hồ sơ")
    expect(page.get_by_role("button", name="Giải trình hồ sơ đã chọn")).to_have_count(0)
    assert "giai_trinh=cho" in page.url


def test_the_office_sees_on_a_letters_page_who_has_opened_its_notice(
    sign_in: SignIn, backlog: Backlog, provincial_officer: User, head_a: User, head_b: User, unit_a: Agency, accessible: Check
) -> None:
    call(backlog.letter, unit_a)
    notices_send(now=NOW)
    Notice.objects.filter(user=head_a).update(opened_at=NOW)
    page = sign_in(provincial_officer)
    page.goto("/cong-van/3812-ubnd-tthcc/")
    told = page.get_by_role("region", name="Người đã được báo").get_by_role("row")
    expect(told.filter(has_text="Thủ trưởng A")).to_have_count(2)
    expect(told.filter(has_text="Thủ trưởng B")).to_contain_text("chưa mở")
    accessible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE])
def test_every_page_reads_in_both_themes_and_sizes(
    sign_in: SignIn,
    wear: Wear,
    accessible: Check,
    backlog: Backlog,
    head_a: User,
    provincial_officer: User,
    unit_a: Agency,
    theme: str,
    size: dict[str, int],
) -> None:
    call(backlog.letter, unit_a)
    said = explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    explain(head_a, backlog.numbers("A-2"), letter=backlog.letter)
    explanation_return(explanation=said, remark="Nêu rõ ngày xong.", user=provincial_officer, now=NOW)
    notices_send(now=NOW)
    page = sign_in(head_a)
    wear(theme)
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict
    for address in (
        "/giai-trinh/",
        "/giai-trinh/ho-so/",
        "/giai-trinh/viet/?tat_ca=1&cong_van=3812-ubnd-tthcc",
        f"/giai-trinh/{said.pk}/",
        f"/giai-trinh/{said.pk}/tra-loi-lai/",
        "/thong-bao/",
    ):
        page.goto(address)
        expect_no_scroll(page)
        accessible()


def expect_no_scroll(page: Page) -> None:
    """The page itself never scrolls sideways."""
    needed, given = page.locator("html").evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    assert needed <= given, page.url
