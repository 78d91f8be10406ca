"""Pictures of every page: ``python -m tools.shots`` (``make shots``), into the ignored folder ``shots/``.

Starts the product itself, twice: with the demo's data and without any. Each page is taken in both themes, wide and as on a
phone; ``--readme`` also renews the three small pictures of the README.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET, PICTURES = ROOT / "shots", ROOT / "docs" / "pictures"
FULL, EMPTY = 8471, 8472  # ports
SECONDS = 420  # the demo's data are built at its first start
PASSWORD = "minh-hoa-kon-tum-2022"  # noqa: S105  # of the demo, printed at every start (demo/signins.py)
OWN_PASSWORD = "anh-chup-man-hinh-2022"  # noqa: S105  # of a stack that lives as long as this command
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
THEMES = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--lang=vi"]
PAGES = {
    "tong-quan": "/",
    "xep-hang": "/xep-hang/",
    "don-vi": "/don-vi/608/",
    "don-vi-dia-ban": "/don-vi/608/?pham_vi=area",
    "ho-so": "/ho-so/?tinh_trang=overdue",
    "cong-van": "/cong-van/",
    "cong-van-3812": "/cong-van/3812-ubnd-tthcc/",
    "nhap-lieu": "/nhap-lieu/",
    "ket-noi": "/nhap-lieu/ket-noi/",
    "lich-giao-nop": "/nhap-lieu/lich-giao-nop/",
    "ra-soat-dem": "/ra-soat-dem/",
    "giao-dien": "/giao-dien/",
    "khong-co": "/khong-co/",
}
OFFICE = {
    "giai-trinh": "/giai-trinh/",
    "ho-so-kiem-diem": "/ho-so-kiem-diem/",
    "ho-so-kiem-diem-don-vi": "/ho-so-kiem-diem/612/",
    "tieu-chi": "/ho-so-kiem-diem/tieu-chi/",
    "soan-thao": "/cong-van/soan-thao/",
    "mau-cong-van": "/cong-van/soan-thao/mau/",
}
FROM_EMPTY = ("tong-quan", "xep-hang", "ho-so", "cong-van", "nhap-lieu", "ra-soat-dem")
README = ("tong-quan", "xep-hang", "don-vi")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.shots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="renew docs/pictures too")
    options = parser.parse_args()
    shutil.rmtree(TARGET, ignore_errors=True)
    PICTURES.mkdir(exist_ok=True)
    with stack("full", FULL, "--demo"):
        taken = shoot("full", FULL, "quantri", PASSWORD, PAGES, pictures=options.readme)
        taken += shoot("full", FULL, "vanphong", PASSWORD, OFFICE)
    with stack("empty", EMPTY) as home:
        add_person(home)
        taken += shoot("empty", EMPTY, "quantri", OWN_PASSWORD, {name: PAGES[name] for name in FROM_EMPTY})
    print(f"{taken} pictures in {TARGET.relative_to(ROOT)}/")  # noqa: T201  # a command's answer
    return 0


@contextmanager
def stack(name: str, port: int, *options: str) -> Iterator[Path]:
    """The one-machine stack in a folder of its own, answering at ``port``; the empty one starts from nothing each time."""
    home = ROOT / "var" / "shots" / name
    if name == "empty":
        shutil.rmtree(home, ignore_errors=True)
    command = [sys.executable, "manage.py", "stack", "--root", str(home), "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(port, process)
        yield home
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"shots: the stack at port {port} did not come up; its messages are above")


def add_person(home: Path) -> None:
    command = [sys.executable, "manage.py", "account_add", "quantri", "--role", "administrator", "--password-stdin"]
    lines = (line.removeprefix("export ").split("=", 1) for line in (home / "env").read_text().splitlines())
    environment = {**os.environ, **{name: value.strip("'") for name, value in lines}}
    subprocess.run(command, cwd=ROOT, env=environment, input=f"{OWN_PASSWORD}\n", text=True, check=True)


def shoot(kind: str, port: int, user: str, password: str, pages: dict[str, str], *, pictures: bool = False) -> int:
    """How many pictures were taken."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    base, taken = f"http://localhost:{port}", 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for size, (width, height) in SIZES.items():
            for theme in THEMES:
                context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", base_url=base)
                page = sign_in(context, base, theme, user, password)
                for name, address in pages.items():
                    take(page, address, TARGET / kind / f"{name}-{size}-{theme}.png")
                    taken += 1
                    if pictures and (size, theme) == ("wide", "light") and name in README:
                        page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=72)
                context.close()
        browser.close()
    return taken


def sign_in(context: BrowserContext, base: str, theme: str, user: str, password: str) -> Page:
    context.add_cookies([{"name": "giao_dien", "value": theme, "url": base}])
    page = context.new_page()
    page.goto("/tai-khoan/dang-nhap/")
    page.locator("[name=login]").fill(user)
    page.locator("[name=password]").fill(password)
    page.locator("form:has([name=login]) [type=submit]").click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    return page


def take(page: Page, address: str, file: Path) -> None:
    """The whole page, at rest: fonts loaded, charts drawn."""
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    sys.exit(main())
