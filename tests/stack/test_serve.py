"""``manage.py stack``: everything, its address, its end."""

import http.client
import os
import signal
import socket
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from kontum_tthc.processes import PATIENT
from tests.stack.conftest import PATIENCE_SECONDS, Supervisor, assert_empty_within, processes_of, the_one

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def stack(root: Path, port: int) -> Generator[Supervisor]:
    (root / "worker.log").unlink(missing_ok=True)
    supervisor = Supervisor(root, "--port", str(port))
    supervisor.until_said("Đang chạy tại")
    yield supervisor
    supervisor.kill()


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def test_it_serves_with_no_environment_at_all_and_one_interrupt_ends_it(stack: Supervisor, root: Path, port: int) -> None:
    assert f"http://localhost:{port}/" in stack.said
    assert [status(port, path) for path in ("/healthz", "/readyz", "/")] == [200, 200, 302]
    stack.process.send_signal(signal.SIGINT)
    assert stack.ended() == 0
    assert "Đã dừng." in stack.said
    assert_empty_within(root, 0)


def test_a_taken_port_and_a_taken_folder_are_named_and_a_kill_leaves_nothing(stack: Supervisor, root: Path, port: int) -> None:
    elsewhere = root.parent / "elsewhere"
    rival = Supervisor(elsewhere, "--port", str(port))
    assert rival.ended() == 1
    assert f"Cổng {port} đang được chương trình khác dùng" in rival.said
    assert not elsewhere.exists(), "nothing is started before the port is known to be free"

    twin = Supervisor(root, "--port", str(port + 1))
    assert twin.ended() == 1
    assert f"Thư mục {root} đang được một tiến trình khác dùng" in twin.said
    assert status(port, "/readyz") == 200

    stack.kill()
    assert_empty_within(root, 5)


@pytest.mark.parametrize(("name", "words"), [("worker", ("celery", "worker")), ("web", ("gunicorn",))])
def test_a_dead_child_is_named_and_nothing_is_left(stack: Supervisor, root: Path, name: str, words: tuple[str, ...]) -> None:
    os.kill(the_one(root, *words), signal.SIGKILL)
    assert stack.ended() == 1
    assert f"Tiến trình {name} đã dừng bất ngờ (mã -9)" in stack.said
    assert_empty_within(root, 2)


def test_the_worker_looks_for_missed_nights_as_soon_as_it_starts_and_lets_pages_go_first(stack: Supervisor, root: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "Task kontum_tthc.tasks.night" not in (root / "worker.log").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    first = the_one(root, "celery", "worker")
    others = [pid for pid, command in processes_of(root).items() if "celery" in command and "worker" in command and pid != first]
    patience = {os.getpriority(os.PRIO_PROCESS, pid) - os.getpriority(os.PRIO_PROCESS, first) for pid in others}
    assert patience == {PATIENT}


def test_a_terminated_supervisor_stops_in_order(stack: Supervisor, root: Path) -> None:
    assert len(processes_of(root)) >= 8
    stack.process.terminate()
    assert stack.ended() == 0
    assert "database system is shut down" in (root / "postgres.log").read_text()
    assert_empty_within(root, 0)
