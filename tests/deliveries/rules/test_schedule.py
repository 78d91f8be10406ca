"""Is a delivery late at a moment; what became of each day."""

from datetime import date, datetime, time, timedelta

import pytest

from deliveries.rules.schedule import Arrival, Plan, Standing, State, expected_on, late_day, standings
from tests.factories.worktime import at, real_calendar
from worktime.rules import CalendarMissing

SIX, SECOND = time(6), timedelta(seconds=1)
DAILY = Plan(False, SIX, date(2022, 1, 1))
WORKING = Plan(True, SIX, date(2022, 1, 1))
is_working = real_calendar().is_working


def late(plan: Plan, now: str, came: str | None = None) -> str | None:
    day = late_day(plan, at(came) if came else None, at(now), is_working)
    return day.isoformat() if day else None


def stood(plan: Plan, now: str, *arrivals: Arrival, first: str = "2022-11-07") -> list[Standing]:
    return list(standings(plan, date.fromisoformat(first), arrivals, at(now), is_working))


def came(moment: str, *, waiting: bool = False, number: int = 1) -> Arrival:
    return Arrival(number, at(moment), waiting)


@pytest.mark.parametrize(
    ("now", "day"),
    [("2022-11-08 05:59:59", "2022-11-07"), ("2022-11-08 06:00", "2022-11-07"), ("2022-11-08 06:00:01", "2022-11-08")],
)
def test_a_file_is_late_from_the_first_moment_after_its_hour(now: str, day: str) -> None:
    assert late(DAILY, now) == day


@pytest.mark.parametrize(
    ("accepted", "day"),
    [
        ("2022-11-07 17:59:59", "2022-11-08"),  # the day before's, twelve hours too late
        ("2022-11-07 18:00", None),
        ("2022-11-08 06:00", None),
        ("2022-11-08 07:00", None),  # late, but it came
    ],
)
def test_what_came_since_the_window_opened_ends_the_alarm(accepted: str, day: str | None) -> None:
    assert late(DAILY, "2022-11-08 08:00", accepted) == day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2022-11-05 08:00", "2022-11-04"),  # Saturday: Friday's is still missing
        ("2022-11-07 05:00", "2022-11-04"),
        ("2022-11-07 06:01", "2022-11-07"),  # Monday
        ("2022-09-02 08:00", "2022-08-31"),  # the national day and the day before it are off
        ("2022-09-05 08:00", "2022-09-05"),
        ("2023-01-26 08:00", "2023-01-19"),  # Tết
        ("2022-12-31 08:00", "2022-12-30"),
        ("2023-01-02 08:00", "2022-12-30"),  # New Year's day off in lieu
        ("2023-01-03 08:00", "2023-01-03"),
    ],
)
def test_where_working_days_are_meant_days_off_ask_for_nothing(now: str, day: str) -> None:
    assert late(WORKING, now) == day


def test_a_make_up_saturday_asks_for_a_file() -> None:
    makeup = date(2019, 1, 5)
    assert real_calendar().makeup_name(makeup)
    since = Plan(True, SIX, date(2019, 1, 1))
    assert late(since, "2019-01-05 06:00:01") == "2019-01-05"
    assert stood(since, "2019-01-05 05:00", first="2019-01-05")[0].state == State.TO_COME
    assert stood(Plan(True, SIX, date(2019, 1, 1)), "2019-01-06 05:00", first="2019-01-06")[0].state == State.NOT_EXPECTED


def test_before_it_begins_and_from_when_it_stops_nothing_is_expected() -> None:
    plan = Plan(False, SIX, date(2022, 11, 7), date(2022, 11, 9))
    days = [date(2022, 11, number) for number in (6, 7, 8, 9)]
    assert [expected_on(plan, day, is_working) for day in days] == [False, True, True, False]
    assert late(plan, "2022-11-06 08:00") is None
    assert late(plan, "2022-11-09 08:00") == "2022-11-08"


