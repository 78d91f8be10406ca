"""The operators' commands from files to ranking, as someone would use them who knows only what they promise."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dossiers.models import Procedure
from kontum_tthc.reference import reference_load
from kontum_tthc.stack import PROJECT
from tests.databases import empty_database
from tests.factories.intake import national, national_file, row, xlsx_file
from tests.flows import handmade
from tests.flows.handmade import DAY, FIRST, LAST, NIGHTS, Extract, Overdue

Answer = dict[str, Any]
Door = Callable[..., Answer]
SEEDS = [1, 2]


def door(name: str, *arguments: object) -> Answer:
    out = StringIO()
    call_command(name, *map(str, arguments), "--format", "json", stdout=out)
    return one_object(out.getvalue())


def one_object(text: str) -> Answer:
    answer = json.loads(text)  # anything beside the one object, a line of a log for instance, is an error
    assert isinstance(answer, dict)
    return answer


# Footnote 1 of Công văn 3812 in small: 608 has 3 + 2, 612 has 2 + 1, each beside one of every kind that does not count

RECEIVED = "17/10/2022"
OLD = [  # code, unit, promised, status, finished, stopped from; what counts on 07/11 first
    ("C1", "UBND thành phố Kon Tum", "26/10/2022", "Đang xử lý", "", ""),
    ("C2", "UBND TP Kon Tum", "04/11/2022", "Được tiếp nhận", "", ""),
    ("C3", "UBND thành phố Kon Tum", "26/10/2022", "Yêu cầu bổ sung giấy tờ", "", "27/10/2022"),  # asked when already late
    ("D1", "UBND huyện Đăk Tô", "06/11/2022", "4", "", ""),  # due on a Sunday, late on Monday
    ("D2", "UBND huyện Đắk Tô", "26/10/2022", "Đang xử lý", "", ""),
    ("W1", "UBND phường Quang Trung", "26/10/2022", "Đang xử lý", "", ""),  # a ward of 608
    ("N1", "UBND thành phố Kon Tum", "07/11/2022", "Đang xử lý", "", ""),  # due today
    ("N2", "UBND thành phố Kon Tum", "26/10/2022", "Yêu cầu bổ sung giấy tờ", "", "26/10/2022"),  # asked on the due date
    ("N3", "UBND thành phố Kon Tum", "26/10/2022", "Đã trả kết quả", "07/11/2022", ""),  # late, but over today
    ("N4", "UBND huyện Đăk Tô", "26/10/2022", "Dừng xử lý", "01/11/2022", ""),
    ("N5", "UBND huyện Đăk Tô", "26/10/2022", "Mới đăng ký", "", ""),
    ("N6", "UBND huyện Đăk Tô", "26/10/2022", "Công dân yêu cầu rút hồ sơ", "25/10/2022", ""),
]
NEW = [
    ("C1", "UBND thành phố Kon Tum", "20221026170000", "4"),  # the code of an old one: another dossier
    ("C8", "UBND thành phố Kon Tum", "20221106235959", "2"),
    ("D8", "UBND huyện Đăk Tô", "20221026170000", "6"),  # a financial stop without a date, first seen when late
    ("N8", "UBND huyện Đăk Tô", "20221107000000", "4"),
    ("N9", "UBND thành phố Kon Tum", "20221026170000", "3"),
]
OWN = [(1, "608", 3, 2, 5), (2, "612", 2, 1, 3), (3, "23281", 1, 0, 1)]
AREA = [(1, "608", 4, 2, 6), (2, "612", 2, 1, 3), (3, "23281", 1, 0, 1)]
TOTAL = {"old": 6, "new": 3, "total": 9}


@pytest.fixture(scope="module")
def command() -> Iterator[Door]:
    """``manage.py`` as a program, with a database of its own that starts empty."""
    with empty_database() as address:
        env = {**os.environ, "DATABASE_URL": address, "KONTUM_HOSTS": "localhost"}

        def opened(*arguments: object) -> Answer:
            program = [sys.executable, "manage.py", *map(str, arguments)]
            ended = subprocess.run(program, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
            assert (ended.returncode, ended.stderr) == (0, "")
            return one_object(ended.stdout) if "--format" in arguments else {}

        opened("migrate", "--verbosity", "0")
        yield opened


def test_two_files_a_night_and_a_ranking_from_an_empty_database(command: Door, tmp_path: Path) -> None:
    old, new = tmp_path / "sổ theo dõi.xlsx", tmp_path / "đồng bộ.json"
    columns = ("code", "agency", "due", "status", "finished", "stop_from")
    register: list[Answer] = [dict(zip(columns, line, strict=True)) for line in OLD]
    old.write_bytes(xlsx_file([row(received=RECEIVED, **line) for line in register]).getvalue())
    fields = ("MaHoSo", "DonViXuLy", "NgayHenTra", "TrangThaiHoSo")
    body: list[Answer] = [dict(zip(fields, line, strict=True)) for line in NEW]
    new.write_bytes(national_file([national(**item) for item in body]).getvalue())
    as_json, moment = ("--format", "json"), ("--data-as-of", "2022-11-07T18:00")
    command("reference_load", *as_json)
    taken = [command("intake", file, "--system", system, *moment, *as_json) for file, system in ((old, "old"), (new, "new"))]
    assert [(answer["status"], answer["new"], answer["rejected"]) for answer in taken] == [("done", 12, 0), ("done", 5, 0)]
    (night,) = command("nightly", "--as-of", "2022-11-07", *as_json)["runs"]
    assert (night["as_of"], night["status"], night["overdue"]) == ("2022-11-07", "done", 9)
    for scope, expected in (("own", OWN), ("area", AREA)):
        ranked = command("ranking", "--as-of", "2022-11-07", "--scope", scope, *as_json)
        keys = ("rank", "agency", "old", "new", "total")
        assert [tuple(unit[key] for key in keys) for unit in ranked["rows"][:3]] == expected
        assert {unit["total"] for unit in ranked["rows"][3:]} == {0}
        assert (ranked["as_of"], ranked["scope"], ranked["total"]) == ("2022-11-07", scope, TOTAL)
    told = command("explain", "C1", "--system", "new", *as_json)
    verdict = {"as_of": "2022-11-07", "state": "overdue", "calendar_days": 12, "working_days": 8}
    assert (told["agency"], told["verdict"]) == ("608", verdict)
    proof = command("journal_verify", *as_json)
    assert (proof["ok"], proof["entries"]) == (True, 6 + 2 + 1)  # reference data, two imports, one night


# Nights over a fortnight of files equal a count by hand


@pytest.fixture
def province(db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"
    settings.CLOCK_PINNED_AT = datetime.fromisoformat("2022-11-10T07:30:00+07:00")
    reference_load(folder=settings.BASE_DIR / "data", actor="tests")
    limit = {"time_limit": 4, "time_unit": "working_hour", "verified": True}
    Procedure.objects.create(code=handmade.HOURS, name="Trả trong buổi", field="Hộ tịch", level="xã", source="tests", **limit)


class Told:
    """A story's files, taken in by day."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.extracts = handmade.story(seed)
        self._folder, self._chance, self._taken = folder, random.Random(seed), 0

    def up_to(self, day: date) -> None:
        while self._taken < len(self.extracts) and self.extracts[self._taken].day <= day:
            take(self.extracts[self._taken], self._folder, self._chance)
            self._taken += 1


