"""What one cell means: dates as they really arrive, and nothing guessed."""

from datetime import datetime

import pytest

from dossiers.rules.cells import DATE_MARK, NUMBER_MARK, MomentError, clean, has_forbidden, moment, shown
from tests.factories.worktime import at
from worktime.rules import VIETNAM


@pytest.mark.parametrize(
    ("cell", "expected", "date_only"),
    [
        ("07/11/2022", "2022-11-07 00:00", True),
        ("07/11/2022 16:30", "2022-11-07 16:30", False),
        ("07/11/2022 16:30:15", "2022-11-07 16:30:15", False),
        ("20221107163015", "2022-11-07 16:30:15", False),
        (f"{NUMBER_MARK}20221107163015", "2022-11-07 16:30:15", False),
        ("2022-11-07T16:30:00.000+0700", "2022-11-07 16:30", False),
        ("2022-11-07T17:30:00.000+0000", "2022-11-08 00:30", False),
        (f"{DATE_MARK}2022-11-07", "2022-11-07 00:00", True),
        (f"{DATE_MARK}2022-11-07T16:30:00", "2022-11-07 16:30", False),
    ],
)
def test_the_usual_forms_are_read_without_remark(cell: str, expected: str, date_only: bool) -> None:
    found = moment(cell)
    assert found == (at(expected), date_only, "")
    assert found.at.utcoffset() == at(expected).utcoffset()


@pytest.mark.parametrize(
    ("cell", "expected", "reason"),
    [
        ("7/11/2022", "2022-11-07 00:00", "date_written"),
        ("7/11/22", "2022-11-07 00:00", "date_written"),
        ("07.11.22", "2022-11-07 00:00", "date_written"),
        ("07/11/2022 16h30", "2022-11-07 16:30", "date_written"),
        ("Ngày 07 tháng 11 năm 2022", "2022-11-07 00:00", "date_written"),
        ("16h30 07/11/2022", "2022-11-07 16:30", "date_written"),
        ("16:30 ngày 07/11/2022", "2022-11-07 16:30", "date_written"),
        ("07.11.2022", "2022-11-07 00:00", "date_written"),
        ("07-11-2022 16:30", "2022-11-07 16:30", "date_written"),
        ("2022-11-07", "2022-11-07 00:00", "date_written"),
        ("2022-11-07 16:30:00", "2022-11-07 16:30", "date_written"),
        ("2022-11-07T163000", "2022-11-07 16:30", "date_written"),
        ("2022-11-07T16:30:00,000", "2022-11-07 16:30", "date_written"),
        ("44872", "2022-11-07 00:00", "date_serial"),
        (f"{NUMBER_MARK}44872", "2022-11-07 00:00", "date_serial"),
        (f"{NUMBER_MARK}44872.75", "2022-11-07 18:00", "date_serial"),
    ],
)
def test_other_forms_are_repaired_and_say_so(cell: str, expected: str, reason: str) -> None:
    found = moment(cell)
    assert (found.at, found.repaired) == (at(expected), reason)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/02/2022", "date_impossible"),
        ("00/00/0000", "date_impossible"),
        ("20221399000000", "date_impossible"),
        ("07/11/2022 25:00", "date_impossible"),
        ("13/25/2022", "date_impossible"),
        ("07/11/1999", "date_year"),
        ("07/11/2202", "date_year"),
        (f"{DATE_MARK}1900-01-01", "date_year"),
        (f"{NUMBER_MARK}0", "date_year"),
        (f"{NUMBER_MARK}1e300", "date_impossible"),
        ("hôm qua", "date_unreadable"),
        ("16h30 07/11", "date_unreadable"),
        ("30/02/22", "date_impossible"),
        ("07/11/2022 chiều", "date_unreadable"),
        ("1.234.567", "date_unreadable"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(cell: str, reason: str) -> None:
    with pytest.raises(MomentError) as refused:
        moment(cell)
    assert refused.value.reason == reason


def test_every_day_of_a_leap_year_survives_the_way_through_text_and_serial() -> None:
    for serial in range(44562, 44562 + 366):
        by_serial = moment(f"{NUMBER_MARK}{serial}").at
        assert moment(f"{by_serial:%d/%m/%Y}").at == by_serial
        assert moment(f"{by_serial:%Y%m%d%H%M%S}").at == by_serial
    assert by_serial == datetime(2023, 1, 1, tzinfo=by_serial.tzinfo)


def test_text_is_composed_trimmed_and_freed_of_what_cannot_be_seen() -> None:
    decomposed = "UBND huyện Đăk Tô"
    assert clean(decomposed) == "UBND huyện Đăk Tô"
    assert clean("  Đang\u00a0xử\u200b lý\ufeff \n") == "Đang xử lý"
    assert clean("plain  text ") == "plain text"


def test_marks_are_never_shown_and_control_characters_are_noticed() -> None:
    assert shown(f"{NUMBER_MARK}5") == "5"
    assert shown("5") == "5"
    assert has_forbidden("a\x00b")
    assert has_forbidden("a\u202eb")
    assert has_forbidden("a\ufffdb")
    assert not has_forbidden("Đăk Tô\tvà\nKon Tum")


@pytest.mark.parametrize(
    ("near", "year"), [("2022-11-10", 2022), ("2023-01-15", 2022), ("2022-04-01", 2021), ("2022-05-20", 2022)]
)
def test_a_date_without_a_year_is_in_the_nearest_one(near: str, year: int) -> None:
    found = moment("16h30 07/11", datetime.fromisoformat(near).replace(tzinfo=VIETNAM))
    assert (found.at.year, found.repaired) == (year, "date_written")


def test_months_come_first_where_the_whole_column_says_so() -> None:
    assert moment("11/07/2022", month_first=True) == moment("07/11/2022")._replace(repaired="date_month_first")
    assert moment("11/25/2022 08:15", month_first=True).at == moment("25/11/2022 08:15").at
    with pytest.raises(MomentError):
        moment("25/11/2022", month_first=True)
