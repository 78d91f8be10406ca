"""Lateness at the end of a day: triples around each edge, holidays, hours, stops, ages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.overdue import AGE_LIMITS, Facts, Verdict, age_edges, overdue_from, soon_edge, verdict
from tests.factories.worktime import at, real_calendar
from worktime.rules import CalendarMissing

ONE = timedelta(days=1)


def facts(
    *,
    due: str | None = "2022-11-07",
    late_from: str | None = None,
    stopped: str | None = None,
    ended: str | None = None,
    status: int = 4,
    received: str | None = "2022-10-31",
    due_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Facts:
    """Dates as ISO text; late the day after the due date unless said otherwise."""
    on = {
        name: date.fromisoformat(text) if text else None
        for name, text in {"due": due, "stopped": stopped, "ended": ended}.items()
    }
    late = date.fromisoformat(late_from) if late_from else on["due"] and on["due"] + ONE
    return Facts(
        received_on=date.fromisoformat(received) if received else None,
        status=status,
        due_on=on["due"],
        overdue_from=late,
        stopped_on=on["stopped"],
        ended_on=on["ended"],
        due_at=due_at,
        ended_at=ended_at,
    )


def judged(what: Facts, as_of: str) -> Verdict:
    return verdict(what, date.fromisoformat(as_of), real_calendar())


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2022-10-30", Verdict("not_counted")),
        ("2022-10-31", Verdict("in_time")),
        ("2022-11-03", Verdict("in_time")),
        ("2022-11-04", Verdict("due_soon")),
        ("2022-11-05", Verdict("due_soon")),
        ("2022-11-06", Verdict("due_soon")),
        ("2022-11-07", Verdict("due_today")),
        ("2022-11-08", Verdict("overdue", 1, 1)),
        ("2022-11-09", Verdict("overdue", 2, 2)),
        ("2022-11-12", Verdict("overdue", 5, 4)),
    ],
)
def test_a_dossier_due_on_monday_through_its_days(as_of: str, expected: Verdict) -> None:
    assert judged(facts(), as_of) == expected


@pytest.mark.parametrize(
    ("due", "as_of", "expected"),
    [
        ("2022-11-11", "2022-11-12", Verdict("overdue", 1, 0)),
        ("2022-11-11", "2022-11-13", Verdict("overdue", 2, 0)),
        ("2022-11-11", "2022-11-14", Verdict("overdue", 3, 1)),
        ("2022-08-31", "2022-09-02", Verdict("overdue", 2, 0)),
        ("2025-04-25", "2025-04-26", Verdict("overdue", 1, 1)),
        ("2022-12-30", "2023-01-02", Verdict("overdue", 3, 0)),
        ("2023-01-19", "2023-01-27", Verdict("overdue", 8, 1)),
    ],
)
def test_lateness_over_a_weekend_a_holiday_a_makeup_saturday_year_end_and_tet(due: str, as_of: str, expected: Verdict) -> None:
    assert judged(facts(due=due, received="2022-08-01"), as_of) == expected


def test_due_on_saturday_counts_as_soon_on_friday() -> None:
    assert judged(facts(due="2022-11-12"), "2022-11-11") == Verdict("due_soon")


def test_the_margin_of_soon_is_a_setting() -> None:
    assert verdict(facts(), date(2022, 11, 2), real_calendar(), soon_days=3) == Verdict("due_soon")
    assert verdict(facts(), date(2022, 11, 1), real_calendar(), soon_days=3) == Verdict("in_time")


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        ("2022-11-06", Verdict("awaiting")),
        ("2022-11-07", Verdict("awaiting")),
        ("2022-11-08", Verdict("overdue", 3, 3, before_stop=True)),
        ("2022-11-10", Verdict("overdue", 3, 3, before_stop=True)),
        ("2022-11-11", Verdict("overdue", 3, 3)),
    ],
)
def test_a_stop_protects_only_when_it_began_by_the_due_date(stopped: str, expected: Verdict) -> None:
    assert judged(facts(stopped=stopped), "2022-11-10") == expected


def test_a_stop_that_begins_later_than_the_day_looked_at_is_not_seen_yet() -> None:
    assert judged(facts(stopped="2022-11-04"), "2022-11-03") == Verdict("in_time")
    assert judged(facts(stopped="2022-11-04"), "2022-11-04") == Verdict("awaiting")


def test_without_a_due_date_a_dossier_is_undated_unless_it_waits() -> None:
    assert judged(facts(due=None), "2022-11-10") == Verdict("undated")
    assert judged(facts(due=None, stopped="2022-11-08"), "2022-11-10") == Verdict("awaiting")


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2022-11-06", Verdict("done_early")),
        ("2022-11-07", Verdict("done_on_time")),
        ("2022-11-08", Verdict("done_late", 1, 1)),
    ],
)
def test_finishing_around_the_due_date(ended: str, expected: Verdict) -> None:
    assert judged(facts(ended=ended, status=9), "2022-11-10") == expected
    assert judged(facts(ended=ended, status=10), "2022-11-10") == expected


def test_a_finish_later_than_the_day_looked_at_was_still_open() -> None:
    done = facts(ended="2022-11-10", status=9)
    assert judged(done, "2022-11-09") == Verdict("overdue", 2, 2)
    assert judged(done, "2022-11-10") == Verdict("done_late", 3, 3)
    assert judged(done, "2022-11-11") == Verdict("done_late", 3, 3)


@pytest.mark.parametrize("status", [3, 7, 8])
def test_withdrawn_refused_or_stopped_is_ended_whatever_the_due_date(status: int) -> None:
    assert judged(facts(ended="2022-12-01", status=status), "2022-12-02") == Verdict("ended_other")


def test_finished_without_any_due_date_is_on_time() -> None:
    assert judged(facts(due=None, ended="2022-12-01", status=9), "2022-12-02") == Verdict("done_on_time")


def test_never_received_is_in_no_figure() -> None:
    assert judged(facts(received=None, status=1), "2022-11-10") == Verdict("not_counted")


def test_an_hourly_limit_is_late_at_the_end_of_its_due_date() -> None:
    hourly = facts(due="2022-11-11", late_from="2022-11-11")
    assert judged(hourly, "2022-11-10") == Verdict("due_soon")
    assert judged(hourly, "2022-11-11") == Verdict("overdue", 0, 0)
    assert judged(hourly, "2022-11-14") == Verdict("overdue", 3, 1)


@pytest.mark.parametrize(
    ("ended_at", "state"),
    [("2022-11-11 08:59", "done_on_time"), ("2022-11-11 09:00", "done_on_time"), ("2022-11-11 09:01", "done_late")],
)
def test_an_hourly_limit_is_kept_by_the_hour(ended_at: str, state: str) -> None:
    hourly = facts(
        due="2022-11-11",
        late_from="2022-11-11",
        ended="2022-11-11",
        status=9,
        due_at=at("2022-11-11 09:00"),
        ended_at=at(ended_at),
    )
    assert judged(hourly, "2022-11-11").state == state


def test_a_daily_limit_is_kept_by_the_date_even_after_closing() -> None:
    daily = facts(ended="2022-11-07", status=9, due_at=at("2022-11-07 17:00"), ended_at=at("2022-11-07 17:40"))
    assert judged(daily, "2022-11-07") == Verdict("done_on_time")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2022, 8, 8, 16, 59, 59, tzinfo=UTC), date(2022, 8, 9)),
        (datetime(2022, 8, 8, 17, 0, tzinfo=UTC), date(2022, 8, 10)),
    ],
)
def test_late_from_the_day_after_by_vietnams_midnight(moment: datetime, expected: date) -> None:
    assert overdue_from(moment, hourly=False) == expected
    assert overdue_from(moment, hourly=True) == expected - ONE


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [("2022-11-11 08:59", 12), ("2022-11-11 09:00", 12), ("2022-11-11 09:01", 11), ("2022-11-10 16:00", 11)],
)
def test_a_clock_standing_since_before_the_due_hour_keeps_that_day(stopped: str, expected: int) -> None:
    """A stop of an earlier day protects by its date already; one of the same day is only told apart by the hour."""
    late_from = overdue_from(at("2022-11-11 09:00"), hourly=True, stopped_at=at(stopped))
    assert late_from == date(2022, 11, expected)


def test_hourly_and_stopped_on_the_due_date_before_the_hour_waits() -> None:
    late_from = overdue_from(at("2022-11-11 09:00"), hourly=True, stopped_at=at("2022-11-11 08:00")).isoformat()
    waiting = facts(due="2022-11-11", late_from=late_from, stopped="2022-11-11")
    assert judged(waiting, "2022-11-11") == Verdict("awaiting")
    assert judged(waiting, "2022-11-30") == Verdict("awaiting")


days = st.dates(date(2018, 6, 1), date(2026, 12, 28))


@given(days, st.integers(0, 250))
def test_the_age_edges_group_exactly_by_working_days_late(as_of: date, back: int) -> None:
    due_on = max(as_of - ONE * back, date(2018, 1, 1))
    late = real_calendar().working_days_between(due_on, as_of)
    for limit, edge in zip(AGE_LIMITS, age_edges(as_of, real_calendar()), strict=True):
        assert (due_on >= edge) == (late <= limit)


@given(days, st.integers(1, 30))
def test_the_edge_of_soon_is_one_working_day_ahead(as_of: date, ahead: int) -> None:
    due_on = as_of + ONE * ahead
    if due_on <= date(2026, 12, 31):
        left = real_calendar().working_days_between(as_of, due_on)
        assert (due_on < soon_edge(as_of, real_calendar())) == (left <= 1)


def test_a_verdict_outside_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarMissing, match="2027"):
        judged(facts(), "2027-01-01")
