"""pytest plugin (``-p tests.services``): starts the services before pytest-django reads the settings.

With DATABASE_URL and REDIS_URL set it uses those and starts nothing. Without them each of xdist's workers has its own
(``pytest -n 2 --dist loadfile``, as ``make test`` runs it): no test meets another's cache, files or load of the database.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from kontum_tthc.embedded import Services
from kontum_tthc.home import Home
from kontum_tthc.processes import Family

OWN = "KONTUM_TESTS_OWN_SERVICES"  # what a worker inherits is its controller's


def start_services() -> None:
    home, family = Home(Path(tempfile.mkdtemp(prefix="kontum-tests-"))), Family()
    home.path.chmod(0o755)  # the services of root's tests run as nobody
    atexit.register(shutil.rmtree, home.path, ignore_errors=True)  # the last registered runs first
    atexit.register(home.release)
    atexit.register(family.stop)
    home.claim()
    services = Services(home, family, durable=False)
    services.start()
    os.environ.update(services.environment, KONTUM_DATA_DIR=str(home.path / "data"), **{OWN: "1"})


os.environ.setdefault("KONTUM_SECRET_KEY", secrets.token_urlsafe(60))
os.environ.setdefault("KONTUM_HOSTS", "localhost,127.0.0.1,testserver")
os.environ.setdefault("KONTUM_HTTPS", "0")
os.environ.setdefault("KONTUM_DEMO", "1")

if "DATABASE_URL" not in os.environ or (OWN in os.environ and "PYTEST_XDIST_WORKER" in os.environ):
    start_services()