@pytest.fixture
def told(province: None, tmp_path: Path, request: pytest.FixtureRequest) -> Told:
    return Told(request.param, tmp_path)


every_seed = pytest.mark.parametrize("told", SEEDS, indirect=True)


def take(extract: Extract, folder: Path, chance: random.Random) -> None:
    path = handmade.write(extract, folder, chance)
    options = ("--system", extract.system, "--kind", extract.kind, "--data-as-of", extract.at.isoformat())
    answer = door("intake", path, *options)
    assert (answer["rejected"], answer["stale"]) == (0, 0), answer["issues"]
    assert answer["new"] + answer["changed"] + answer["unchanged"] == len(extract.told)
    again = door("intake", path, *options)
    assert (again["batch"], again["new"], again["changed"]) == (answer["batch"], 0, 0)


def ranked(night: date, *options: str) -> tuple[Overdue, Answer]:
    answer = door("ranking", "--as-of", night, *options)
    rows = answer["rows"]
    totals = [unit["total"] for unit in rows]
    assert [unit["rank"] for unit in rows] == [1 + sum(other > total for other in totals) for total in totals]
    assert all(unit["total"] == unit["old"] + unit["new"] for unit in rows)
    figures = Counter({(unit["agency"], system): unit[system] for unit in rows for system in ("old", "new")})
    return +figures, answer["total"]


