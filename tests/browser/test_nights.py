"""The page of the nights in a real browser: what is missing, what failed, and the button."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from accounts.models import User
from dossiers.models import SweepRun
from dossiers.services.worker import worker_beat
from kontum_tthc import nightly
from tests.browser.conftest import SignIn
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date(2022, 11, 7)
DAY = timedelta(days=1)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def nights(transactional_db: None, settings: Settings) -> None:
    """10/11/2022 07:30: the nights to 07/11 are done, that of 08/11 failed."""
    settings.CLOCK_PINNED_AT = moment(D + 3 * DAY, 7, 30)
    worker_beat()
    make_calendar()
    observe(make_batch(midnight(D - 2 * DAY)), "H1", make_agency("UBND huyện Đăk Tô"), received=D - 20 * DAY, due=D - DAY)
    nightly.run_range(since=D - 2 * DAY, until=D, now=midnight(D), trigger="beat")
    SweepRun.objects.create(
        as_of=D + DAY, status="failed", trigger="beat", started_at=midnight(D + DAY), error="Chưa nạp lịch nghỉ năm 2023."
    )


def test_a_steward_reads_what_happened_and_asks_for_the_missing_nights(
    sign_in: SignIn, data_steward: User, accessible: Callable[[], None]
) -> None:
    page = sign_in(data_steward)
    page.goto("/ra-soat-dem/")
    expect(page.get_by_role("alert")).to_contain_text("Thiếu 2 đêm, từ 08/11/2022")
    accessible()
    page.locator("summary").filter(has_text="giây").first.click()
    expect(page.get_by_text("Đối chiếu số liệu với danh sách").first).to_be_visible()
    accessible()
    page.get_by_role("button", name="Chạy bù").click()
    expect(page.get_by_text("Đã yêu cầu chạy bù, đang chờ bộ xử lý")).to_be_visible()


def test_a_telephone_shows_it_without_scrolling_sideways(sign_in: SignIn, inspector: User) -> None:
    page = sign_in(inspector)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    page.goto("/ra-soat-dem/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
