"""``manage.py stack run``: the services around one command."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from tests.stack.conftest import Supervisor, assert_empty_within, processes_of, the_one

SQL = "import os, sys, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']); c.autocommit = True; k = c.cursor(); "
ELSEWHERE = {"DATABASE_URL": "postgresql://u@db/x", "REDIS_URL": "redis://broker:6379"}
PRINT_ENVIRONMENT = "import os; print(*(os.environ.get(n) for n in ('DATABASE_URL', 'REDIS_URL', 'KONTUM_DATA_DIR')))"


def run(root: Path, *command: str) -> Supervisor:
    return Supervisor(root, "run", "--", *command)


def test_the_command_gets_both_addresses_and_its_exit_status_comes_back(root: Path) -> None:
    supervisor = run(root, sys.executable, "-c", f"{PRINT_ENVIRONMENT}; raise SystemExit(7)")
    assert supervisor.ended() == 7
    database, broker, data = supervisor.said.split()
    assert database.startswith("postgresql://kontum@/kontum?host=/")
    assert broker.startswith("unix:///")
    assert data == str(root / "data")
    assert_empty_within(root, 0)


def test_options_after_the_dashes_are_the_commands_own(root: Path) -> None:
    supervisor = run(root, sys.executable, "-c", "import sys; print(sys.argv[1:])", "--root", "x", "--", "-v3", "--settings=y")
    assert supervisor.ended() == 0
    assert supervisor.said.strip() == "['--root', 'x', '--', '-v3', '--settings=y']"


def test_a_command_ended_by_a_signal_counts_as_a_shell_counts_it(root: Path) -> None:
    assert run(root, "sh", "-c", "kill -9 $$").ended() == 137


def test_an_unknown_command_is_named(root: Path) -> None:
    supervisor = run(root, "khong-co-lenh-nay")
    assert supervisor.ended() == 1
    assert "Không chạy được khong-co-lenh-nay" in supervisor.said


@pytest.mark.parametrize(
    ("setting", "value"),
    [("KONTUM_PG_BIN", "/nowhere"), ("KONTUM_PG_BIN", "/usr/bin"), ("KONTUM_VALKEY_BIN", "/nowhere")],
)
def test_a_wrong_program_setting_is_named(tmp_path: Path, setting: str, value: str) -> None:
    tmp_path.chmod(0o755)
    supervisor = Supervisor(tmp_path / "stack", "run", "--", "true", env={setting: value})
    assert supervisor.ended() == 1
    assert setting in supervisor.said
    assert_empty_within(tmp_path, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's services run as nobody")
def test_a_folder_that_nobody_can_reach_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    supervisor = run(tmp_path / "stack", "true")
    assert supervisor.ended() == 1
    assert "người này phải vào được dự án và thư mục --root" in supervisor.said


@pytest.mark.parametrize("arguments", [["run"], ["run", "--"], ["--", "true"]])
def test_run_and_the_dashes_belong_together(root: Path, arguments: list[str]) -> None:
    supervisor = Supervisor(root, *arguments)
    assert supervisor.ended() == 1
    assert "run -- LỆNH" in supervisor.said


def test_other_commands_can_work_beside_it_through_the_environment_file(root: Path) -> None:
    script = f'test "$(stat -c %a "$1/env")" = 600 && env -i sh -c ". $1/env; exec {sys.executable} -c \'$2\'"'
    supervisor = run(root, "sh", "-c", script, "sh", str(root), "import os; print(*sorted(os.environ))")
    assert supervisor.ended() == 0
    expected = {"DATABASE_URL", "REDIS_URL", "KONTUM_SECRET_KEY", "KONTUM_HOSTS", "KONTUM_HTTPS", "KONTUM_DATA_DIR"}
    assert expected <= set(supervisor.said.split())
    assert not (root / "env").exists()


def test_the_secret_is_kept_from_one_start_to_the_next(root: Path) -> None:
    said = []
    for _ in range(2):
        supervisor = run(root, "sh", "-c", "echo $KONTUM_SECRET_KEY")
        supervisor.ended()
        said.append(supervisor.said.strip())
    assert said[0] == said[1]
    assert len(said[0]) >= 60


def test_a_secret_that_was_half_written_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret.new").write_text("nửa")
    supervisor = Supervisor(tmp_path, "run", "--", "sh", "-c", "echo $KONTUM_SECRET_KEY", env=ELSEWHERE)
    assert supervisor.ended() == 0
    assert len(supervisor.said.strip()) >= 60
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "secret.new").exists()


def test_services_named_by_the_environment_are_used_and_none_is_started(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, "run", "--", sys.executable, "-c", PRINT_ENVIRONMENT, env=ELSEWHERE)
    assert supervisor.ended() == 0
    assert supervisor.said.split()[:2] == list(ELSEWHERE.values())
    assert not (tmp_path / "postgres").exists()


def test_half_an_environment_is_refused(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, "run", "--", "true", env={"REDIS_URL": "redis://broker:6379"})
    assert supervisor.ended() == 1
    assert "Chỉ có REDIS_URL" in supervisor.said


def test_a_folder_in_use_is_refused_and_its_owner_is_not_disturbed(root: Path) -> None:
    first = run(root, "sh", "-c", "echo started; exec sleep 60")
    first.until_said("started")
    second = run(root, "true")
    assert second.ended() == 1
    assert f"Thư mục {root} đang được một tiến trình khác dùng" in second.said
    assert len(processes_of(root)) >= 2
    first.process.terminate()
    assert first.ended() == 128 + signal.SIGTERM
    assert_empty_within(root, 0)


def test_an_interrupt_reaches_the_command_and_everything_ends(root: Path) -> None:
    # The word is said inside the try: an interrupt that follows it at once must still be the command's to answer.
    answer = "import time\ntry:\n print('started')\n time.sleep(60)\nexcept KeyboardInterrupt: exit(5)"
    supervisor = run(root, sys.executable, "-uc", answer)
    supervisor.until_said("started")
    supervisor.process.send_signal(signal.SIGINT)
    assert supervisor.ended() == 5
    assert_empty_within(root, 0)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_finds_the_data(root: Path) -> None:
    write = SQL + "k.execute('CREATE TABLE kept AS SELECT 42 AS n'); print('written', flush=True); import time; time.sleep(60)"
    supervisor = run(root, sys.executable, "-c", write)
    supervisor.until_said("written")
    sockets = Path((root / "sockets").read_text())
    supervisor.kill()
    assert_empty_within(root, 5)
    read = run(root, sys.executable, "-c", SQL + "k.execute('SELECT n FROM kept'); print(k.fetchone()[0])")
    assert read.ended() == 0
    assert read.said.strip() == "42"
    assert not sockets.exists(), "the killed stack's socket folder is cleared away"


def test_a_start_right_after_a_kill_waits_for_the_dying_services(root: Path) -> None:
    supervisor = run(root, "sh", "-c", "echo started; exec sleep 60")
    supervisor.until_said("started")
    supervisor.kill()
    assert run(root, "true").ended() == 0


def test_a_first_start_that_was_cut_short_is_done_again(root: Path) -> None:
    fresh = root.parent / "fresh"
    first = run(fresh, "true")
    while not (fresh / "postgres.new" / "PG_VERSION").exists():
        assert first.process.poll() is None, first.ended()
        time.sleep(0.01)
    first.kill()
    assert_empty_within(fresh, 5)
    assert not (fresh / "postgres").exists()
    assert run(fresh, "true").ended() == 0
    assert not (fresh / "postgres.new").exists()


def test_a_killed_postmaster_is_named_and_the_next_start_recovers(root: Path) -> None:
    write = (
        SQL + "k.execute('CREATE TABLE survived AS SELECT 43 AS n'); print('written', flush=True); import time; time.sleep(60)"
    )
    supervisor = run(root, sys.executable, "-c", write)
    supervisor.until_said("written")
    os.kill(the_one(root, "postgres", "-D"), signal.SIGKILL)
    assert supervisor.ended() == 1
    assert "Tiến trình postgres đã dừng bất ngờ" in supervisor.said
    assert_empty_within(root, 0)
    read = run(root, sys.executable, "-c", SQL + "k.execute('SELECT n FROM survived'); print(k.fetchone()[0])")
    assert read.ended() == 0
    assert read.said.strip() == "43"


def test_the_environment_file_opens_the_database_of_a_running_stack(root: Path) -> None:
    supervisor = run(root, "sh", "-c", "echo started; exec sleep 60")
    supervisor.until_said("started")
    lines = dict(line.removeprefix("export ").split("=", 1) for line in (root / "env").read_text().splitlines())
    connection = psycopg2.connect(lines["DATABASE_URL"].strip("'"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert cursor.fetchone()[0] >= "180000"
    connection.close()
    supervisor.process.terminate()
    supervisor.ended()


def python_outside_home(folder: Path) -> tuple[str, dict[str, str]]:
    """A copy of this interpreter that any user can run (the original may lie in root's home), and what it needs to be told."""
    base = Path(sys.base_prefix)
    library = Path("lib") / f"python{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copytree(
        base / library, folder / library, ignore=shutil.ignore_patterns("test", "site-packages", "__pycache__", "config-*")
    )
    for shared in (base / "lib").glob("libpython*"):
        shutil.copy(shared, folder / "lib")
    shutil.copy(os.path.realpath(sys.executable), folder / "python")
    packages = str(Path(pytest.__file__).parent.parent)
    return str(folder / "python"), {"PYTHONHOME": str(folder), "LD_LIBRARY_PATH": str(folder / "lib"), "PYTHONPATH": packages}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_a_normal_user_runs_it_too(root: Path) -> None:
    python, env = python_outside_home(root.parent / "python")
    home = root.parent / "nobody"
    home.mkdir()
    shutil.chown(home, "nobody")
    supervisor = Supervisor(home / "stack", "run", "--", "id", "-un", env=env, user="nobody", python=python)
    assert supervisor.ended() == 0, supervisor.said
    assert supervisor.said.strip() == "nobody"
    assert (home / "stack" / "secret").stat().st_mode & 0o777 == 0o600
