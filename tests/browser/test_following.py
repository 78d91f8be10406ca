"""A letter followed as people do it: its balance, a unit, the dossiers behind a number, an order answered."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories.dossiers import moment
from tests.factories.following import DAY, LAST, make_followed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
Check = Callable[[], None]


@pytest.fixture(autouse=True)
def letter(settings: Settings, unit_a: Agency, unit_b: Agency) -> Directive:
    cache.clear()
    settings.CLOCK_PINNED_AT = moment(LAST + DAY, 7, 30)
    return make_followed(unit_a, unit_b)


def test_from_the_balance_to_a_unit_to_the_dossiers_and_back(sign_in: SignIn, provincial_officer: User) -> None:
    page = sign_in(provincial_officer)
    page.goto("/cong-van/3812-ubnd/")
    expect(page.locator(".chart svg").first).to_be_visible()
    page.get_by_role("link", name="UBND thành phố Kon Tum").first.click()
    expect(page.get_by_label("Đơn vị", exact=True)).to_have_value("608")
    units = page.get_by_role("region", name="Từng đơn vị")
    units.get_by_role("row", name="UBND thành phố Kon Tum").get_by_role("link", name="2", exact=True).first.click()
    expect(page.locator(".list-total")).to_have_text("2 hồ sơ")
    page.locator("#id_ket_qua").select_option("inflow")
    expect(page.locator(".list-total")).to_have_text("2 hồ sơ")
    expect(page).to_have_url("/cong-van/3812-ubnd/danh-sach/?ket_qua=inflow&don_vi=608&ngay=2022-11-10")
    page.get_by_role("link", name="A9").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ A9")
    page.go_back()
    expect(page.locator("#id_ket_qua")).to_have_value("inflow")


def test_a_head_reports_and_the_office_reads_it(
    sign_in: SignIn, head_a: User, provincial_officer: User, accessible: Check
) -> None:
    page = sign_in(head_a)
    page.goto("/don-vi/608/")
    page.get_by_role("region", name="Công văn đối với đơn vị").get_by_role("link", name="Yêu cầu 2").click()
    page.get_by_text("Báo cáo thực hiện").click()
    page.get_by_label("đang thực hiện").check()
    page.get_by_label("Nội dung báo cáo").fill("Đã họp ngày 10/11.")
    accessible()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("Đã ghi báo cáo của UBND thành phố Kon Tum.")).to_be_visible()
    page.context.clear_cookies()
    sign_in(provincial_officer)
    page.goto("/cong-van/3812-ubnd/yeu-cau/2/")
    expect(page.get_by_role("listitem").filter(has_text="Đã họp ngày 10/11.").first).to_be_visible()
    accessible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("phone", [False, True])
def test_the_pages_are_accessible_and_fit(
    sign_in: SignIn, wear: Wear, provincial_officer: User, accessible: Check, theme: str, phone: bool
) -> None:
    page = sign_in(provincial_officer)
    wear(theme)
    if phone:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict is taken
    for address in ("/cong-van/3812-ubnd/", "/cong-van/3812-ubnd/danh-sach/", "/cong-van/3812-ubnd/yeu-cau/1/", "/don-vi/608/"):
        page.goto(address)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
