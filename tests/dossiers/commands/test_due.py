"""``manage.py due``: one question, many questions, and what it says when it cannot answer."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories.worktime import load_calendar

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_calendar()


def asked(*options: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("due", *options, "--format", "json", stdout=out)
    answer = json.loads(out.getvalue())
    assert set(answer) == {"due", "effective_start", "explanation"}
    assert isinstance(answer, dict)
    return answer


def lines(monkeypatch: pytest.MonkeyPatch, given: Iterable[bytes]) -> tuple[list[dict[str, str]], str]:
    """The answers, and the message of the failure if any."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(given)), encoding="utf-8"))
    out, failure = io.StringIO(), ""
    try:
        call_command("due", "--stdin", stdout=out)
    except CommandError as error:
        failure = str(error)
    return [json.loads(line) for line in out.getvalue().splitlines()], failure


def test_a_day_limit_answers_a_date_and_an_hour_limit_a_moment() -> None:
    days = asked("--received", "2022-08-12T17:20", "--limit", "5", "--unit", "working_day")
    assert (days["due"], days["effective_start"]) == ("2022-08-22", "2022-08-15T07:00")
    hours = asked("--received", "2022-11-10T15:00", "--limit", "4", "--unit", "working_hour")
    assert (hours["due"], hours["effective_start"]) == ("2022-11-11T09:00", "2022-11-10T15:00")
    assert asked("--received", "2022-11-11T16:00", "--limit", "0.5", "--unit", "working_day")["due"] == "2022-11-14T10:00"


def test_a_date_without_a_time_is_never_moved() -> None:
    assert asked("--received", "2022-08-10", "--limit", "30", "--unit", "day")["effective_start"] == "2022-08-10T09:00"


def test_an_offset_is_taken_to_vietnam() -> None:
    answer = asked("--received", "2022-08-12T10:20:00Z", "--limit", "5", "--unit", "working_day")
    assert (answer["due"], answer["effective_start"]) == ("2022-08-22", "2022-08-15T07:00")
    assert asked("--received", "2022-08-12T17:20:00.000+0700", "--limit", "5", "--unit", "working_day") == answer


def test_stops_may_be_listed_or_repeated_and_one_may_last() -> None:
    common = ["--received", "2022-10-03", "--limit", "10", "--unit", "working_day"]
    listed = asked(*common, "--stop", "2022-10-06..2022-10-12", "2022-10-17..2022-10-19")
    assert listed["due"] == "2022-10-25"
    assert asked(*common, "--stop", "2022-10-06..2022-10-12", "--stop", "2022-10-17..2022-10-19") == listed
    assert asked(*common, "--stop", "2022-10-06..2022-10-12", "2022-10-17..")["due"] == "2022-10-21"
    assert asked(*common, "--stop", "2022-10-06..2022-10-12", "--policy", "restart")["due"] == "2022-10-26"


def test_same_day_needs_no_limit() -> None:
    common = ["--unit", "same_day", "--cutoff", "15:00"]
    assert asked("--received", "2022-11-10T14:40", *common)["due"] == "2022-11-10"
    assert asked("--received", "2022-11-10T15:10", *common)["due"] == "2022-11-11"


def test_without_a_format_it_explains_in_vietnamese() -> None:
    out = io.StringIO()
    call_command("due", "--received", "2022-08-31T10:00", "--limit", "3", "--unit", "working_day", stdout=out)
    assert out.getvalue().splitlines() == [
        "Tiếp nhận lúc 10:00 31/08/2022.",
        "Không tính: 01/09/2022 (Quốc khánh), 02/09/2022 (Quốc khánh), 03/09/2022 (Thứ Bảy), 04/09/2022 (Chủ Nhật).",
        "Tính 3 ngày làm việc: 05/09/2022–07/09/2022.",
        "Hạn trả: 07/09/2022.",
    ]


