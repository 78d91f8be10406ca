"""Real supervisors on real folders, with an environment that names nothing."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from kontum_tthc.stack import PROJECT

MANAGE = PROJECT / "manage.py"
PATIENCE_SECONDS = 90


Environment = dict[str, str]


def bare_environment() -> dict[str, str]:
    """The environment of a fresh login: no address, no secret."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


class Supervisor:
    """One ``manage.py stack`` process and what it has said so far."""

    def __init__(
        self, root: Path, *arguments: str, env: Environment | None = None, user: str | None = None, python: str = sys.executable
    ) -> None:
        self.root = root
        self.said = ""
        self.process = subprocess.Popen(
            [python, str(MANAGE), "stack", "--root", str(root), *arguments],
            env={**bare_environment(), **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            user=user,
            extra_groups=[] if user else None,
        )

    def until_said(self, words: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        pytest.fail(f"ended without saying '{words}': {self.said}")

    def ended(self) -> int:
        """The exit status, once it has ended by itself."""
        rest, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        self.said += rest
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def processes_of(root: Path) -> dict[int, str]:
    """Everything alive that has a file of the folder open or works in it: pid to command line."""
    return dict(_processes_of(str(root.resolve())))


def _processes_of(root: str) -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            links = [os.readlink(link) for link in (entry / "cwd", *(entry / "fd").iterdir()) if link.is_symlink()]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it ended meanwhile, or is another user's
            continue
        if any(link.startswith(root) for link in links):
            yield int(entry.name), command


def the_one(root: Path, *words: str) -> int:
    """The pid of the one process whose command line has the words and whose parent does not."""
    found = {pid for pid, command in processes_of(root).items() if all(word in command for word in words)}
    eldest = [pid for pid in found if int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) not in found]
    assert len(eldest) == 1, processes_of(root)
    return eldest[0]


def assert_empty_within(root: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while processes_of(root) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(root) == {}


@pytest.fixture(scope="module")
def root() -> Generator[Path]:
    """A folder that root's services, running as nobody, can reach too; nothing left running in it outlives the module."""
    folder = Path(tempfile.mkdtemp(prefix="kontum-stack-test-"))
    folder.chmod(0o755)
    yield folder / "stack"
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder)
