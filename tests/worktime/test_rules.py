"""The calendar and the office clock against a naive walk and at their edges."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.worktime import at, calendar_rows, real_calendar
from worktime.rules import (
    OFFICE_HOURS,
    VIETNAM,
    CalendarMissing,
    OfficeHours,
    WorkCalendar,
    add_working_hours,
    effective_start,
    end_of_day,
    in_vietnam,
    working_time_between,
)

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
KINDS = {row.date: row.kind for row in calendar_rows()}
days = st.dates(FIRST, LAST)
ONE = timedelta(days=1)


def naively_working(day: date) -> bool:
    """R3 in the law's words, from the rows alone."""
    return KINDS[day] == "makeup" if day in KINDS else day.weekday() < 5


def walk(day: date, count: int) -> date | None:
    """Step day by day to the count-th working day after ``day``; None when the years end first."""
    while count:
        day += ONE
        if day > LAST:
            return None
        count -= naively_working(day)
    return day


@given(days, st.integers(1, 400))
def test_adding_working_days_equals_walking_day_by_day(day: date, count: int) -> None:
    expected = walk(day, count)
    if expected is None:
        with pytest.raises(CalendarMissing) as missing:
            real_calendar().add_working_days(day, count)
        assert missing.value.year == 2027
    else:
        assert real_calendar().add_working_days(day, count) == expected


@given(days, days)
def test_working_days_between_equals_counting_day_by_day(a: date, b: date) -> None:
    a, b = min(a, b), max(a, b)
    walked = sum(naively_working(a + ONE * n) for n in range(1, (b - a).days + 1))
    assert real_calendar().working_days_between(a, b) == walked
    assert real_calendar().working_days_between(b, a) == -walked


def test_every_day_of_nine_years_is_worked_exactly_when_the_rows_say() -> None:
    calendar = real_calendar()
    day = FIRST
    while day <= LAST:
        assert calendar.is_working(day) == naively_working(day)
        assert (calendar.off_reason(day) is None) == naively_working(day)
        day += ONE
    assert calendar.ordinal(LAST) == sum(naively_working(FIRST + ONE * n) for n in range((LAST - FIRST).days + 1))


@given(days)
def test_an_ordinal_leads_back_to_its_working_day(day: date) -> None:
    calendar = real_calendar()
    if calendar.is_working(day):
        assert calendar.date_of_ordinal(calendar.ordinal(day)) == day
        assert calendar.next_working(day) == day
        assert calendar.add_working_days(day, 0) == day


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2022-08-06", "saturday"),
        ("2022-08-07", "sunday"),
        ("2022-09-02", "Quốc khánh"),
        ("2018-02-17", "Mùng hai Tết Nguyên Đán"),
        ("2022-04-11", "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        ("2022-08-08", None),
        ("2025-04-26", None),
    ],
)
def test_a_day_off_says_why(day: str, reason: str | None) -> None:
    assert real_calendar().off_reason(date.fromisoformat(day)) == reason


def test_a_makeup_saturday_is_worked_and_named() -> None:
    assert real_calendar().is_working(date(2025, 4, 26))
    assert real_calendar().makeup_name(date(2025, 4, 26)) == "Làm bù cho 02/05/2025"
    assert real_calendar().makeup_name(date(2025, 4, 25)) is None


def test_the_working_day_before_tet_comes_back_over_the_whole_holiday() -> None:
    assert real_calendar().add_working_days(date(2022, 2, 7), -1) == date(2022, 1, 28)


@pytest.mark.parametrize(("day", "year"), [(date(2017, 12, 31), 2017), (date(2027, 1, 1), 2027), (date(1970, 5, 5), 1970)])
def test_a_day_outside_the_loaded_years_names_its_year(day: date, year: int) -> None:
    calendar = real_calendar()
    for question in (calendar.is_working, calendar.ordinal, calendar.next_working, calendar.off_reason):
        with pytest.raises(CalendarMissing, match=f"Chưa nạp lịch nghỉ năm {year}"):
            question(day)


def test_only_the_far_end_leaving_the_years_is_an_error_too() -> None:
    calendar = real_calendar()
    assert calendar.add_working_days(date(2026, 12, 30), 1) == LAST
    with pytest.raises(CalendarMissing, match="2027"):
        calendar.add_working_days(date(2026, 12, 30), 2)
    with pytest.raises(CalendarMissing, match="2017"):
        calendar.add_working_days(date(2018, 1, 3), -2)
    with pytest.raises(CalendarMissing, match="2027"):
        calendar.end_after(at("2026-12-31 09:00"), 1, time(17))
    with pytest.raises(CalendarMissing, match="2017"):
        calendar.end_after(at("2017-12-31 09:00"), 1, time(17))


def test_a_gap_between_the_years_is_refused() -> None:
    with pytest.raises(CalendarMissing, match="2019"):
        WorkCalendar.build([2018, 2020], {}, {})


def test_an_empty_calendar_knows_no_day() -> None:
    with pytest.raises(CalendarMissing, match="2022"):
        WorkCalendar.build([], {}, {}).is_working(date(2022, 11, 7))


