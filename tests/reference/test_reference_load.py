"""The lists everything refers to, loaded by the operator's command from the real files."""

import json
import shutil
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.selectors import agencies_on
from directives.models import Directive, DirectiveFigure
from dossiers.models import Procedure, SourceSystem
from dossiers.rules import RULES_VERSION
from journal.models import Entry
from journal.rules import verify
from journal.selectors import entries_in_order, entry_text
from worktime.models import CalendarDay

pytestmark = pytest.mark.django_db

DATA: Path = settings.BASE_DIR / "data"
LETTER = date(2022, 11, 10)


def load(folder: Path = DATA) -> dict[str, Any]:
    out = StringIO()
    call_command("reference_load", "--folder", str(folder), "--format", "json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data", copy_function=shutil.copyfile))


def test_the_real_files_fill_every_list() -> None:
    answer = load()
    assert answer["changed"]
    assert agencies_on(LETTER).count() == 146
    assert CalendarDay.objects.count() == 132
    assert CalendarDay.objects.filter(kind="makeup").count() == 6
    assert Procedure.objects.count() == 90
    assert Directive.objects.count() == 4
    assert DirectiveFigure.objects.count() == 4
    assert dict(SourceSystem.objects.values_list("code", "name")) == {"old": "Hệ thống cũ", "new": "Hệ thống mới"}
    assert answer["lists"]["calendar"] == {"added": 132, "changed": 0, "removed": 0}


def test_a_second_run_changes_nothing_and_writes_no_entry() -> None:
    load()
    entries = Entry.objects.count()
    again = load()
    assert not again["changed"]
    assert Entry.objects.count() == entries
    out = StringIO()
    call_command("reference_load", stdout=out)
    assert out.getvalue().count("không đổi") == 6


def test_each_list_leaves_one_entry_in_a_whole_chain() -> None:
    load()
    assert [(entry.event, entry.subject) for entry in Entry.objects.all()] == [
        ("calendar_changed", "calendar"),
        ("reference_changed", "hệ thống nguồn"),
        ("reference_changed", "đơn vị"),
        ("reference_changed", "thủ tục hành chính"),
        ("reference_changed", "công văn"),
        ("rules_changed", RULES_VERSION),
    ]
    assert verify(entries_in_order()).ok


def test_what_a_correction_changed_stands_in_the_journal_field_by_field(folder: Path) -> None:
    load(folder)
    path = folder / "procedures.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Thủ tục đăng ký khai sinh,", "Đăng ký khai sinh,"), encoding="utf-8"
    )
    assert load(folder)["lists"]["procedures"] == {"added": 0, "changed": 1, "removed": 0}
    entry = Entry.objects.order_by("-seq")[0]
    assert json.loads(entry.body)["changed"] == {"1.001193": {"name": ["Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"]}}
    assert entry_text(entry) == "manage.py reference_load cập nhật danh mục: thủ tục hành chính."


def test_a_new_version_of_the_rules_is_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    monkeypatch.setattr("kontum_tthc.reference.RULES_VERSION", "2027-1")
    assert load()["lists"]["rules"]["changed"] == 1
    assert not load()["changed"]
    assert entry_text(Entry.objects.order_by("-seq")[0]) == f"Phiên bản quy tắc đổi từ {RULES_VERSION} sang 2027-1."


def test_units_of_time_are_kept_and_a_missing_limit_is_unstated() -> None:
    load()
    assert set(Procedure.objects.filter(time_unit="unstated").values_list("code", "time_limit")) == {
        ("2.000635", None),
        ("2.000751", None),
        ("2.002622", None),
    }
    birth, mediation = Procedure.objects.get(code="1.001193"), Procedure.objects.get(code="1.012812")
    assert (birth.time_limit, birth.time_unit) == (Decimal(1), "working_day")
    assert (mediation.time_limit, mediation.time_unit) == (Decimal(30), "day")


def test_what_is_inferred_or_unverified_says_so_in_vietnamese() -> None:
    load()
    new_year, exchange = CalendarDay.objects.get(date="2018-01-01"), Procedure.objects.get(code="1.004199")
    assert (new_year.verified, new_year.remark) == (False, "theo luật; chưa đối chiếu thông báo nghỉ lễ")
    assert (exchange.verified, exchange.source) == (False, "chưa tìm được nguồn")
    assert "phải kiểm tra trước khi dùng" in exchange.remark
    remarks = [*CalendarDay.objects.values_list("remark", flat=True), *Procedure.objects.values_list("remark", flat=True)]
    remarks += agencies_on(date(2025, 7, 1)).values_list("remark", flat=True)
    english = ("inferred", "recalled", "verify", "not ", "code ", "seen")
    assert [remark for remark in remarks if any(word in remark for word in english)] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("procedures.csv", "time_value", "thoi_han", r"procedures.csv không đúng mẫu.*time_value"),
        ("holidays_2018_2026.csv", "2018-01-01", "01/01/2018", r"holidays_2018_2026.csv không đúng mẫu.*01/01/2018"),
        ("holidays_2018_2026.csv", "2022-09-02,", "2022-09-03,", r"Lịch nghỉ năm 2022 chưa đủ|Ngày 03/09/2022 có hai dòng"),
        ("directives.json", '"KT-BQLKKT"', '"KT-KHAC"', r"Công văn 3812/UBND-TTHCC nêu mã đơn vị.*KT-KHAC"),
    ],
)
def test_a_spoiled_file_is_refused_in_vietnamese_and_nothing_changes(
    folder: Path, name: str, old: str, new: str, says: str
) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError, match=says):
        load(folder)
    assert not Entry.objects.exists()
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("holidays_2018_2026.csv", "", "không có dòng nào"),
        ("holidays_2018_2026.csv", "date,kind,name,source,confirmed\n", "không có dòng nào"),
        ("agency_aliases.csv", "", "không có dòng nào"),
        ("directives.json", "[]", "không có dòng nào"),
        ("directives.json", "[1]", "không đúng mẫu"),
        ("directives.json", "{", "không đúng mẫu"),
    ],
)
def test_a_file_that_lost_its_content_empties_no_list(folder: Path, name: str, text: str, says: str) -> None:
    load()
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=f"Tệp {name} .*{says}"):
        load(folder)
    assert not load()["changed"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Không mở được tệp holidays_2018_2026.csv"):
        load(tmp_path)
