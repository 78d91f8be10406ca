"""The main pages in the real browser, from a warm server: the browser's own performance entries.

Goals: largest paint < 1 000 ms, layout shift <= 0.02, scripts <= 60 kB gzipped without charts and <= 270 kB with them,
HTML <= 100 kB for every 100 rows of its longest table. Medians over a few visits, each in a context of its own (nothing cached).
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import TypedDict

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from accounts.models import Role, User
from benchmarks import data
from dossiers.selectors.runs import midnight_after
from kontum_tthc import nightly

OPEN, CLOSED, NIGHTS, VISITS = 5_000, 35_000, 31, 5
PAGES = {
    "overview": "/",
    "ranking": "/xep-hang/",
    "list": "/ho-so/?tinh_trang=overdue",
    "unit": "/don-vi/608/",
    "letters": "/cong-van/",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--lang=vi"]
ENTRIES = """
() => new Promise((resolve) => {
  const told = {paint: 0, shift: 0};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) told.paint = entry.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) told.shift += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => {
    const scripts = performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".js"));
    told.script = scripts.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    told.rows = Math.max(0, ...Array.from(document.querySelectorAll("tbody"), (body) => body.rows.length));
    told.html = performance.getEntriesByType("navigation")[0].decodedBodySize;
    resolve(told);
  }, 300);
})
"""


class Told(TypedDict):
    """paint in ms, shift as the browser scores it, script (as sent, compressed) and html (unpacked) in bytes.

    rows: of the page's longest table.
    """

    paint: float
    shift: float
    script: float
    html: float
    rows: int


def run(scale: float = 1.0) -> dict[str, float]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("browser: no Chromium on this machine, left out")
        return {}
    batch = data.batches()
    data.add(data.OPEN, 1, round(OPEN * scale), batch)
    data.add(data.CLOSED, 1 + round(OPEN * scale), round(CLOSED * scale), batch)
    for back in reversed(range(NIGHTS)):
        as_of = data.NIGHT - timedelta(days=back)
        nightly.run(as_of=as_of, now=midnight_after(as_of) + timedelta(minutes=15), trigger="command")
    cookie = session()
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        told = {name: visits(browser, address, path, cookie) for name, path in PAGES.items()}
        browser.close()
    return {label: figure for name, seen in told.items() for label, figure in figures(name, seen).items()}


def figures(name: str, seen: list[Told]) -> dict[str, float]:
    return {
        f"{name}: largest paint, ms (goal 1000)": median(told["paint"] for told in seen),
        f"{name}: layout shift (goal 0.02)": max(told["shift"] for told in seen),
        f"{name}: scripts, kB gzipped (goal 60, with charts 270)": seen[-1]["script"] / 1000,
        f"{name}: HTML, kB": seen[-1]["html"] / 1000,
        f"{name}: HTML, kB for 100 rows (goal 100)": seen[-1]["html"] / 1000 / max(seen[-1]["rows"] / 100, 1),
    }


def visits(browser: Browser, address: str, path: str, cookie: str) -> list[Told]:
    """The first two warm the server's processes and do not count."""
    return [visit(browser, address, path, cookie) for _turn in range(VISITS + 2)][2:]


def visit(browser: Browser, address: str, path: str, cookie: str) -> Told:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN", base_url=address)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(path, wait_until="load")
    told: Told = page.evaluate(ENTRIES)
    context.close()
    return told


def session() -> str:
    client = Client()
    user, _made = User.objects.get_or_create(username="bench", defaults={"role": Role.PROVINCIAL_OFFICE})
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def site() -> Iterator[str]:
    """The web server as it is deployed, at the benchmark's own database."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": data.own_address()}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--access-logfile", "/dev/null"], env=environment, cwd=settings.BASE_DIR)
    try:
        wait_for(f"http://localhost:{port}/healthz")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _turn in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  # our own
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{address} does not answer")