def equal_by_hand(extracts: list[Extract]) -> None:
    for night in NIGHTS:
        own = handmade.overdue(extracts, night)
        by_system = {system: sum(count for (_, of), count in own.items() if of == system) for system in ("old", "new")}
        total = {**by_system, "total": sum(by_system.values())}
        assert ranked(night) == (own, total), night
        assert ranked(night, "--scope", "area") == (handmade.over_area(own), total), night


def nights(*options: object) -> list[str]:
    return [run["as_of"] for run in door("nightly", *options)["runs"]]


def isoformats(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]


def test_the_stories_say_everything_a_source_can_say() -> None:
    """Otherwise the equalities below prove little."""
    extracts = [extract for seed in SEEDS for extract in handmade.story(seed)]
    cases = {case for extract in extracts for case in extract.told}
    late = {case for case in cases if case.late(LAST)}
    assert {case.status for case in cases} == {3, 4, 5, 7, 8, 9, 10}
    assert {(case.hourly, case.promise is None) for case in late} == {(False, False), (False, True), (True, False)}
    asked = [(case.stops[-1][0] - case.promise).days for case in cases if case.status == 5 and case.promise]
    assert min(asked) < 0 < max(asked)
    assert 0 in asked
    assert {(extract.system, extract.kind) for extract in extracts} == {(s, k) for s in ("old", "new") for k in ("full", "delta")}
    assert min(sum(handmade.overdue(handmade.story(seed), night).values()) for seed in SEEDS for night in NIGHTS) > 10


@every_seed
def test_nights_on_time_rank_as_counted_by_hand(told: Told) -> None:
    told.up_to(max(handmade.BEGINS.values()))
    for night in NIGHTS:
        told.up_to(night)
        assert nights("--as-of", night) == isoformats([night])
    equal_by_hand(told.extracts)


@every_seed
def test_missed_nights_are_filled_in_order_and_rank_as_counted_by_hand(told: Told) -> None:
    told.up_to(NIGHTS[4])
    assert nights("--as-of", FIRST, "--until", NIGHTS[4]) == isoformats(NIGHTS[:5])
    told.up_to(LAST)
    assert nights("--as-of", NIGHTS[8]) == isoformats(NIGHTS[5:9])  # three were missed
    assert nights() == isoformats(NIGHTS[9:])  # up to the day that ended last
    equal_by_hand(told.extracts)


@pytest.mark.parametrize("told", SEEDS[:1], indirect=True)
def test_a_night_run_again_changes_nothing_even_when_more_is_known(told: Told) -> None:
    told.up_to(NIGHTS[5])
    runs = door("nightly", "--as-of", FIRST, "--until", NIGHTS[5])
    before = [ranked(night, "--scope", "area") for night in NIGHTS[:6]]
    told.up_to(LAST)
    entries = door("journal_verify")["entries"]
    assert door("nightly", "--as-of", FIRST, "--until", NIGHTS[5]) == runs
    assert [ranked(night, "--scope", "area") for night in NIGHTS[:6]] == before
    assert door("journal_verify")["entries"] == entries


# What else the doors promise


