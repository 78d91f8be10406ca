"""The folder one stack lives in: claimed by one process at a time, with its secret, its logs and its environment file.

Imports neither Django nor Celery: it runs before there are settings.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from kontum_tthc.processes import StackError, pause

ORPHANS_SECONDS = 15
LOG_BYTES = 10 * 1024 * 1024
SOCKETS_ABOVE, SOCKETS_PREFIX = Path("/tmp"), "kontum-"  # noqa: S108  # mkdtemp: private, mode 0700


class Home:
    """Claimed by an flock that the services inherit: it is free only when the last of them has gone."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.sockets = Path()
        self._lock: IO[str] | None = None

    @property
    def lock_fd(self) -> int:
        assert self._lock, "claim() first"  # noqa: S101  # a programming error, not an operator's
        return self._lock.fileno()

    def claim(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("a+")
        except OSError as error:
            raise StackError(f"Không dùng được thư mục {self.path}: {error.strerror}. Chọn --root khác.") from error
        if not _locked(lock):
            lock.close()
            raise StackError(f"Thư mục {self.path} đang được một tiến trình khác dùng. Dừng nó hoặc chọn --root khác.")
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        self._open_sockets()

    def release(self) -> None:
        if self._lock:
            shutil.rmtree(self.sockets, ignore_errors=True)
            for name in ("env", "sockets"):
                (self.path / name).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def secret(self) -> str:
        """The stack's own signing key, made once."""
        path = self.path / "secret"
        if not path.exists():
            _write_private(path, secrets.token_urlsafe(60))
        return path.read_text()

    def log(self, name: str) -> IO[bytes]:
        """A child's log, appended to; one that has grown large is put aside first."""
        path = self.path / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def write_environment(self, variables: Mapping[str, str]) -> None:
        """What another shell needs to work beside a running stack: ``. <root>/env``."""
        lines = (f"export {name}={shlex.quote(value)}\n" for name, value in sorted(variables.items()))
        _write_private(self.path / "env", "".join(lines))

    def _open_sockets(self) -> None:
        """A new private folder with a short name: a socket's path has 107 bytes, the data directory's may be longer."""
        note = self.path / "sockets"
        if note.exists():  # left by a stack that was killed; ours by the lock we hold
            stale = Path(note.read_text())
            if stale.parent == SOCKETS_ABOVE and stale.name.startswith(SOCKETS_PREFIX) and not stale.is_symlink():
                shutil.rmtree(stale, ignore_errors=True)
        self.sockets = Path(tempfile.mkdtemp(prefix=SOCKETS_PREFIX, dir=SOCKETS_ABOVE))
        note.write_text(str(self.sockets))


def _locked(lock: IO[str]) -> bool:
    """Take the lock; when its owner was killed, wait for the owner's services to finish dying."""
    deadline = time.monotonic() + ORPHANS_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if _owner_lives(lock) or time.monotonic() > deadline:
                return False
            pause(0.1)
        else:
            return True


def _owner_lives(lock: IO[str]) -> bool:
    lock.seek(0)
    pid = lock.read().strip()
    return not pid.isdecimal() or Path(f"/proc/{pid}").exists()


def _write_private(path: Path, text: str) -> None:
    """All of it or nothing: half a secret would stay for ever."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
