"""What is a delivery, what moment it describes, under which name it is put away."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from deliveries.rules.files import NAME_BYTES, Entry, described, is_finished, is_ready, names_to_put_away, shown
from tests.factories.worktime import at

NOW = at("2022-11-08 08:00")
SETTLES, SECOND = timedelta(seconds=30), timedelta(seconds=1)
ENTRY = Entry("so.csv", True, 9, written=at("2022-11-08 07:10"), arrived=at("2022-11-08 07:20"))


@pytest.mark.parametrize(("ago", "ready"), [(29, False), (30, True), (31, True), (-29, False), (-30, True)])
def test_a_file_is_whole_when_nobody_has_written_for_thirty_seconds_whichever_clock_wrote(ago: int, ready: bool) -> None:
    assert is_ready(replace(ENTRY, written=NOW - ago * SECOND), NOW, SETTLES) is ready


@pytest.mark.parametrize(
    ("name", "finished"),
    [
        ("so.csv", True),
        (".so.csv", False),
        ("so.csv.part", False),
        ("so.csv.PART", False),
        ("so.tmp", False),
        ("so.csv.filepart", False),
        ("so.csv.ket-qua.json", False),
        ("so.csv.ket-qua.txt", False),
        ("part.csv", True),
        ("tmp", True),
    ],
)
def test_hidden_unfinished_and_our_own_are_left(name: str, finished: bool) -> None:
    assert is_finished(name) is finished
    assert is_ready(replace(ENTRY, name=name), NOW, SETTLES) is finished


def test_what_is_no_plain_file_is_left() -> None:
    assert not is_ready(replace(ENTRY, regular=False), NOW, SETTLES)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("so-20221107-1700.csv", "2022-11-07 17:00"),
        ("so_2022-11-07_17h05.csv", "2022-11-07 17:05"),
        ("2022-11-07T17:00:30.json", "2022-11-07 17:00:30"),
        ("202211071700.csv", "2022-11-07 17:00"),
        ("20221107170030.csv", "2022-11-07 17:00:30"),
        ("minh-hoa-he-thong-cu-day-du-20221107-2300.xlsx", "2022-11-07 23:00"),
        ("so-20221107.csv", "2022-11-07 23:59:59"),
        ("so-2022-11-07.csv", "2022-11-07 23:59:59"),
        ("so-20221108.csv", "2022-11-08 07:20"),  # today: not later than it arrived
        ("so-20221109.csv", "2022-11-09 00:00"),  # still to come, and the intake says so
        ("tu-20221101-den-20221107.csv", "2022-11-07 23:59:59"),
        ("20221101-20221107.csv", "2022-11-07 23:59:59"),
        ("2022-11-01_2022-11-07.csv", "2022-11-07 23:59:59"),
        ("so-20221107-2.csv", "2022-11-07 23:59:59"),
        ("so-20221107-9999.csv", "2022-11-07 23:59:59"),
        ("so-20221107-20221399.csv", "2022-11-07 23:59:59"),
        ("so-20221399.csv", "2022-11-08 07:10"),  # no such day: when it was written
        ("so-2022-1107.csv", "2022-11-08 07:10"),
        ("so-2022110712345.csv", "2022-11-08 07:10"),
        ("000.00.16.H34-221107-0001.csv", "2022-11-08 07:10"),
        ("so.csv", "2022-11-08 07:10"),
    ],
)
def test_the_moment_described_is_the_last_one_in_the_name_else_when_it_was_written(name: str, moment: str) -> None:
    assert described(replace(ENTRY, name=name), NOW) == at(moment)


def test_read_again_later_a_file_of_today_describes_the_same_moment() -> None:
    entry = replace(ENTRY, name="so-20221108.csv")
    assert described(entry, NOW) == described(entry, NOW + 9 * SECOND)


def test_a_name_that_is_taken_gets_the_files_moment_before_it_then_a_number() -> None:
    names = list(islice(names_to_put_away("so.csv", ENTRY.written), 3))
    assert names == ["so.csv", "20221108-071000-so.csv", "20221108-071000-2-so.csv"]


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "ồ" * 83 + ".csv", "." * 255, "x." + "y" * 253])
def test_a_name_too_long_for_its_reports_is_cut_and_keeps_a_short_ending(name: str) -> None:
    for put in islice(names_to_put_away(name, ENTRY.written), 3):
        assert len(put.encode()) <= NAME_BYTES
        assert put.endswith(".csv") or not name.endswith(".csv")


def test_what_is_no_visible_text_in_a_name_is_shown_as_a_mark() -> None:
    assert shown("sổ 1.csv") == "sổ 1.csv"
    assert shown("a\nb\u202egpj.csv\udcff") == "a�b�gpj.csv�"
