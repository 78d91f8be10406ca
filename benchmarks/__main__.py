"""``python -m benchmarks [name …] [--scale N]`` (``make bench``): ours, the raw limit and a peer's way side by side.

Works in a database of its own on the services DATABASE_URL and REDIS_URL name, or on its own services for the time it
runs. Ratios inside one run are what counts; every figure is printed and kept in var/bench/<date>.json.
"""

import argparse
import atexit
import io
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections

from kontum_tthc.embedded import Services
from kontum_tthc.home import Home
from kontum_tthc.processes import Family

RESULTS = Path(__file__).resolve().parents[1] / "var" / "bench"
DATABASE, PREPARED = "kontum_bench", "kontum_bench_prepared"
DROP = [f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (DATABASE, PREPARED)]
# Each is a module with run(scale) -> figures by name; scale 1 is the size the goals are set for.
NAMES = ("due_dates", "night", "intake", "pages", "ranking_page", "browser", "busy")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "kontum_tthc.settings",
    "KONTUM_SECRET_KEY": secrets.token_urlsafe(60),
    "KONTUM_HOSTS": "localhost,testserver",
    "KONTUM_HTTPS": "0",
    "KONTUM_DEMO": "1",
    "KONTUM_LOG_LEVEL": "WARNING",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(NAMES)}; all when none is given")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the data; 1 is what the goals are set for")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if "DATABASE_URL" not in os.environ:
        _start_services()
    server = os.environ["DATABASE_URL"]
    with _prepared(server):
        figures = {name: _measured(name, options.scale, server) for name in options.names or NAMES}
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    path.write_text(json.dumps({"scale": options.scale, "figures": figures}, indent=2, ensure_ascii=False))
    print(f"\n{path}")


def _measured(name: str, scale: float, server: str) -> dict[str, float]:
    """Each benchmark begins with the reference data only, whatever ran before it."""
    connections.close_all()
    cache.clear()
    _run(server, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE} TEMPLATE {PREPARED}")
    found: dict[str, float] = import_module(f"benchmarks.{name}").run(scale)
    print(f"\n{name}")
    for label, figure in found.items():
        print(f"  {label:60} {figure:16,.2f}", flush=True)
    return found


def _start_services() -> None:
    home, family = Home(Path(tempfile.mkdtemp(prefix="kontum-bench-"))), Family()
    home.path.chmod(0o755)  # the services of root's runs run as nobody
    atexit.register(shutil.rmtree, home.path, ignore_errors=True)  # the last registered runs first
    atexit.register(home.release)
    atexit.register(family.stop)
    home.claim()
    services = Services(home, family)
    services.start()
    os.environ.update(services.environment)


@contextmanager
def _prepared(server: str) -> Iterator[None]:
    """A migrated database with the reference data to copy from; both are gone afterwards."""
    _run(server, *DROP, f"CREATE DATABASE {PREPARED}")
    address = urlsplit(server)
    os.environ.update(SETTINGS, DATABASE_URL=urlunsplit(address._replace(path=f"/{PREPARED}")))
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("reference_load", stdout=io.StringIO())
    connections.close_all()
    connections["default"].settings_dict["NAME"] = DATABASE
    try:
        yield
    finally:
        connections.close_all()
        _run(server, *DROP)


def _run(address: str, *statements: str) -> None:
    connection = psycopg2.connect(address)
    connection.autocommit = True  # databases are made and dropped outside transactions
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


if __name__ == "__main__":
    main()
