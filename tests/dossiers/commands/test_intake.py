"""``manage.py intake``: one JSON object, an exit code, and the same rules as the page."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from dossiers.models import Dossier, ImportBatch
from tests.factories.intake import NOW, csv_file, make_world, row
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None, settings: Settings) -> None:
    settings.CLOCK_PINNED_AT = NOW
    make_world()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sổ.csv"
    path.write_bytes(csv_file([row(1), row(2, status="?"), row(3, officer=" Bình ")]).getvalue())
    return path


def run(*arguments: str | Path) -> dict[str, object]:
    out = io.StringIO()
    call_command("intake", *map(str, arguments), "--format", "json", stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_it_answers_one_object_with_counts_and_issues(file: Path) -> None:
    answer = run(file, "--system", "old")
    batch = ImportBatch.objects.get()
    assert answer["batch"] == batch.pk
    counts = ("status", "new", "changed", "unchanged", "rejected", "repaired", "stale", "vanished")
    assert [answer[name] for name in counts] == ["done", 2, 0, 0, 1, 1, 0, 0]
    issues = answer["issues"]
    assert isinstance(issues, list)
    (issue,) = issues  # repairs are counted, not listed
    assert (issue["kind"], issue["line"], issue["column"], issue["value"], issue["reason"]) == (
        "reject",
        3,
        "Trạng thái",
        "?",
        "status_unknown",
    )
    assert issue["message"].startswith("Dòng 3, cột Trạng thái")
    assert (batch.kind, batch.data_as_of, batch.file_name) == ("full", NOW, "sổ.csv")


def test_the_same_file_again_changes_nothing(file: Path) -> None:
    first = run(file, "--system", "old", "--data-as-of", "2022-11-07T17:00")
    again = run(file, "--system", "old", "--data-as-of", "2022-11-07T17:00")
    assert (again["batch"], again["status"]) == (first["batch"], "done")
    assert [again[name] for name in ("new", "changed", "unchanged", "rejected")] == [0, 0, 2, 1]
    assert "đã nhập" in str(again["message"])
    later = run(file, "--system", "old")
    assert [later[name] for name in ("new", "changed", "unchanged", "rejected")] == [0, 0, 2, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-11-07T17:00", "2022-11-07 17:00"),
        ("2022-11-07T10:00:00+00:00", "2022-11-07 17:00"),
        ("2022-11-07", "2022-11-07 23:59:59"),
        ("2022-11-08", "2022-11-08 08:00"),
    ],
)
def test_the_moment_is_vietnam_time_and_a_date_alone_is_its_end_but_never_the_future(
    file: Path, text: str, expected: str
) -> None:
    run(file, "--system", "old", "--data-as-of", text)
    assert ImportBatch.objects.get().data_as_of == at(expected)


def test_a_trial_answers_the_same_and_writes_nothing(file: Path) -> None:
    tried = run(file, "--system", "old", "--dry-run")
    assert (tried["batch"], tried["new"], tried["rejected"]) == (None, 2, 1)
    assert not ImportBatch.objects.exists()
    assert not Dossier.objects.exists()
    real = run(file, "--system", "old")
    assert {**real, "batch": None} == tried


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        (b"", [], "Tệp rỗng"),
        (b"<html><table>", [], "trang HTML"),
        (b"a,b\n1,2\n", [], "Không tìm thấy dòng tiêu đề"),
        (b"a,b\n1,2\n", ["--dry-run"], "Không tìm thấy dòng tiêu đề"),
        (b"a,b\n1,2\n", ["--data-as-of", "2022-11-09"], "sau hiện tại"),
    ],
)
def test_a_refused_file_still_answers_and_fails(tmp_path: Path, content: bytes, arguments: list[str], sentence: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    out = io.StringIO()
    with pytest.raises(CommandError, match=sentence):
        call_command("intake", str(path), "--system", "old", "--format", "json", *arguments, stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["status"] == "refused"
    assert sentence in answer["message"]
    assert (answer["new"], answer["changed"], answer["unchanged"], answer["rejected"], answer["issues"]) == (0, 0, 0, 0, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["không có.csv", "--system", "old"], "Không mở được tệp"),
        (["thư mục", "--system", "old"], "không phải thư mục"),
        (["sổ.csv", "--system", "cũ"], "Ghi --system old .* hoặc --system new"),
        (["sổ.csv"], "Ghi --system old .* hoặc --system new"),
        (["--system", "old"], "Ghi đường dẫn của tệp cần nhập"),
        (["sổ.csv", "--system", "old", "--kind", "nửa"], "Ghi --kind full"),
        (["sổ.csv", "--system", "old", "--kind", "undo"], "Ghi --kind full"),
        (["sổ.csv", "--system", "old", "--data-as-of", "hôm qua"], "“hôm qua” không phải thời điểm ISO 8601"),
        (["sổ.csv", "--system", "old", "--data-as-of", "2022-13-45"], "ISO 8601"),
        (["sổ.csv", "--system", "old", "--data-as-of", "9999-12-31T23:59:59-12:00"], "ISO 8601"),
        (["sổ.csv", "--system", "old", "--data-as-of", ""], "ISO 8601"),
        (["sổ.csv", "--system", "old", "--data-as-of", "2022-11-08T08:01"], "08/11/2022 08:01 ở sau hiện tại"),
        (["sổ.csv", "--system", "old", "--data-as-of", "1022-11-07"], "ở trước năm 2000"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence_and_answered_as_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(file.parent)
    (file.parent / "thư mục").mkdir()
    out = io.StringIO()
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("intake", *arguments, "--format", "json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["status"], answer["batch"], answer["issues"]) == ("refused", None, [])
    assert answer["message"] == str(refused.value)
    assert refused.value.returncode == 1
    assert not ImportBatch.objects.exists()


def test_a_refusal_as_text_is_the_sentence_alone(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("intake", str(tmp_path / "x"), "--system", "old", stdout=out)
    assert out.getvalue() == ""


def test_as_text_it_reads_as_sentences(file: Path) -> None:
    out = io.StringIO()
    call_command("intake", str(file), "--system", "old", stdout=out)
    assert "2 mới, 0 thay đổi, 0 không đổi, 1 bị loại" in out.getvalue()
    assert "Dòng 3, cột Trạng thái" in out.getvalue()


def test_as_text_a_dossier_that_has_vanished_is_named(file: Path, tmp_path: Path) -> None:
    run(file, "--system", "old", "--data-as-of", "2022-11-07T17:00")
    later = tmp_path / "sau.csv"
    later.write_bytes(csv_file([row(1)]).getvalue())
    out = io.StringIO()
    call_command("intake", str(later), "--system", "old", stdout=out)
    (line,) = [line for line in out.getvalue().splitlines() if "vắng mặt trong bản đầy đủ" in line]
    assert line.startswith(f"Mã hồ sơ: '{row(3)['Mã hồ sơ']}'. Hồ sơ đang giải quyết nhưng")


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_file_that_waits_for_a_person_says_so_and_why(tmp_path: Path, options: list[str], settings: Settings) -> None:
    settings.INTAKE_HOLD_LEAST = 1
    whole, part = tmp_path / "du.csv", tmp_path / "thieu.csv"
    whole.write_bytes(csv_file(row(number) for number in range(1, 6)).getvalue())
    part.write_bytes(csv_file([row(1)]).getvalue())
    run(whole, "--system", "old", "--data-as-of", "2022-11-07T16:00")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"Chưa ghi gì: tệp chờ .* ít hơn bản trước \(5\) 4 dòng"):
        call_command("intake", str(part), "--system", "old", *options, "--format", "json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["status"], answer["unchanged"], answer["vanished"]) == ("held", 1, 4)
    assert ImportBatch.objects.count() == (1 if options else 2)
