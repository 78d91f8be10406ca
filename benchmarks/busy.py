"""The main pages from a real server, idle and while a large file is taken in beside them. Goal: p95 <= 2 x the idle one.

The server, the import and its reader, the database and the asking share one machine, as in production's one server.
"""

import http.client
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings

from benchmarks import data, intake
from benchmarks.browser import session, site
from dossiers.selectors.runs import midnight_after
from kontum_tthc import nightly
from kontum_tthc.processes import PATIENT

OPEN, CLOSED, FILE_ROWS, IDLE = 5_000, 35_000, 300_000, 300
PAGES = {"overview": "/", "ranking": "/xep-hang/", "list": "/ho-so/?tinh_trang=overdue"}


def run(scale: float = 1.0) -> dict[str, float]:
    batch = data.batches()
    data.add(data.OPEN, 1, round(OPEN * scale), batch)
    data.add(data.CLOSED, 1 + round(OPEN * scale), round(CLOSED * scale), batch)
    nightly.run(as_of=data.NIGHT, now=midnight_after(data.NIGHT) + timedelta(minutes=15), trigger="command")
    cookie = session()
    with site() as address, TemporaryDirectory() as folder:
        file = Path(folder, "so.csv")
        file.write_bytes(intake.register(int(FILE_ROWS * scale)))
        _asked(address, cookie, lambda turn: turn < 10 * len(PAGES))  # warm
        idle = _asked(address, cookie, lambda turn: turn < IDLE)
        loading = _import(file)
        busy = _asked(address, cookie, lambda _turn: loading.poll() is None)
        assert loading.returncode == 0, loading.returncode
    return {
        f"{name}: {label}": figure
        for name in PAGES
        for label, figure in _figures(
            [taken for page, taken in idle if page == name], [taken for page, taken in busy if page == name]
        )
    }


def _figures(idle: list[float], busy: list[float]) -> list[tuple[str, float]]:
    before, during = (1000 * quantiles(taken, n=20)[-1] for taken in (idle, busy))
    return [
        ("idle, p95, ms", before),
        ("while importing, p95, ms", during),
        ("while importing / idle (goal 2)", during / before),
        ("asked while importing, times", float(len(busy))),
    ]


def _asked(address: str, cookie: str, goes_on: Callable[[int], bool]) -> list[tuple[str, float]]:
    """(page, seconds), one request after another over one connection."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    found: list[tuple[str, float]] = []
    pages = list(PAGES.items())
    while goes_on(len(found)):
        name, path = pages[len(found) % len(pages)]
        begun = perf_counter()
        connection.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.client.OK, (path, answer.status)
        found.append((name, perf_counter() - begun))
    connection.close()
    return found


def _import(file: Path) -> "subprocess.Popen[bytes]":
    patient = ["nice", "-n", str(PATIENT)]  # as the worker is
    command = [*patient, sys.executable, "manage.py", "intake", str(file), "--system", "new", "--kind", "delta"]
    env = os.environ | {"DATABASE_URL": data.own_address()}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=intake.ROOT, env=env)
