"""How pages look, in the real browser: themes, what is drawn and what is printed of it."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import SignIn, Wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIGHT, DAY = "rgb(15, 21, 30)", "rgb(244, 246, 249)"
OLD_AT_NIGHT, OLD_BY_DAY = "#bcc7d6", "#44546f"
LINES = "#chart-trend svg path[stroke-width='2']"


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_a_theme_is_chosen_in_the_menu_and_the_page_stays(page: Page, sign_in: SignIn, administrator: User) -> None:
    sign_in(administrator)
    page.goto("/giao-dien/?cap=x")
    assert ground(page) == DAY
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Tối").click()
    expect(page).to_have_url("/giao-dien/?cap=x")
    assert ground(page) == NIGHT
    expect(page.get_by_role("button", name="Tối", include_hidden=True)).to_have_attribute("aria-pressed", "true")


def test_the_machine_s_theme_is_followed_while_it_changes_and_charts_with_it(
    page: Page, sign_in: SignIn, administrator: User
) -> None:
    sign_in(administrator)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Theo máy").click()
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    assert ground(page) == NIGHT
    page.emulate_media(color_scheme="light")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    assert ground(page) == DAY


def test_at_night_paper_stays_light(page: Page, sign_in: SignIn, administrator: User, wear: Wear) -> None:
    wear("dark")
    sign_in(administrator)
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_BY_DAY)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(LINES).first).to_have_attribute("stroke", OLD_AT_NIGHT)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 46)"
