"""What a letter demands is reached, on its way, behind, missed, or not to be told; a missing file never fulfils anything."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directives.rules.obligations import Judgement, Kind, Standing, allowed, judge, target

DAY = timedelta(days=1)
MARK, ISSUED, DUE = date(2022, 11, 7), date(2022, 11, 10), date(2022, 11, 30)
NOW = date(2022, 11, 20)  # half the way from the letter to the due date
BASE = Standing(as_of=NOW, mark=MARK, start=100, value=40, told=NOW, stale=False)


def judged(standing: Standing, kind: Kind = "cleared", percent: int | None = None, due_on: date | None = DUE) -> tuple[str, str]:
    found = judge(kind, percent, issued_on=ISSUED, due_on=due_on, standing=standing)
    return found.state, found.reason


@pytest.mark.parametrize(
    ("kind", "percent", "start", "goal"),
    [
        ("cleared", None, 857, 0),
        ("settled", None, 857, 0),
        ("reduced", 30, 857, 599),
        ("reduced", 100, 857, 0),
        ("reduced", 1, 3, 2),
    ],
)
def test_the_target_leaves_at_most_what_the_letter_allows(kind: Kind, percent: int | None, start: int, goal: int) -> None:
    assert target(kind, start, percent) == goal


@pytest.mark.parametrize(
    ("as_of", "most"),
    [(ISSUED - DAY, 100), (ISSUED, 100), (ISSUED + DAY, 95), (NOW, 50), (DUE - DAY, 5), (DUE, 0), (DUE + DAY, 0)],
)
def test_the_pace_is_a_straight_line_from_the_letter_to_the_due_date(as_of: date, most: int) -> None:
    assert allowed(start=100, goal=0, issued_on=ISSUED, due_on=DUE, as_of=as_of) == most


def test_the_pace_is_rounded_in_the_unit_s_favour_and_a_past_date_allows_nothing() -> None:
    assert allowed(start=3, goal=0, issued_on=ISSUED, due_on=DUE, as_of=NOW) == 2
    assert allowed(start=100, goal=10, issued_on=ISSUED, due_on=ISSUED, as_of=ISSUED) == 10


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, ("fulfilled", "met")), (49, ("on_course", "on_pace")), (50, ("on_course", "on_pace")), (51, ("behind", "off_pace"))],
)
def test_before_the_due_date_the_pace_decides(value: int, expected: tuple[str, str]) -> None:
    assert judged(replace(BASE, value=value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ("fulfilled", "met")),
        (99, ("on_course", "falling")),
        (100, ("behind", "not_falling")),
        (101, ("behind", "not_falling")),
    ],
)
def test_without_a_due_date_it_must_at_least_fall(value: int, expected: tuple[str, str]) -> None:
    assert judged(replace(BASE, value=value), due_on=None) == expected


@pytest.mark.parametrize(
    ("as_of", "value", "at_due", "expected"),
    [
        (DUE - DAY, 1, None, ("on_course", "on_pace")),
        (DUE, 1, 1, ("breached", "missed")),  # the day is over
        (DUE, 0, 0, ("fulfilled", "met_at_due")),
        (DUE + DAY, 3, 0, ("fulfilled", "met_at_due")),  # newcomers after the date do not undo it
        (DUE + DAY, 0, 1, ("fulfilled", "met_late")),
        (DUE + DAY, 1, 1, ("breached", "missed")),
        (DUE + DAY, 0, None, ("unknown", "due_untold")),  # no file tells of the due date
    ],
)
def test_the_end_of_the_due_date_decides(as_of: date, value: int, at_due: int | None, expected: tuple[str, str]) -> None:
    assert judged(replace(BASE, as_of=as_of, told=as_of, value=value, at_due=at_due)) == expected


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (replace(BASE, start=None, mark=None), "no_mark"),
        (replace(BASE, value=None), "no_data"),
        (replace(BASE, told=None), "no_data"),
        (replace(BASE, told=MARK), "not_renewed"),
        (replace(BASE, told=NOW - 5 * DAY, stale=True), "stale"),
    ],
)
@pytest.mark.parametrize("value", [0, 40, 100])
@pytest.mark.parametrize("due_on", [None, DUE])
def test_without_fresh_data_nothing_is_fulfilled_and_nobody_is_behind(
    standing: Standing, reason: str, value: int, due_on: date | None
) -> None:
    if standing.value is not None:
        standing = replace(standing, value=value)
    assert judged(standing, due_on=due_on) == ("unknown", reason)


def test_on_the_day_of_the_mark_itself_data_need_not_be_newer_than_it() -> None:
    assert judged(replace(BASE, as_of=MARK, told=MARK, value=100), due_on=None) == ("behind", "not_falling")


def test_what_was_missed_stays_missed_while_no_new_file_tells_otherwise() -> None:
    late = replace(BASE, as_of=DUE + 9 * DAY, told=DUE, stale=True, value=0, at_due=4)
    assert judged(late) == ("breached", "missed")
    assert judged(replace(late, told=late.as_of, stale=False)) == ("fulfilled", "met_late")


def test_who_had_nothing_to_clear_has_fulfilled_and_the_numbers_come_along() -> None:
    nothing = replace(BASE, start=0, value=0)
    assert judge("settled", None, issued_on=ISSUED, due_on=None, standing=nothing) == Judgement("fulfilled", "met", 0)
    found = judge("reduced", 30, issued_on=ISSUED, due_on=DUE, standing=replace(BASE, value=71))
    assert found == Judgement("on_course", "on_pace", 70)
