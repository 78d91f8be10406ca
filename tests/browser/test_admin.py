"""The administrator at work in the real browser: a person with a unit, an alias, the evidence of both."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from agencies.models import Agency, AgencyAlias
from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_administrator_gives_an_account_teaches_an_alias_and_reads_the_evidence(
    sign_in: SignIn, administrator: User, unit_a: Agency, unit_b: Agency
) -> None:
    page = sign_in(administrator)
    page.goto("/quan-tri/accounts/user/add/")
    page.get_by_label("Tên đăng nhập").fill("binh")
    page.get_by_label("Họ và tên").fill("Trần Bình")
    page.get_by_label("Mật khẩu mới").fill("mot-mat-khau-du-dai")
    page.locator("#id_agencies_from").select_option("UBND huyện Đăk Tô (Tỉnh Kon Tum)")
    page.locator("#id_agencies_add").click()
    page.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Trần Bình")
    assert list(User.objects.get(username="binh").memberships.values_list("agency__code", flat=True)) == ["612"]

    page.goto("/quan-tri/agencies/agencyalias/add/")
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("kon tum")
    page.locator(".select2-results__option", has_text="UBND thành phố Kon Tum").click()
    page.get_by_label("Cách viết").fill("Một cửa thành phố")
    page.get_by_role("button", name="Lưu lại", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert AgencyAlias.objects.get(agency=unit_a).key == "motcuathanhpho"

    page.goto("/quan-tri/journal/entry/")
    expect(page.locator("#result_list")).to_contain_text("tạo người dùng binh, vai trò Thủ trưởng đơn vị")