def test_outside_the_loaded_years_working_days_are_not_guessed() -> None:
    with pytest.raises(CalendarMissing):
        late(Plan(True, SIX, date(2030, 1, 1)), "2030-01-02 08:00")
    assert late(Plan(False, SIX, date(2030, 1, 1)), "2030-01-02 08:00") == "2030-01-02"


@pytest.mark.parametrize(
    ("accepted", "state"),
    [
        ("2022-11-07 17:59:59", State.MISSING),
        ("2022-11-07 18:00", State.CAME),
        ("2022-11-08 06:00", State.CAME),
        ("2022-11-08 06:00:01", State.LATE),
        ("2022-11-08 17:59:59", State.LATE),
        ("2022-11-08 18:00", State.MISSING),  # the next day's
    ],
)
def test_each_file_belongs_to_one_day(accepted: str, state: State) -> None:
    days = {one.day.day: one for one in stood(DAILY, "2022-11-08 23:00", came(accepted))}
    assert days[8].state == state
    assert days[8].overdue == (state == State.MISSING)


def test_over_a_weekend_what_comes_is_the_last_working_day_s_until_the_evening_before_monday() -> None:
    for moment, friday, monday in (
        ("2022-11-05 12:00", State.LATE, State.MISSING),
        ("2022-11-06 17:59:59", State.LATE, State.MISSING),
        ("2022-11-06 18:00", State.MISSING, State.CAME),
    ):
        states = [one.state for one in stood(WORKING, "2022-11-07 08:00", came(moment), first="2022-11-04")]
        assert states == [friday, State.NOT_EXPECTED, State.NOT_EXPECTED, monday], moment


def test_the_first_file_of_a_day_counts() -> None:
    (_first, day) = stood(
        DAILY, "2022-11-08 08:00", came("2022-11-08 07:00", number=2), came("2022-11-08 05:00", number=1), first="2022-11-07"
    )
    assert (day.state, day.arrival and day.arrival.number) == (State.CAME, 1)


def test_a_file_that_waits_has_not_come_yet() -> None:
    held = came("2022-11-08 05:00", waiting=True)
    before, after = (stood(DAILY, now, held, first="2022-11-08")[0] for now in ("2022-11-08 06:00", "2022-11-08 06:00:01"))
    assert (before.state, before.overdue) == (State.HELD, False)
    assert (after.state, after.overdue) == (State.HELD, True)
    both = stood(DAILY, "2022-11-08 08:00", held, came("2022-11-08 07:00", number=2), first="2022-11-08")[0]
    assert (both.state, both.overdue) == (State.LATE, False)


@pytest.mark.parametrize(("now", "state"), [("05:59", State.TO_COME), ("06:00", State.TO_COME), ("06:01", State.MISSING)])
def test_until_its_hour_a_day_is_to_come(now: str, state: State) -> None:
    assert stood(DAILY, f"2022-11-08 {now}", first="2022-11-08")[0].state == state


def test_both_rules_agree_at_every_hour_of_two_weeks_wherever_one_file_came() -> None:
    arrivals = [at("2022-11-03 05:00"), at("2022-11-05 12:00"), at("2022-11-08 05:30"), at("2022-11-09 09:00")]
    for plan in (DAILY, WORKING):
        for hour in range(14 * 24):
            now: datetime = at("2022-11-01 00:30") + timedelta(hours=hour)
            seen = [Arrival(number, moment) for number, moment in enumerate(arrivals) if moment <= now]
            newest = max((one.at for one in seen), default=None)
            days = list(standings(plan, date(2022, 10, 20), seen, now, is_working))
            passed = [one for one in days if one.due < now and one.state != State.NOT_EXPECTED]
            late_now = late_day(plan, newest, now, is_working)
            if late_now:
                assert passed[-1].day == late_now
                assert passed[-1].overdue
            else:
                assert not passed[-1].overdue or (newest is not None and newest >= passed[-1].due + timedelta(hours=6))