GOOD = {"received": "2022-08-01", "limit": "5", "unit": "working_day"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"received": None}, "Thiếu thông tin “received”"),
        ({"unit": None}, "Thiếu thông tin “unit”"),
        ({"limit": None}, "Thiếu thông tin “limit”"),
        ({"received": "01/08/2022"}, "“01/08/2022” không phải thời điểm dạng 2022-08-01"),
        ({"received": "2022-02-30"}, "“2022-02-30” không phải thời điểm"),
        ({"received": "0001-01-01T00:00+14:00"}, "không phải thời điểm"),
        ({"received": "2027-01-04"}, "Chưa nạp lịch nghỉ năm 2027"),
        ({"received": "2026-12-30"}, "Chưa nạp lịch nghỉ năm 2027"),
        ({"unit": "fortnight"}, "Không có đơn vị thời hạn “fortnight”"),
        ({"limit": "-5"}, "Thời hạn phải lớn hơn 0"),
        ({"limit": "năm"}, "Thời hạn phải là một số"),
        ({"limit": "1e999999999"}, "Thời hạn phải lớn hơn 0 và nhỏ hơn"),
        ({"stop": "2022-10-12..2022-10-06"}, "trước khi bắt đầu"),
        ({"stop": "2022-10-12"}, "không đúng dạng TỪ..ĐẾN"),
        ({"stop": "..2022-10-12"}, "không đúng dạng TỪ..ĐẾN"),
        ({"stop": "2022-08-02..", "policy": "extend"}, "Không có cách tính “extend”"),
        ({"unit": "same_day", "cutoff": "25:00"}, "Mốc giờ “25:00” không đúng dạng HH:MM"),
        ({"cutoff": "15:00"}, "chỉ dùng cho thủ tục giải quyết trong ngày"),
    ],
)
def test_a_question_without_an_answer_is_told_what_to_correct(changed: dict[str, str | None], message: str) -> None:
    options = [f"--{name}={value}" for name, value in {**GOOD, **changed}.items() if value is not None]
    with pytest.raises(CommandError) as refused:
        call_command("due", *options)
    assert message in str(refused.value)


def test_lines_are_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [
        {"received": "2022-08-12T17:20", "limit": 5, "unit": "working_day"},
        {"received": "2022-11-11T16:00", "limit": 0.5, "unit": "working_day", "stop": None, "policy": None, "cutoff": None},
        {"received": "2022-10-03", "limit": "10", "unit": "working_day", "stop": ["2022-10-06..2022-10-12"], "policy": "restart"},
        {"received": "2022-11-10T15:10", "unit": "same_day", "cutoff": "15:00"},
    ]
    answers, failure = lines(monkeypatch, [json.dumps(question).encode() for question in questions])
    assert [answer["due"] for answer in answers] == ["2022-08-22", "2022-11-14T10:00", "2022-10-26", "2022-11-11"]
    assert failure == ""


def test_a_bad_line_is_answered_on_its_place_and_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    good = b'{"received": "2022-08-01", "limit": 5, "unit": "working_day"}'
    bad = {
        b"": "không phải JSON",
        b"{": "không phải JSON",
        b"\xff\xfe": "không phải JSON",
        b"[" * 100_000: "không phải JSON",
        b"[1]": "phải là một đối tượng JSON",
        b'{"received": "2022-08-01", "limit": true, "unit": "day"}': "Thời hạn phải là một số",
        b'{"received": "2022-08-01", "limit": NaN, "unit": "day"}': "Thời hạn phải là một số",
        b'{"received": 20220801, "limit": 5, "unit": "day"}': "“received” phải là chữ",
        b'{"received": "2022-08-01", "limit": 5, "unit": "day", "stop": "2022-08-02.."}': "phải là danh sách",
        b'{"received": "2022-08-01", "limit": 5, "unit": "day", "stops": []}': "Không có thông tin “stops”",
        b'{"received": "2027-08-01", "limit": 5, "unit": "day"}': "năm 2027",
    }
    answers, failure = lines(monkeypatch, [good, *bad, good])
    assert answers[0] == answers[-1]
    assert answers[0]["due"] == "2022-08-08"
    for answer, message in zip(answers[1:-1], bad.values(), strict=True):
        assert message in answer["error"]
    assert failure == "11 dòng không tính được; xem “error” ở từng dòng."


@pytest.mark.django_db(transaction=True)
def test_the_real_command_answers_and_exits_1_on_failure() -> None:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": urlunsplit(address)}
    command = [sys.executable, "manage.py", "due", "--stdin"]
    question = '{"received": "2022-08-01", "limit": 5, "unit": "working_day"}\n'
    done = subprocess.run(command, cwd=ROOT, env=environment, input=question, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["due"]) == (0, "2022-08-08"), done.stderr
    failed = subprocess.run(
        command, cwd=ROOT, env=environment, input=question + "x\n", capture_output=True, text=True, check=False
    )
    assert failed.returncode == 1
    assert len(failed.stdout.splitlines()) == 2
    assert "1 dòng không tính được" in failed.stderr
