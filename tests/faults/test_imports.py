"""Imports that are killed, and the database under them: all of a file or nothing, and all of it in the end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kontum_tthc.stack import PROJECT

KILLS = int(os.environ.get("KONTUM_KILLS", "12"))  # measured with 100; the suite has other things to do

pytestmark = pytest.mark.slow


def test_an_import_killed_at_any_moment_is_in_whole_or_not_at_all_and_is_resumed() -> None:
    """A stack of its own: killing a process of the database throws everybody out."""
    kill = [sys.executable, "-m", "tests.faults.killed_imports", str(KILLS)]
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    # Not pytest's own folder: started by root, the database is another user's, who may not enter that.
    with TemporaryDirectory(prefix="kontum-killed-imports-") as folder:
        Path(folder).chmod(0o755)
        stack = [sys.executable, "manage.py", "stack", "--root", f"{folder}/stack", "run", "--"]
        answer = subprocess.run([*stack, *kill], env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-4000:]
    told = json.loads(answer.stdout.splitlines()[-1])
    assert told["kills"] == told.get("in", 0) + told["not in"] == KILLS
    assert told["not in"] > KILLS / 4, f"the kills came too late to tell anything: {told}"
