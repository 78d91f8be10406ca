"""``manage.py`` when the line is wrong or the trouble lies outside the program: a sentence on how to end it, exit code 1."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kontum_tthc.stack import PROJECT
from tests.databases import empty_database

DOORS = [["reference_load"], ["ranking", "--format", "json"], ["journal_verify"]]
ENVIRONMENT = {**os.environ, "KONTUM_HOSTS": "localhost"}  # open hosts would be warned of


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    env = {**ENVIRONMENT, **environment}
    return subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("intake sổ.csv --system old --định-dạng json", "không có tham số hay tuỳ chọn này: --định-dạng json"),
        ("nightly 2022-11-07", "không có tham số hay tuỳ chọn này: 2022-11-07"),
        ("ranking --format xml", "--format: không có lựa chọn 'xml'; hãy chọn một trong: "),
        ("due --st x", "--st viết tắt chưa rõ, có thể là --stop, --stdin"),
        ("due --limit", "--limit: thiếu giá trị"),
        ("explain", "còn thiếu: MÃ, --system"),
        ("journal_verify --anchor 1:x", "--anchor: '1:x' không phải SỐ:MÃ-BĂM."),
        ("reference_load --folder", "--folder: thiếu giá trị"),
        ("account_add ai-đó --role giám-đốc", "--role: không có lựa chọn 'giám-đốc'; hãy chọn một trong: "),
        ("demo_load --scale 2", "--scale: “2” không phải số lớn hơn 0 và không quá 1"),
        ("stack --port 0", "--port: “0” không phải cổng từ 1 đến 65535"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_in_vietnamese_with_where_the_right_one_is_shown(line: str, said: str) -> None:
    ended = manage(*line.split())
    assert (ended.returncode, ended.stdout) == (1, "")
    sentence, remedy = ended.stderr.splitlines()
    assert sentence.startswith(said)
    assert remedy == f"Xem cách dùng: manage.py {line.split()[0]} --help"


@pytest.mark.parametrize("line", ["ranking", "stack run -- true"])
def test_an_environment_that_makes_no_sense_is_said_so_in_one_line(line: str) -> None:
    ended = manage(*line.split(), KONTUM_DEMO="có lẽ")
    assert (ended.returncode, ended.stderr) == (1, "KONTUM_DEMO: 'có lẽ' không phải 1 hoặc 0.\n")


@pytest.fixture(scope="module")
def unprepared() -> Iterator[str]:
    with empty_database() as address:
        yield address


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door[0])
def test_a_door_opened_before_migrate_says_to_migrate(door: list[str], unprepared: str) -> None:
    ended = manage(*door, DATABASE_URL=unprepared)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Cơ sở dữ liệu chưa được chuẩn bị cho bản này. Chạy manage.py migrate rồi làm lại.\n"


def test_a_database_out_of_reach_is_said_so_in_one_line() -> None:
    ended = manage("migrate", DATABASE_URL="postgresql://kontum@/kontum?host=/nowhere")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Không nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và PostgreSQL đang chạy. (")
    assert ended.stderr.count("\n") == 1


def test_the_traceback_is_there_for_who_asks(unprepared: str) -> None:
    ended = manage("ranking", "--traceback", DATABASE_URL=unprepared)
    assert ended.returncode == 1
    assert "Traceback" in ended.stderr


def test_a_reader_who_leaves_early_hears_no_complaint() -> None:
    """``manage.py … | head -1``: what is left to write has nowhere to go."""
    shut, pipe = os.pipe()
    os.close(shut)
    command = [sys.executable, "manage.py", "help", "--commands"]
    ended = subprocess.run(command, cwd=PROJECT, stdout=pipe, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(pipe)
    assert (ended.returncode, ended.stderr) == (1, "")


def test_an_interrupt_ends_a_command_without_a_traceback() -> None:
    command = [sys.executable, "manage.py", "account_add", "an", "--role", "inspector"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        env=ENVIRONMENT,
        cwd=PROJECT,
        stdin=pipe,
        stderr=pipe,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite run in the background ignores it
    ) as running:
        assert running.stderr
        while "may be echoed" not in (said := running.stderr.readline()):  # getpass, before it waits for the password
            assert said
        running.send_signal(signal.SIGINT)
        assert "Traceback" not in running.stderr.read()
    assert running.returncode == 130
