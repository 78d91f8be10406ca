"""Bringing a file in through the real page: choose, send, watch it finish without touching anything, read what was wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from accounts.models import User
from dossiers.models import Dossier, ImportBatch
from dossiers.tasks import intake
from tests.browser.conftest import SignIn
from tests.factories.intake import NOW, csv_file, make_world, row, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def world(transactional_db: None, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()


def test_a_file_is_sent_watched_and_its_issues_read(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None], tmp_path: Path
) -> None:
    file = tmp_path / "so-theo-doi.csv"
    file.write_bytes(csv_file([row(1), row(2, status="Đang suy nghĩ"), row(3, agency="UBND xã Đăk Long")]).getvalue())
    page = sign_in(data_steward)
    page.goto("/nhap-lieu/")
    accessible()
    page.get_by_label("Tệp hồ sơ").set_input_files(file)
    page.get_by_label("Hệ thống nguồn").select_option(label="Hệ thống cũ")
    page.get_by_role("button", name="Nộp tệp").click()
    expect(page.locator("#lan-nhap")).to_contain_text("đang chờ bộ xử lý")
    intake(ImportBatch.objects.get().pk)  # the worker's part
    expect(page.locator("#lan-nhap")).to_contain_text("Đây là kết quả xét thử. Chưa ghi gì vào dữ liệu.")
    expect(page.get_by_label("UBND xã Đăk Long")).to_be_visible()  # which of the two is asked
    accessible()
    assert not Dossier.objects.exists()
    page.get_by_role("button", name="Xác nhận, ghi vào dữ liệu").click()
    expect(page.locator("#lan-nhap")).to_contain_text("đang chờ bộ xử lý")
    intake(ImportBatch.objects.get().pk)
    expect(page.locator("#lan-nhap")).to_contain_text("Đã nhập")
    issues = page.get_by_role("region", name="Vấn đề").get_by_role("row")
    expect(issues.nth(1)).to_contain_text("Không hiểu trạng thái")
    accessible()
    page.get_by_role("link", name="Bị loại: 2").click()
    expect(issues).to_have_count(3)
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải danh sách").click()
    assert started.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("address", ["/nhap-lieu/", "/nhap-lieu/{batch}/"])
def test_a_telephone_shows_it_without_scrolling_sideways(sign_in: SignIn, inspector: User, address: str) -> None:
    batch = take(csv_file([row(1), row(2, status="Đang suy nghĩ")]))
    page = sign_in(inspector)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    page.goto(address.format(batch=batch.pk))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
