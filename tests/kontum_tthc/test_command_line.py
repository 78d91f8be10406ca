"""``manage.py`` when the trouble lies outside the program: a sentence that says how to end it, exit code 1."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kontum_tthc.stack import PROJECT
from tests.databases import empty_database

DOORS = [["reference_load"], ["ranking", "--format", "json"], ["journal_verify"]]


def manage(*arguments: str, database: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    env = {**os.environ, "DATABASE_URL": database, "KONTUM_HOSTS": "localhost"}  # open hosts would be warned of
    return subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def unprepared() -> Iterator[str]:
    with empty_database() as address:
        yield address


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door[0])
def test_a_door_opened_before_migrate_says_to_migrate(door: list[str], unprepared: str) -> None:
    ended = manage(*door, database=unprepared)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Cơ sở dữ liệu chưa được chuẩn bị cho bản này. Chạy manage.py migrate rồi làm lại.\n"


def test_a_database_out_of_reach_is_said_so_in_one_line() -> None:
    ended = manage("migrate", database="postgresql://kontum@/kontum?host=/nowhere")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Không nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và PostgreSQL đang chạy. (")
    assert ended.stderr.count("\n") == 1


def test_the_traceback_is_there_for_who_asks(unprepared: str) -> None:
    ended = manage("ranking", "--traceback", database=unprepared)
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
