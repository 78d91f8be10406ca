"""The real Chromium, as a Vietnamese office would use it. A page that breaks the CSP or logs an error fails its test."""

import os
import shutil
from collections.abc import Callable, Generator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tools import assets

# Playwright's sync API keeps an event loop in the test's thread; the tests use the ORM there on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--lang=vi"]
PASSWORD = "mat-khau-thu-nghiem"
ANSWERS = "Failed to load resource: the server responded with a status of"  # a 4xx a test asks for

SignIn = Callable[[User], Page]
Wear = Callable[[str], None]
THEMES = ("light", "dark")


@pytest.fixture(scope="session", autouse=True)
def built_assets() -> None:
    """What the pages load; nothing to do when nothing changed."""
    assets.build()


@pytest.fixture(scope="session")
def base_url(django_db_setup: None, live_server: LiveServer) -> str:
    """So that tests write addresses as people see them: ``page.goto("/xep-hang/")``.

    The database is there before the server and after it: as long as one answers, the other cannot be taken away.
    """
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None and "CI" not in os.environ:
        pytest.skip("Không có Chromium: cài gói chromium rồi chạy lại.")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture(autouse=True)
def complaints(page: Page) -> Generator[list[str]]:
    """What the browser complains about: CSP violations, script errors, console errors. Must stay empty."""
    page.set_default_timeout(8000)
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERS):
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def sign_in(page: Page) -> SignIn:
    """Sign a person in through the real form, as they would; the password becomes ``PASSWORD``."""

    def do(user: User) -> Page:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        page.goto("/tai-khoan/dang-nhap/?next=/giao-dien/")
        page.get_by_label("Tên đăng nhập").fill(user.username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/giao-dien/")  # a key pressed before the next page is there would be lost
        return page

    return do


@pytest.fixture
def wear(page: Page, base_url: str) -> Wear:
    """Have the pages in a theme from now on."""

    def do(theme: str) -> None:
        page.context.add_cookies([{"name": "giao_dien", "value": theme, "url": base_url}])

    return do


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """Fails when axe finds anything wrong with the page as it stands."""

    def check() -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
