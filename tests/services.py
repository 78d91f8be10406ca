"""pytest plugin (``-p tests.services``): starts the services before pytest-django reads the settings.

With DATABASE_URL and REDIS_URL set it uses those and starts nothing; xdist workers use their controller's.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from kontum_tthc.embedded import Services

os.environ.setdefault("KONTUM_SECRET_KEY", secrets.token_urlsafe(60))
os.environ.setdefault("KONTUM_HOSTS", "localhost,127.0.0.1,testserver")
os.environ.setdefault("KONTUM_HTTPS", "0")
os.environ.setdefault("KONTUM_DEMO", "1")

if "DATABASE_URL" not in os.environ:
    root = Path(tempfile.mkdtemp(prefix="kontum-tests-"))
    root.chmod(0o755)
    services = Services(root)
    services.start()
    os.environ.update(services.environment)
    os.environ["KONTUM_DATA_DIR"] = str(root / "data")
    atexit.register(lambda: (services.stop(), shutil.rmtree(root, ignore_errors=True)))
