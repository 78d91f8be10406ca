"""The strip of days ahead: working days by the real calendar, days off by name between them, and how full each is."""

from datetime import date

import pytest

from reports.rules.strip import Stretch, last_ahead, strip
from tests.factories.worktime import real_calendar
from worktime.rules import WorkCalendar


def laid(first: date, last: date, counts: dict[date, int] | None = None) -> list[Stretch]:
    return strip(counts or {}, first=first, last=last, calendar=real_calendar())


def test_a_plain_week_has_five_days_and_one_weekend() -> None:
    days = laid(date(2022, 11, 7), date(2022, 11, 14))
    assert [(one.first.day, one.last.day, one.kind, one.names) for one in days] == [
        (7, 7, "work", ()),
        (8, 8, "work", ()),
        (9, 9, "work", ()),
        (10, 10, "work", ()),
        (11, 11, "work", ()),
        (12, 13, "off", ()),
        (14, 14, "work", ()),
    ]


def test_a_holiday_stands_by_its_name_together_with_the_weekend_after_it() -> None:
    days = laid(date(2022, 8, 31), date(2022, 9, 5))
    assert [(one.first.day, one.last.day, one.kind, one.names) for one in days] == [
        (31, 31, "work", ()),
        (1, 4, "off", ("Quốc khánh",)),
        (5, 5, "work", ()),
    ]


def test_tet_is_one_stretch_that_names_each_of_its_days_once() -> None:
    (before, tet, after) = laid(date(2023, 1, 19), date(2023, 1, 27))
    assert (before.kind, after.kind, tet.first, tet.last) == ("work", "work", date(2023, 1, 20), date(2023, 1, 26))
    assert len(tet.names) == len(set(tet.names)) == 7
    assert "Giao thừa Tết Nguyên Đán" in tet.names


def test_a_make_up_saturday_is_worked_and_named() -> None:
    days = laid(date(2024, 5, 3), date(2024, 5, 6))
    assert [(one.first.day, one.kind, one.names) for one in days] == [
        (3, "work", ()),
        (4, "makeup", ("Làm bù cho 29/04/2024",)),
        (5, "off", ()),
        (6, "work", ()),
    ]


def test_a_day_off_on_which_something_falls_due_stands_alone() -> None:
    days = laid(date(2022, 9, 1), date(2022, 9, 4), {date(2022, 9, 2): 3})
    assert [(one.first.day, one.last.day, one.kind, one.names, one.count) for one in days] == [
        (1, 1, "off", ("Quốc khánh",), 0),
        (2, 2, "off", ("Quốc khánh",), 3),
        (3, 4, "off", (), 0),
    ]


def test_the_load_is_a_share_of_the_busiest_day() -> None:
    counts = {date(2022, 11, 7): 3, date(2022, 11, 8): 12, date(2022, 11, 10): 1}
    assert [one.load for one in laid(date(2022, 11, 7), date(2022, 11, 10), counts)] == [25, 100, 0, 8]
    assert [one.load for one in laid(date(2022, 11, 7), date(2022, 11, 8))] == [0, 0]


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        ("2022-11-10", "2022-11-24"),
        ("2022-08-26", "2022-09-13"),  # the national day in between
        ("2023-01-12", "2023-02-02"),  # Tết in between
        ("2024-04-24", "2024-05-10"),  # four days off, one Saturday worked
        ("2022-12-30", "2023-01-16"),  # over the year's end
    ],
)
def test_ten_working_days_ahead_go_by_the_real_calendar(as_of: str, last: str) -> None:
    found = last_ahead(date.fromisoformat(as_of), real_calendar())
    assert found == date.fromisoformat(last)
    ahead = strip({}, first=date.fromisoformat(as_of), last=found, calendar=real_calendar())
    assert len([one for one in ahead[1:] if one.kind != "off"]) == 10


def test_near_the_end_of_the_loaded_years_it_ends_with_them() -> None:
    plain = WorkCalendar.build([2022], {}, {})
    assert last_ahead(date(2022, 12, 15), plain) == date(2022, 12, 29)
    assert last_ahead(date(2022, 12, 21), plain) == date(2022, 12, 31)