@pytest.fixture
def two_late(province: None, tmp_path: Path) -> Path:
    """C1 and C2 of the new system, due on 26/10."""
    path = tmp_path / "đồng bộ.json"
    items = [national(MaHoSo=code, NgayTiepNhan="20221017080000", NgayHenTra="20221026170000") for code in ("C1", "C2")]
    path.write_bytes(national_file(items).getvalue())
    return path


def late_on(night: str) -> int:
    nights("--as-of", night)
    total: int = door("ranking", "--as-of", night)["total"]["new"]
    return total


def test_progress_events_end_and_stop_dossiers(two_late: Path, tmp_path: Path) -> None:
    door("intake", two_late, "--system", "new", "--data-as-of", "2022-10-25T20:00")
    events = tmp_path / "tiến độ.json"
    asked, done = (datetime.fromisoformat(text) for text in ("2022-10-26T15:00", "2022-10-28T09:00"))
    events.write_bytes(handmade.progress_file([("C1", 9, done), ("C2", 5, asked), ("C2", 4, done + 2 * DAY)]))
    answer = door("intake", events, "--system", "new", "--kind", "delta", "--data-as-of", "2022-10-30T20:00")
    assert (answer["changed"], answer["rejected"]) == (2, 0)
    assert (late_on("2022-10-30"), late_on("2022-11-01")) == (1, 1)
    assert door("explain", "C1", "--system", "new")["verdict"]["state"] == "done_late"
    assert door("explain", "C2", "--system", "new")["verdict"]["state"] == "overdue"  # the promise did not move


def test_all_files_of_the_first_day_are_known_to_a_night_before_it(two_late: Path, tmp_path: Path) -> None:
    """As when both come in one after the other without ``--data-as-of``."""
    door("intake", two_late, "--system", "new", "--data-as-of", "2022-11-09T08:00")
    more = tmp_path / "bổ sung.json"
    course: Answer = {"NgayTiepNhan": "20221017080000", "NgayHenTra": "20221026170000", "NgayKetThucXuLy": "20221028090000"}
    done = national(MaHoSo="C1", TrangThaiHoSo="9", **course)
    more.write_bytes(national_file([done, national(MaHoSo="C3"), national(MaHoSo="C4")]).getvalue())
    answer = door("intake", more, "--system", "new", "--kind", "delta", "--data-as-of", "2022-11-09T08:01")
    assert (answer["new"], answer["changed"]) == (2, 1)
    assert [late_on(night) for night in ("2022-10-27", "2022-10-28", "2022-11-01")] == [2, 1, 3]


def test_an_older_extract_is_set_aside_and_no_night_counts_it(two_late: Path, tmp_path: Path) -> None:
    door("intake", two_late, "--system", "new", "--data-as-of", "2022-11-01T20:00")
    older = tmp_path / "cũ hơn.json"
    older.write_bytes(national_file([national(MaHoSo="C1", TrangThaiHoSo="9", NgayKetThucXuLy="20221025090000")]).getvalue())
    answer = door("intake", older, "--system", "new", "--kind", "delta", "--data-as-of", "2022-10-31T20:00")
    assert (answer["stale"], answer["new"], answer["changed"]) == (1, 0, 0)
    assert (late_on("2022-10-31"), late_on("2022-11-01")) == (2, 2)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("intake {file} --system old", "manage.py reference_load"),
        ("nightly --as-of 2022-11-07", "Chưa nạp lịch nghỉ năm 2022"),
        ("ranking", "Hãy nhập tệp rồi chạy rà soát đêm"),
        ("due --received 2022-08-01 --limit 5 --unit working_day", "Chưa nạp lịch nghỉ năm 2022"),
        ("explain C1 --system old", "Không có hồ sơ “C1”"),
    ],
)
@pytest.mark.django_db
def test_a_door_opened_before_the_reference_data_says_what_is_missing(tmp_path: Path, line: str, sentence: str) -> None:
    file = tmp_path / "sổ.xlsx"
    file.write_bytes(xlsx_file([row()]).getvalue())
    with pytest.raises(CommandError, match=sentence):
        call_command(*line.format(file=file).split())
