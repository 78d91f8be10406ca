"""Everything on one machine: services, preparation, worker, beat and web server, under one supervisor.

Imports neither Django nor Celery: it starts the processes that do. Docs: docs/operations.md.
"""

import contextlib
import hashlib
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kontum_tthc.embedded import Services
from kontum_tthc.home import Home
from kontum_tthc.processes import READY_SECONDS, Family, StackError, pause, signals_held

PROJECT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, PROJECT / "manage.py")
CELERY = (sys.executable, "-m", "celery", "--app", "kontum_tthc")
LOOPBACK = "127.0.0.1"
DEMO_CLOCK = "2022-11-10T07:30:00+07:00"
ADDRESSES = ("DATABASE_URL", "REDIS_URL")
STATIC_SOURCES = ("static", "assets")


@dataclass(frozen=True)
class Options:
    root: Path
    port: int = 8000
    demo: bool = False
    today: bool = False


@dataclass
class Stack:
    """A claimed home, its family and the environment of every process in it."""

    home: Home
    family: Family
    environment: dict[str, str]


@contextlib.contextmanager
def services(options: Options) -> Generator[Stack]:
    """The services (or the ones the environment already names), stopped in order whatever happens."""
    home, family = Home(options.root), Family()
    with signals_held():
        try:
            home.claim()
            stack = Stack(home, family, _environment(options, home, _addresses(home, family)))
            home.write_environment({name: value for name, value in stack.environment.items() if _ours(name)})
            yield stack
        finally:
            family.stop()
            home.release()


def run(options: Options, command: Sequence[str]) -> int:
    """Only the services, for as long as the command runs; its exit status."""
    with services(options) as stack:
        return stack.family.follow(command, env=stack.environment)


def serve(options: Options, say: Callable[[str], None]) -> None:
    """Everything, until a signal (``Interrupted``) or until a child dies (``StackError``)."""
    _require_free(options.port)
    with services(options) as stack:
        _prepare(stack, demo=options.demo)
        _start(stack, options.port)
        if not stack.family.until(lambda: _answers(options.port), seconds=READY_SECONDS):
            raise StackError(f"Trang web chưa trả lời sau {READY_SECONDS} giây. Xem {stack.home.path / 'web.log'}.")
        say(f"Đang chạy tại http://localhost:{options.port}/ (nhật ký: {stack.home.path}). Nhấn Ctrl-C để dừng.")
        while True:
            stack.family.check()
            pause(0.2)


def _addresses(home: Home, family: Family) -> dict[str, str]:
    """Where the services are; they are started unless the environment already names both."""
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    if len(given) == 1:
        raise StackError(f"Chỉ có {next(iter(given))}. Đặt cả DATABASE_URL và REDIS_URL, hoặc bỏ cả hai.")
    if given:
        return given
    started = Services(home, family)
    started.start()
    return started.environment


def _environment(options: Options, home: Home, addresses: dict[str, str]) -> dict[str, str]:
    """The operator's environment, completed: what is already set stays as it is."""
    defaults = {
        "KONTUM_SECRET_KEY": home.secret(),
        "KONTUM_HOSTS": f"localhost,{LOOPBACK}",
        "KONTUM_HTTPS": "0",
        "KONTUM_DATA_DIR": str(home.path / "data"),
        "PYTHONUNBUFFERED": "1",
    }
    given = {name: value for name, value in os.environ.items() if value}
    demo = {"KONTUM_DEMO": "1", "KONTUM_CLOCK": "" if options.today else DEMO_CLOCK} if options.demo else {}
    return {**defaults, **given, **addresses, **demo}


def _ours(name: str) -> bool:
    return name.startswith("KONTUM_") or name in ADDRESSES


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise StackError(f"Cổng {port} đang được chương trình khác dùng. Dừng nó hoặc chọn --port khác.") from error


def _prepare(stack: Stack, *, demo: bool) -> None:
    """Bring the database and the static files to this version of the code; each step may be repeated freely."""
    Path(stack.environment["KONTUM_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    _step(stack, "migrate", "--verbosity", "0")
    _step(stack, "reference_load")
    if demo:
        _step(stack, "demo_load")
    _collect_static(stack)


def _step(stack: Stack, command: str, *options: str) -> None:
    if code := stack.family.complete([*MANAGE, command, *options], env=stack.environment):
        raise StackError(f"Bước chuẩn bị {command} không xong (mã {code}).")


def _collect_static(stack: Stack) -> None:
    """Collect when a source file has changed since the last time: compressing takes longer than everything else."""
    stamp = PROJECT / "staticfiles" / ".collected"
    current = _fingerprint(PROJECT / "requirements" / "base.txt", *(PROJECT / name for name in STATIC_SOURCES))
    if stamp.exists() and stamp.read_text() == current:
        return
    _step(stack, "collectstatic", "--noinput", "--verbosity", "0")
    stamp.write_text(current)


def _fingerprint(*sources: Path) -> str:
    files = sorted(path for source in sources for path in (source.rglob("*") if source.is_dir() else (source,)) if path.is_file())
    facts = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(facts.encode()).hexdigest()


def _start(stack: Stack, port: int) -> None:
    """Worker, beat, web. When we are killed they drop what they hold: every piece of work is one transaction or a ledger row."""

    def spawn(name: str, command: Sequence[str | Path]) -> None:
        log, env = stack.home.log(name), stack.environment
        stack.family.spawn(name, command, orphaned=signal.SIGKILL, log=log, env=env, cwd=PROJECT)

    spawn("worker", [*CELERY, "worker", "--loglevel", "INFO", "--concurrency", "2"])
    spawn("beat", [*CELERY, "beat", "--loglevel", "INFO", "--schedule", stack.home.path / "beat", "--pidfile="])
    config = PROJECT / "deploy" / "gunicorn.conf.py"
    spawn("web", [sys.executable, "-m", "gunicorn", "--config", config, "--bind", f"{LOOPBACK}:{port}"])


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{LOOPBACK}:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
