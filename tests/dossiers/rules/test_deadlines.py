"""Due dates beyond the table: edges in triples, stops against one another, refusals, and the explanation's arithmetic."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.deadlines import (
    POLICIES,
    UNITS,
    Deadline,
    DeadlineError,
    Stop,
    TimeLimit,
    deadline,
    due_moment,
    effective_due,
    is_hourly,
)
from dossiers.rules.steps import StepKind
from tests.factories.worktime import at, real_calendar
from worktime.rules import VIETNAM, CalendarMissing


def due(received: str, value: str, unit: str, *stops: tuple[str, str | None], policy: str = "pause", cutoff: str = "") -> str:
    """The due date, or moment for hourly limits, as ISO text."""
    limit = TimeLimit(Decimal(value), unit)
    found = asked(received, limit, stops, policy, cutoff).due.replace(tzinfo=None)
    return found.isoformat(" ", "minutes") if limit.hourly else found.date().isoformat()


def asked(received: str, limit: TimeLimit, stops: tuple[tuple[str, str | None], ...], policy: str, cutoff: str) -> Deadline:
    return deadline(
        at(received),
        limit,
        stops=[Stop(at(start), at(end) if end else None) for start, end in stops],
        policy=policy,
        cutoff=time.fromisoformat(cutoff) if cutoff else None,
        calendar=real_calendar(),
    )


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2022-08-12 16:59", "2022-08-15"),
        ("2022-08-12 17:00", "2022-08-15"),
        ("2022-08-12 17:01", "2022-08-16"),
        ("2022-09-01 09:00", "2022-09-06"),
        ("2025-04-25 09:00", "2025-04-26"),
        ("2025-04-26 09:00", "2025-04-28"),
        ("2022-12-30 09:00", "2023-01-03"),
        ("2023-01-19 09:00", "2023-01-27"),
    ],
)
def test_one_working_day_around_closing_a_holiday_a_makeup_saturday_year_end_and_tet(received: str, expected: str) -> None:
    assert due(received, "1", "working_day") == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [("2022-11-10 14:59", "2022-11-10"), ("2022-11-10 15:00", "2022-11-10"), ("2022-11-10 15:01", "2022-11-11")],
)
def test_same_day_around_its_cut_off(received: str, expected: str) -> None:
    assert due(received, "1", "same_day", cutoff="15:00") == expected


def test_same_day_without_a_cut_off_takes_receipts_until_closing() -> None:
    assert due("2022-11-10 16:59", "1", "same_day") == "2022-11-10"
    assert due("2022-11-10 17:01", "1", "same_day") == "2022-11-11"
    assert due("2022-11-12 09:00", "1", "same_day", cutoff="15:00") == "2022-11-14"


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2022-10-10 16:00", "2022-10-13"), ("2022-10-10 23:59", "2022-10-13"), ("2022-10-11 00:00", "2022-10-10")],
)
def test_a_stop_on_the_due_date_counts_and_one_after_it_does_not(start: str, expected: str) -> None:
    assert due("2022-09-26 09:00", "10", "working_day", (start, "2022-10-13 09:00")) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2022-11-11 08:59", "2022-11-11 10:01"),
        ("2022-11-11 09:00", "2022-11-11 10:00"),
        ("2022-11-11 09:01", "2022-11-11 09:00"),
    ],
)
def test_an_hourly_limit_is_stopped_until_its_hour(start: str, expected: str) -> None:
    assert due("2022-11-10 15:00", "4", "working_hour", (start, "2022-11-11 10:00")) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2022-10-12 17:00", "2022-10-21"),
        ("2022-10-12 17:01", "2022-10-24"),
        ("2022-10-15 08:00", "2022-10-26"),
        ("2022-10-17 07:00", "2022-10-26"),
    ],
)
def test_a_return_outside_office_hours_is_the_next_opening(end: str, expected: str) -> None:
    assert due("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", end)) == expected


def test_each_stop_meets_the_due_date_as_it_stood_then() -> None:
    """Due 17/10, then 21/10 by the first stop: a second stop on 20/10 still counts; without the first it would not."""
    first, second = ("2022-10-06 09:00", "2022-10-12 09:00"), ("2022-10-20 09:00", "2022-10-24 09:00")
    assert due("2022-10-03 09:00", "10", "working_day", first, second) == "2022-10-25"
    assert due("2022-10-03 09:00", "10", "working_day", second) == "2022-10-17"
    assert due("2022-10-03 09:00", "10", "working_day", second, first) == "2022-10-25"


def test_overlapping_stops_are_not_counted_twice() -> None:
    whole = due("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", "2022-10-12 09:00"))
    parts = [("2022-10-06 09:00", "2022-10-10 09:00"), ("2022-10-07 09:00", "2022-10-12 09:00")]
    assert due("2022-10-03 09:00", "10", "working_day", *parts) == whole
    assert due("2022-10-03 09:00", "10", "working_day", *parts, ("2022-10-07 10:00", "2022-10-07 11:00")) == whole


def test_a_stop_before_the_count_began_moves_nothing() -> None:
    assert due("2022-10-03 09:00", "10", "working_day", ("2022-09-20 09:00", "2022-09-22 09:00")) == "2022-10-17"
    assert due("2022-10-03 09:00", "10", "working_day", ("2022-09-30 09:00", "2022-10-04 09:00")) == "2022-10-18"


def test_an_open_stop_leaves_the_due_date_where_it_stood() -> None:
    assert due("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", None)) == "2022-10-17"
    assert due("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", None), policy="restart") == "2022-10-17"


def test_restart_gives_the_whole_limit_again_in_every_unit() -> None:
    stop = ("2022-10-06 09:00", "2022-10-12 09:00")
    assert due("2022-10-03 09:00", "5", "day", stop, policy="restart") == "2022-10-17"
    assert due("2022-10-03 09:00", "1", "month", stop, policy="restart") == "2022-11-14"
    assert due("2022-10-06 08:00", "4", "working_hour", stop, policy="restart") == "2022-10-12 15:00"


def test_a_stop_after_the_due_date_does_not_restart_either() -> None:
    assert (
        due("2022-09-26 09:00", "10", "working_day", ("2022-10-20 09:00", "2022-10-28 09:00"), policy="restart") == "2022-10-10"
    )


def test_a_calendar_period_is_never_due_before_its_stop_ends() -> None:
    """30/8 + 4 days ends on Saturday 3/9, so due Monday 5/9; a stop that day until Wednesday moves it on from Monday."""
    assert due("2022-08-30 09:00", "4", "day") == "2022-09-05"
    assert due("2022-08-30 09:00", "4", "day", ("2022-09-05 09:00", "2022-09-07 09:00")) == "2022-09-07"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("0.5", "working_day", "2022-11-14 10:00"),
        ("0.5", "day", "2022-11-14 10:00"),
        ("1.5", "working_day", "2022-11-15 10:00"),
        ("4", "hour", "2022-11-14 10:00"),
        ("0.5", "hour", "2022-11-11 16:30"),
    ],
)
def test_half_days_and_hours_run_on_the_office_clock(value: str, unit: str, expected: str) -> None:
    assert due("2022-11-11 16:00", value, unit) == expected


def test_months_end_on_the_last_day_of_a_shorter_month_and_cross_the_year() -> None:
    assert due("2024-01-31 09:00", "1", "month") == "2024-02-29"
    assert due("2022-12-15 09:00", "1", "month") == "2023-01-16"
    assert due("2022-11-30 09:00", "12", "month") == "2023-11-30"


def test_a_utc_moment_counts_on_its_vietnamese_day() -> None:
    received = datetime(2022, 8, 12, 10, 30, tzinfo=UTC)
    found = deadline(received, TimeLimit(Decimal(5), "working_day"), calendar=real_calendar())
    assert found.effective_start == at("2022-08-15 07:00")
    assert found.due == due_moment(received, TimeLimit(Decimal(5), "working_day"), calendar=real_calendar())
    assert found.due.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("value", "unit"), [("1", "working_day"), ("3", "day"), ("8", "working_hour"), ("1", "week"), ("1", "month")]
)
def test_leaving_the_loaded_years_at_the_far_end_names_the_year(value: str, unit: str) -> None:
    limit = TimeLimit(Decimal(value), unit)
    for ask in (deadline, due_moment):
        with pytest.raises(CalendarMissing, match="2027"):
            ask(at("2026-12-31 09:00"), limit, calendar=real_calendar())
        with pytest.raises(CalendarMissing, match="2017"):
            ask(at("2017-12-29 09:00"), limit, calendar=real_calendar())


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("5", "fortnight", "Không có đơn vị thời hạn “fortnight”"),
        ("5", "unstated", "Không có đơn vị thời hạn “unstated”"),
        ("-1", "day", "Thời hạn phải lớn hơn 0"),
        ("0", "working_day", "Thời hạn phải lớn hơn 0"),
        ("NaN", "day", "Thời hạn phải lớn hơn 0"),
        ("100000", "month", "nhỏ hơn 10000"),
        ("1.5", "month", "phải là số nguyên"),
    ],
)
def test_a_limit_that_is_none_is_refused(value: str, unit: str, text: str) -> None:
    with pytest.raises(DeadlineError, match=text):
        TimeLimit(Decimal(value), unit)


def test_a_stop_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DeadlineError, match="kết thúc lúc 09:00 06/10/2022, trước khi bắt đầu lúc 09:00 12/10/2022"):
        Stop(at("2022-10-12 09:00"), at("2022-10-06 09:00"))


def test_an_unknown_policy_is_refused_when_there_is_a_stop() -> None:
    with pytest.raises(DeadlineError, match="Không có cách tính “extend”"):
        due("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", None), policy="extend")


def test_the_promised_date_decides_and_the_computed_one_only_without_it() -> None:
    promised, computed = at("2022-10-17 17:00"), at("2022-10-18 23:59")
    assert effective_due(promised, computed) == promised
    assert effective_due(None, computed) == computed
    assert effective_due(None, None) is None


def test_only_hours_are_hourly() -> None:
    assert {unit for unit in UNITS if is_hourly(unit)} == {"hour", "working_hour"}
    assert TimeLimit(Decimal("0.5"), "working_day").hourly
    assert not TimeLimit(Decimal(1), "working_day").hourly


def kinds(found: Deadline) -> list[str]:
    return [step.kind.value for step in found.steps]


def test_the_explanation_names_each_run_and_each_day_off() -> None:
    found = asked("2022-08-31 10:00", TimeLimit(Decimal(3), "working_day"), (), "pause", "")
    assert kinds(found) == ["received", "skipped", "counted", "due"]
    skipped, counted = found.steps[1:3]
    assert [(day.day, reason) for day, reason in skipped.days] == [
        (1, "Quốc khánh"),
        (2, "Quốc khánh"),
        (3, "saturday"),
        (4, "sunday"),
    ]
    assert (counted.start, counted.end, counted.amount) == (date(2022, 9, 5), date(2022, 9, 7), Decimal(3))


def test_the_explanation_names_the_makeup_day_it_counted() -> None:
    found = asked("2025-04-24 09:00", TimeLimit(Decimal(3), "working_day"), (), "pause", "")
    assert found.steps[1].days == ((date(2025, 4, 26), "Làm bù cho 02/05/2025"),)


def test_the_explanation_tells_each_stop_and_what_it_did() -> None:
    stops = (("2022-10-06 09:00", "2022-10-12 17:30"), ("2022-10-27 09:00", "2022-10-28 09:00"), ("2022-10-24 09:00", None))
    found = asked("2022-10-03 09:00", TimeLimit(Decimal(10), "working_day"), stops[:2], "pause", "")
    first_stop = ["original_due", "moved", "stopped", "added", "skipped", "added", "due_moved"]
    assert kinds(found)[6:] == [*first_stop, "stop_ignored", "due"]
    assert found.steps[7].reason == "after_closing"
    last = asked("2022-10-03 09:00", TimeLimit(Decimal(10), "working_day"), (stops[0], stops[2]), "pause", "")
    assert kinds(last)[-2:] == ["stopped_open", "due"]
    restart = asked("2022-10-03 09:00", TimeLimit(Decimal(1), "week"), stops[:1], "restart", "")
    assert kinds(restart) == [
        "received",
        "counted",
        "original_due",
        "moved",
        "stopped",
        "restarted",
        "counted",
        "due_moved",
        "due",
    ]


@pytest.mark.parametrize(
    ("received", "reason"),
    [
        ("2022-08-15 06:10", "before_opening"),
        ("2022-08-15 12:00", "lunch"),
        ("2022-08-12 17:20", "after_closing"),
        ("2022-08-14 20:00", "day_off"),
    ],
)
def test_the_explanation_says_why_a_receipt_counts_later(received: str, reason: str) -> None:
    found = asked(received, TimeLimit(Decimal(1), "working_day"), (), "pause", "")
    assert (found.steps[1].kind, found.steps[1].reason) == (StepKind.MOVED, reason)


def test_the_explanation_shows_rolling_and_short_months() -> None:
    rolled = asked("2022-08-03 09:00", TimeLimit(Decimal(30), "day"), (), "pause", "")
    assert kinds(rolled) == ["received", "counted", "rolled", "due"]
    assert (rolled.steps[2].start, rolled.steps[2].end) == (date(2022, 9, 2), date(2022, 9, 5))
    short = asked("2023-01-31 09:00", TimeLimit(Decimal(1), "month"), (), "pause", "")
    assert short.steps[1].reason == "month_end"
    cut = asked("2022-11-11 15:10", TimeLimit(Decimal(1), "same_day"), (), "pause", "15:00")
    assert kinds(cut) == ["received", "cutoff", "due"]
    assert len(cut.steps[1].days) == 2


MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(2018, 6, 1), datetime(2025, 6, 1), timezones=st.just(VIETNAM)).map(  # noqa: DTZ001 - zone beside
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[datetime, TimeLimit, list[Stop], str]:
    received = draw(moments)
    unit = draw(st.sampled_from(sorted(UNITS)))
    whole = st.integers(1, {"month": 3, "week": 6}.get(unit, 40)).map(Decimal)
    value = draw(whole | st.sampled_from([Decimal("0.5"), Decimal("1.5")]) if unit in {"day", "working_day"} else whole)
    gaps = draw(st.lists(st.integers(0, 20 * 24 * 60), max_size=6))
    edges, clock = [], received
    for gap in gaps:
        clock += MINUTE * gap
        edges.append(clock)
    stops = [Stop(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return received, TimeLimit(value, unit), stops, draw(st.sampled_from(sorted(POLICIES)))


@given(questions())
def test_the_fast_way_always_gives_the_explained_due_moment(question: tuple[datetime, TimeLimit, list[Stop], str]) -> None:
    received, limit, stops, policy = question
    found = deadline(received, limit, stops=stops, policy=policy, calendar=real_calendar())
    assert due_moment(received, limit, stops=stops, policy=policy, calendar=real_calendar()) == found.due
    assert found.original_due == due_moment(received, limit, calendar=real_calendar())
    assert found.due >= found.original_due >= found.effective_start >= received
    assert real_calendar().is_working(found.due.date())


@given(questions())
def test_the_explained_amounts_add_up_to_the_limit_and_the_stops(question: tuple[datetime, TimeLimit, list[Stop], str]) -> None:
    received, limit, stops, _ = question
    steps = deadline(received, limit, stops=stops, calendar=real_calendar()).steps
    amounts = dict.fromkeys(StepKind, Decimal(0))
    for step in steps:
        amounts[step.kind] += step.amount or 0
    if limit.unit == "working_day" and not limit.fraction:
        assert amounts[StepKind.COUNTED] == limit.value
        assert amounts[StepKind.ADDED] == amounts[StepKind.STOPPED]
    if is_hourly(limit.unit):
        assert abs(amounts[StepKind.COUNTED] - limit.value) < Decimal("0.1")
        assert abs(amounts[StepKind.ADDED] - amounts[StepKind.STOPPED]) < Decimal("0.5")


@given(questions())
def test_more_waiting_never_makes_the_due_moment_earlier(question: tuple[datetime, TimeLimit, list[Stop], str]) -> None:
    received, limit, stops, policy = question
    dues = [due_moment(received, limit, stops=stops[:n], policy=policy, calendar=real_calendar()) for n in range(len(stops) + 1)]
    assert dues == sorted(dues)
