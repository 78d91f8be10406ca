"""When something is not as it should be, the page says so where the person is, keeps what it had, and recovers."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers.models import ImportBatch
from dossiers.services.worker import worker_beat
from dossiers.tasks import intake
from kontum_tthc import nightly
from kontum_tthc.tasks import night
from tests.browser.conftest import SignIn
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from tests.factories.intake import NOW, csv_file, make_world, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 9)
PHONE = {"width": 390, "height": 844}
CACHES = configured.CACHES
NO_CACHE = {"default": {**CACHES["default"], "LOCATION": "unix:///nowhere.sock"}}


@pytest.fixture
def world(settings: Settings, unit_a: Agency, unit_b: Agency) -> ImportBatch:
    """Two units with one overdue dossier each; one night."""
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=1), 7, 30)
    make_calendar()
    batch = make_batch(midnight(D))
    for code, unit in (("A-1", unit_a), ("B-1", unit_b)):
        observe(batch, code, unit, received=date(2022, 9, 5), due=date(2022, 9, 19))
    nightly.run(as_of=D, now=midnight(D), trigger="beat")
    return batch


@pytest.mark.usefixtures("world")
def test_a_fault_behind_a_filter_is_told_in_place_with_its_id_and_the_page_stays(
    sign_in: SignIn,
    provincial_officer: User,
    accessible: Callable[[], None],
    complaints: list[str],
    settings: Settings,
) -> None:
    page = sign_in(provincial_officer)
    page.goto("/xep-hang/")
    before = page.url
    settings.CACHES = NO_CACHE  # the real fault: sessions are looked up there
    with page.expect_response("**/xep-hang/?*") as asked:
        page.get_by_label("Cấp").select_option("Huyện, thành phố")
    alert = page.locator(".messages").get_by_role("alert")
    expect(alert).to_contain_text("Hệ thống gặp lỗi")
    expect(alert).to_contain_text(asked.value.headers["x-request-id"])
    expect(page.locator(".table-ranking tbody tr")).to_have_count(2)
    assert page.url == before
    expect(page.locator("#bang-xep-hang")).not_to_have_attribute("aria-busy", "true")
    accessible()
    settings.CACHES = CACHES
    page.get_by_role("link", name="Đơn vị", exact=True).click()
    expect(alert).to_have_count(0)
    complaints.clear()  # the browser's, about the answer with status 500


def test_what_is_watched_and_vanishes_or_falls_silent_is_told_once(
    sign_in: SignIn, data_steward: User, world: ImportBatch, complaints: list[str]
) -> None:
    ImportBatch.objects.filter(pk=world.pk).update(status="waiting")
    page = sign_in(data_steward)
    page.goto(f"/nhap-lieu/{world.pk}/")
    page.context.set_offline(True)
    expect(page.locator(".messages")).to_contain_text("Không kết nối được với máy chủ")
    page.context.set_offline(False)
    expect(page.locator(".messages")).to_have_text("")
    gone = make_batch(midnight(D), status="waiting")
    page.goto(f"/nhap-lieu/{gone.pk}/")
    gone.delete()
    alert = page.locator(".messages").get_by_role("alert")
    expect(alert).to_contain_text("Không tìm thấy trang này")
    said = alert.inner_text()
    page.wait_for_timeout(2500)  # it asks every second
    assert alert.inner_text() == said
    complaints.clear()


@pytest.mark.usefixtures("world")
def test_every_page_of_trouble_reads_well_on_any_screen(
    sign_in: SignIn, head_a: User, accessible: Callable[[], None], settings: Settings
) -> None:
    page = sign_in(head_a)
    for address, words in (
        ("/khong-co/", "Không tìm thấy trang này"),
        ("/nhap-lieu/", "Bạn chưa được quyền làm việc này"),
        ("/ho-so/old/A-1/chu-ho-so/", "Địa chỉ này không mở theo cách đó"),
    ):
        assert_well_read(page, address, words, accessible)
    settings.CACHES = NO_CACHE
    assert_well_read(page, "/", "Hệ thống gặp lỗi", accessible)


def assert_well_read(page: Page, address: str, words: str, accessible: Callable[[], None]) -> None:
    for width in (1440, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        expect(page.locator(".error-id")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        accessible()


def first_file(folder: Path, *, rows: int = 3) -> Path:
    file = folder / "so-theo-doi-he-thong-cu.csv"
    file.write_bytes(csv_file([row(number) for number in range(rows)]).getvalue())
    return file


def test_an_empty_house_leads_to_its_first_file_and_ticks_it_off(
    sign_in: SignIn,
    data_steward: User,
    accessible: Callable[[], None],
    settings: Settings,
    tmp_path: Path,
    transactional_db: None,
) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()
    page = sign_in(data_steward)
    page.goto("/")
    steps = page.get_by_role("listitem").filter(has=page.locator("strong"))
    expect(steps.nth(1).get_by_role("img", name="việc tiếp theo")).to_be_visible()
    accessible()
    steps.nth(1).get_by_role("link", name="Nộp tệp").click()
    expect(page.get_by_label("Hệ thống nguồn")).to_have_value("old")
    page.get_by_label("Tệp hồ sơ").set_input_files(first_file(tmp_path))
    expect(page.locator("[data-upload-chosen]")).to_contain_text("so-theo-doi-he-thong-cu.csv")
    page.get_by_role("button", name="Nộp tệp").click()
    expect(page.locator("#lan-nhap")).to_contain_text("đang chờ bộ xử lý")
    page.reload()  # nothing is lost by it
    expect(page.locator("#lan-nhap")).to_contain_text("đang chờ bộ xử lý")
    page.goto("/")
    expect(steps.nth(1)).to_contain_text("so-theo-doi-he-thong-cu.csv đang được nhập")
    intake(ImportBatch.objects.get().pk)  # the worker's part
    page.reload()
    steps.nth(1).get_by_role("link", name="Xem và xác nhận").click()
    page.get_by_role("button", name="Xác nhận, ghi vào dữ liệu").click()
    expect(page.locator("#lan-nhap")).to_contain_text("đang chờ bộ xử lý")
    intake(ImportBatch.objects.get().pk)
    page.goto("/")
    expect(steps.nth(1).get_by_role("img", name="xong", exact=True)).to_be_visible()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    accessible()


def test_a_slow_upload_shows_how_much_is_sent_and_a_refused_one_keeps_the_page(
    sign_in: SignIn, data_steward: User, settings: Settings, tmp_path: Path, transactional_db: None
) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()
    page = sign_in(data_steward)
    page.goto("/nhap-lieu/")
    page.get_by_role("button", name="Nộp tệp").click()
    expect(page.locator("#nop-tep")).to_contain_text("Chưa chọn tệp.")
    page.get_by_label("Tệp hồ sơ").set_input_files(first_file(tmp_path, rows=6000))
    page.get_by_label("Hệ thống nguồn").select_option("old")
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.get_by_role("button", name="Nộp tệp").click()
    expect(page.locator("[data-upload-percent]")).to_have_text(re.compile(r"^[1-9]\d? %$"))
    expect(page.get_by_role("progressbar", name="Đang gửi tệp")).to_be_visible()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    page.wait_for_url(re.compile(r"/nhap-lieu/\d+/$"))


def test_nights_asked_for_come_in_before_ones_eyes(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None], world: ImportBatch, settings: Settings
) -> None:
    settings.CLOCK_PINNED_AT = moment(D + timedelta(days=3), 7, 30)
    worker_beat()
    page = sign_in(data_steward)
    page.goto("/ra-soat-dem/")
    expect(page.get_by_role("alert")).to_contain_text("Thiếu 2 đêm, từ 10/11/2022")
    page.get_by_role("button", name="Chạy bù").click()
    expect(page.locator("#dem-dang-chay")).to_contain_text("đang chờ bộ xử lý")
    expect(page.locator("#dem-dang-chay")).to_contain_text("0 / 2")
    accessible()
    nightly.run(as_of=D + timedelta(days=1), now=midnight(D), trigger="page")
    expect(page.locator("#dem-dang-chay")).to_contain_text("1 / 2")
    night("page")  # the worker's part
    expect(page.get_by_text("Không thiếu đêm nào. Đêm gần nhất là ngày 11/11/2022")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("11/11/2022")


def test_a_worker_that_is_not_there_is_missed_on_every_page_that_needs_it(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None], world: ImportBatch
) -> None:
    ImportBatch.objects.filter(pk=world.pk).update(status="waiting")
    page = sign_in(data_steward)
    for address in ("/nhap-lieu/", f"/nhap-lieu/{world.pk}/", "/ra-soat-dem/"):
        page.goto(address)
        expect(page.get_by_role("alert").filter(has_text="Bộ xử lý không trả lời")).to_be_visible()
        accessible()
    page.goto(f"/nhap-lieu/{world.pk}/")
    worker_beat()
    expect(page.get_by_role("alert")).to_have_count(0)  # by itself