@pytest.mark.parametrize(
    ("moment", "effective"),
    [
        ("2022-08-15 06:59", "2022-08-15 07:00"),
        ("2022-08-15 07:00", "2022-08-15 07:00"),
        ("2022-08-15 07:01", "2022-08-15 07:01"),
        ("2022-08-15 11:30", "2022-08-15 11:30"),
        ("2022-08-15 11:31", "2022-08-15 13:30"),
        ("2022-08-15 13:29", "2022-08-15 13:30"),
        ("2022-08-15 13:30", "2022-08-15 13:30"),
        ("2022-08-15 16:59", "2022-08-15 16:59"),
        ("2022-08-15 17:00", "2022-08-15 17:00"),
        ("2022-08-15 17:01", "2022-08-16 07:00"),
        ("2022-08-12 17:20", "2022-08-15 07:00"),
        ("2022-08-13 10:00", "2022-08-15 07:00"),
        ("2022-08-31 17:30", "2022-09-05 07:00"),
        ("2025-04-25 17:30", "2025-04-26 07:00"),
        ("2022-12-31 10:00", "2023-01-03 07:00"),
    ],
)
def test_a_receipt_counts_from_office_hours(moment: str, effective: str) -> None:
    assert effective_start(at(moment), real_calendar()) == at(effective)


def test_a_receipt_after_the_last_loaded_closing_is_an_error() -> None:
    with pytest.raises(CalendarMissing, match="2027"):
        effective_start(at("2026-12-31 17:01"), real_calendar())


def test_vietnam_is_seven_hours_ahead_and_never_seven_minutes_more() -> None:
    """The pytz trap: a zone attached to a naive moment must not give local mean time (+07:07)."""
    assert end_of_day(date(2022, 8, 8)).utcoffset() == timedelta(hours=7)
    found = effective_start(datetime(2022, 8, 14, 20, tzinfo=UTC), real_calendar())
    assert found.utcoffset() == timedelta(hours=7)
    assert found.astimezone(UTC) == datetime(2022, 8, 15, 0, 0, tzinfo=UTC)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="without offset"):
        in_vietnam(datetime(2022, 8, 8, 9))  # noqa: DTZ001 - the very thing that must be refused


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2022-11-10 15:00", 4, "2022-11-11 09:00"),
        ("2022-11-10 10:30", 1, "2022-11-10 11:30"),
        ("2022-11-10 10:30", 2, "2022-11-10 14:30"),
        ("2022-11-10 15:00", 2, "2022-11-10 17:00"),
        ("2022-11-11 16:00", 4, "2022-11-14 10:00"),
        ("2022-11-10 07:00", 8, "2022-11-10 17:00"),
        ("2022-11-10 07:00", 8.5, "2022-11-11 07:30"),
        ("2022-11-12 10:00", 1, "2022-11-14 08:00"),
        ("2025-04-25 16:00", 2, "2025-04-26 08:00"),
    ],
)
def test_working_hours_skip_lunch_nights_and_days_off(start: str, hours: float, end: str) -> None:
    assert add_working_hours(at(start), timedelta(hours=hours), real_calendar()) == at(end)


moments = st.datetimes(datetime(2018, 1, 2), datetime(2026, 11, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - zone given beside it


@given(moments, st.integers(1, 60 * 8 * 20))
def test_added_working_time_is_the_working_time_between(start: datetime, minutes: int) -> None:
    start = effective_start(start, real_calendar())
    end = add_working_hours(start, timedelta(minutes=minutes), real_calendar())
    assert working_time_between(start, end, real_calendar()) == timedelta(minutes=minutes)
    assert effective_start(end, real_calendar()) == end


@given(moments, moments)
def test_working_time_equals_the_sessions_laid_side_by_side(a: datetime, b: datetime) -> None:
    a, b = min(a, b), max(a, b)
    b = min(b, a + timedelta(days=40))
    total = timedelta()
    for offset in range((b.date() - a.date()).days + 1):
        day = a.date() + ONE * offset
        if naively_working(day):
            for opens, closes in OFFICE_HOURS.sessions:
                begun, ended = datetime.combine(day, opens, VIETNAM), datetime.combine(day, closes, VIETNAM)
                total += max(min(ended, b) - max(begun, a), timedelta())
    assert working_time_between(a, b, real_calendar()) == total


def test_other_office_hours_change_the_closing() -> None:
    winter = OfficeHours(((time(7, 30), time(11, 30)), (time(13), time(16, 30))))
    assert winter.day_length == timedelta(hours=7, minutes=30)
    assert effective_start(at("2022-12-12 16:45"), real_calendar(), winter) == at("2022-12-13 07:30")


@pytest.mark.parametrize("sessions", [(), ((time(8), time(8)),), ((time(7), time(12)), (time(11), time(17)))])
def test_sessions_that_do_not_follow_one_another_are_refused(sessions: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="must follow one another"):
        OfficeHours(sessions)


def test_ordinals_grow_by_one_on_working_days_only() -> None:
    calendar = real_calendar()
    year = [date(2022, 1, 1) + ONE * n for n in range(365)]
    for before, day in pairwise(year):
        assert calendar.ordinal(day) - calendar.ordinal(before) == naively_working(day)
