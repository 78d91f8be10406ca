"""Web, worker and beat refuse to start as firmly as commands do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kontum_tthc.stack import CELERY, PROJECT

DOORS = {
    "command": [sys.executable, "manage.py", "nightly"],
    "web": [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0"],
    "worker": [*CELERY, "worker"],
    "beat": [*CELERY, "beat", "--schedule", "SCHEDULE"],
}
SOUND = {"DATABASE_URL": "postgresql://kontum@db/kontum", "REDIS_URL": "redis://valkey:6379", "KONTUM_HOSTS": "hoso.example.vn"}


@pytest.mark.parametrize("door", DOORS)
def test_a_sample_secret_and_open_hosts_keep_every_door_shut(door: str, tmp_path: Path) -> None:
    wrong = SOUND | {"KONTUM_SECRET_KEY": "thay-bang-khoa-cua-rieng-don-vi", "KONTUM_HOSTS": "*"}
    env = {"PATH": os.environ["PATH"], **wrong}
    command = [str(part).replace("SCHEDULE", str(tmp_path / "beat")) for part in DOORS[door]]
    ended = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert "kontum.E003" in ended.stderr + ended.stdout
    assert "kontum.E004" in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr


def test_the_sample_configuration_passes_djangos_deployment_checks(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "KONTUM_DATA_DIR": str(tmp_path)}
    script = ["sh", "deploy/check_production.sh", sys.executable]
    ended = subprocess.run(script, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "no issues (0 silenced)" in ended.stdout
