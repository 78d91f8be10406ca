"""Loading the calendar: whole, once, and the same in SQL as in Python."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.factories.worktime import calendar_rows, load_calendar, real_calendar
from worktime.models import CalendarDay, CalendarYear, WorkDate
from worktime.rules import CalendarMissing
from worktime.selectors import calendar, working_days
from worktime.services import CalendarRowsError, calendar_load

pytestmark = pytest.mark.django_db


def test_a_first_load_brings_every_day_and_year() -> None:
    load = load_calendar()
    assert load.changed
    assert load.years == tuple(range(2018, 2027))
    assert len(load.added) == len(calendar_rows()) == CalendarDay.objects.count() == 132
    assert CalendarYear.objects.count() == 9
    assert load.as_body()["added"][0] == "2018-01-01"


def test_the_same_rows_again_change_nothing() -> None:
    load_calendar()
    load = load_calendar()
    assert not load.changed
    assert (load.added, load.removed, load.altered) == ((), (), ())


def test_a_swapped_day_is_reported_and_counted_from_then_on() -> None:
    load_calendar()
    rows = [row for row in calendar_rows() if row.date not in {date(2026, 8, 22), date(2026, 8, 31)}]
    renamed = [replace(row, name="Quốc khánh 2/9") if row.date == date(2026, 9, 2) else row for row in rows]
    load = calendar_load(rows=renamed, actor="tests")
    assert (load.added, load.removed, load.altered) == ((), (date(2026, 8, 22), date(2026, 8, 31)), (date(2026, 9, 2),))
    assert calendar().is_working(date(2026, 8, 31))
    assert WorkDate.objects.get(date=date(2026, 8, 31)).working
    assert not WorkDate.objects.get(date=date(2026, 8, 22)).working


def test_the_sql_table_equals_the_python_calendar_on_every_day() -> None:
    load_calendar()
    found = {row.date: (row.ordinal, row.working) for row in WorkDate.objects.all()}
    python = real_calendar()
    assert len(found) == 3287
    for day, pair in found.items():
        assert pair == (python.ordinal(day), python.is_working(day)), day


def test_a_sql_join_gives_the_due_dates_of_python() -> None:
    """The n-th working day after each Monday, Saturday and holiday eve of 2022-2026, for short and long limits."""
    load_calendar()
    grid = [
        (day, n) for row in calendar_rows() if row.date.year in range(2022, 2026) for day in [row.date] for n in (1, 5, 30, 100)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ask.day, ask.n, due.date
            FROM unnest(%s::date[], %s::int[]) AS ask (day, n)
            JOIN worktime_workdate start ON start.date = ask.day
            JOIN worktime_workdate due ON due.working AND due.ordinal = start.ordinal + ask.n
            """,
            [[day for day, _ in grid], [n for _, n in grid]],
        )
        found = {(day, n): due for day, n, due in cursor.fetchall()}
    assert found == {(day, n): real_calendar().add_working_days(day, n) for day, n in grid}


def test_a_year_that_is_not_there_whole_is_refused_and_nothing_changes() -> None:
    load_calendar()
    extra = replace(calendar_rows()[0], date=date(2027, 1, 1))
    with pytest.raises(CalendarRowsError, match="năm 2027 chưa đủ: thiếu ngày lễ 30/04"):
        calendar_load(rows=[*calendar_rows(), extra], actor="tests")
    assert CalendarYear.objects.count() == 9


def test_a_missing_year_in_the_middle_is_refused() -> None:
    rows = [row for row in calendar_rows() if row.date.year != 2020]
    with pytest.raises(CalendarRowsError, match="năm 2020 chưa đủ"):
        calendar_load(rows=rows, actor="tests")


def test_a_day_with_two_rows_is_refused() -> None:
    with pytest.raises(CalendarRowsError, match="01/01/2018 có hai dòng"):
        calendar_load(rows=[*calendar_rows(), calendar_rows()[0]], actor="tests")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(CalendarRowsError, match="loại “makeup_workday” không có"):
        calendar_load(rows=[replace(calendar_rows()[0], kind="makeup_workday")], actor="tests")


def test_without_a_loaded_calendar_every_day_is_missing() -> None:
    with pytest.raises(CalendarMissing, match="2022"):
        calendar().is_working(date(2022, 11, 7))


def test_the_calendar_costs_two_queries_and_is_built_once(django_assert_num_queries: object) -> None:
    load_calendar()
    first = calendar()
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture has no public type
        second = calendar()
    assert second is first


def test_the_days_of_a_span_are_worked_as_the_calendar_says_and_cost_one_query(django_assert_num_queries: Any) -> None:
    load_calendar()
    span = [date(2022, 1, 1) + timedelta(days=number) for number in range(365)]
    with django_assert_num_queries(1):
        is_working = working_days(span[0], span[-1])
        assert {day: is_working(day) for day in span} == {day: real_calendar().is_working(day) for day in span}
    with pytest.raises(CalendarMissing):
        working_days(date(2030, 1, 1), date(2030, 1, 9))(date(2030, 1, 2))
