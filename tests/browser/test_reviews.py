"""Review files and the next letter as the office makes them, and what a head reads of the own unit."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories.explanations import NOW, Backlog, make_backlog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
Check = Callable[[], None]


@pytest.fixture(autouse=True)
def backlog(settings: Settings, tmp_path: Path, unit_a: Agency, commune_a: Agency, unit_b: Agency) -> Backlog:
    cache.clear()
    settings.CLOCK_PINNED_AT = NOW
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_backlog(unit_a, commune_a, unit_b)


def test_the_office_decides_on_criteria_and_makes_the_file_of_a_unit(
    sign_in: SignIn, provincial_officer: User, tmp_path: Path
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/giai-trinh/")
    page.get_by_role("link", name="Hồ sơ kiểm điểm").click()
    page.get_by_role("link", name="Tiêu chí").click()
    page.get_by_label("Từ bao nhiêu hồ sơ").fill("1")
    page.get_by_label("Số tiêu chí phải đáp ứng").fill("1")
    page.get_by_role("button", name="Áp dụng phiên bản mới").click()
    expect(page.get_by_text("Hãy ghi căn cứ, lý do đổi tiêu chí.")).to_be_visible()
    page.get_by_label("Căn cứ, lý do").fill("Ý kiến của Sở Nội vụ")
    page.get_by_role("button", name="Áp dụng phiên bản mới").click()
    expect(page.get_by_text("Ý kiến của Sở Nội vụ")).to_be_visible()
    page.get_by_role("link", name="Hồ sơ kiểm điểm").click()
    page.get_by_role("heading", name="đơn vị khác có hồ sơ quá hạn").click()
    page.get_by_role("link", name="UBND thành phố Kon Tum").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Lập tệp Word").click()
    made = docx.Document(got.value.path().as_posix())
    assert made.paragraphs[1].text == "UBND thành phố Kon Tum"


def test_the_office_drafts_the_next_letter(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/cong-van/")
    page.get_by_role("link", name="Soạn công văn").click()
    expect(page.get_by_label("UBND thành phố Kon Tum")).to_be_checked()
    page.get_by_label("UBND huyện Đăk Tô").uncheck()
    with page.expect_download() as got:
        page.get_by_role("button", name="Lập dự thảo").click()
    made = docx.Document(got.value.path().as_posix())
    assert [row.cells[2].text for row in made.tables[-1].rows][1:] == ["A-1", "A-2", "A-3", "A-NEWCOMER"]
    page.reload()
    expect(page.get_by_role("link", name="Dự thảo")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_are_accessible_and_fit(
    sign_in: SignIn, wear: Wear, accessible: Check, provincial_officer: User, theme: str, size: str
) -> None:
    page = sign_in(provincial_officer)
    wear(theme)
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]  # a plain dict
    for address in (
        "/ho-so-kiem-diem/",
        "/ho-so-kiem-diem/608/",
        "/ho-so-kiem-diem/tieu-chi/",
        "/cong-van/soan-thao/",
        "/cong-van/soan-thao/mau/",
    ):
        page.goto(address)
        fits(page)
        accessible()


def fits(page: Page) -> None:
    """The page itself never scrolls sideways."""
    needed, given = page.locator("html").evaluate("(part) => [part.scrollWidth, part.clientWidth]")
    assert needed <= given, page.url


def test_a_head_finds_what_is_said_of_the_own_unit(sign_in: SignIn, head_a: User) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/")
    page.get_by_role("link", name="Hồ sơ kiểm điểm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ kiểm điểm: UBND thành phố Kon Tum")
    expect(page.get_by_role("button", name="Lập tệp Word")).to_have_count(0)
