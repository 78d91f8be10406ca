"""A key is given out, copied once, used and revoked, in a real browser on a desk and a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from pytest_django import Settings

from accounts.models import User
from exchange.models import Service
from tests.browser.conftest import THEMES, SignIn, Wear
from tests.factories.exchange import national_body, push
from tests.factories.intake import NOW, make_world, national

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def world(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK_PINNED_AT, settings.MEDIA_ROOT = NOW, tmp_path
    cache.clear()
    make_world()


@pytest.mark.parametrize("theme", THEMES)
def test_a_key_is_given_used_and_revoked(
    sign_in: SignIn, administrator: User, accessible: Callable[[], None], wear: Wear, theme: str
) -> None:
    wear(theme)
    page = sign_in(administrator)
    page.goto("/nhap-lieu/")
    page.get_by_role("link", name="Kết nối hệ thống").click()
    page.get_by_label("Bên giữ khóa").fill("Trục liên thông tỉnh, máy chủ LGSP của Sở Thông tin và Truyền thông tỉnh Kon Tum")
    page.get_by_label("Hệ thống nguồn").select_option("Hệ thống cũ")
    page.get_by_label("Đồng bộ hồ sơ").check()
    page.get_by_role("button", name="Cấp khóa").click()
    secret = page.get_by_label("Khóa", exact=True).input_value()
    accessible()
    assert push(secret, Service.DOSSIERS, national_body(national(1), national(2, TrangThaiHoSo="99"))).status_code == 200
    page.goto("/nhap-lieu/ket-noi/")
    expect(page.get_by_role("table", name="Các yêu cầu nhận gần đây")).to_contain_text("yeu-cau-0001")
    accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Thu hồi khóa").click()
    expect(page.get_by_role("table", name="Các khóa kết nối")).to_contain_text("Đã thu hồi")
    assert push(secret, Service.DOSSIERS, national_body(national(1))).status_code == 401
