"""Where a call for explanations stands, around its deadline of Tuesday 15/11/2022."""

from datetime import date

import pytest

from directives.rules.calls import STANDINGS, standing
from tests.factories.worktime import real_calendar

TUESDAY = date(2022, 11, 15)


def on(day: date, *, left: int = 1, waiting: int = 0, answer_by: date = TUESDAY) -> str:
    return standing(left=left, waiting=waiting, answer_by=answer_by, today=day, calendar=real_calendar())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 11, 10), "open"),  # three working days before
        (date(2022, 11, 11), "soon"),  # two, with a week-end between
        (date(2022, 11, 13), "soon"),
        (TUESDAY, "soon"),
        (date(2022, 11, 16), "late"),
    ],
)
def test_a_call_that_is_not_answered_goes_by_its_deadline(day: date, expected: str) -> None:
    assert on(day) == expected


def test_a_deadline_on_a_friday_is_past_on_the_saturday_although_no_working_day_went_by() -> None:
    assert on(date(2022, 11, 12), answer_by=date(2022, 11, 11)) == "late"


def test_a_reminder_before_the_national_day_looks_over_the_holidays() -> None:
    """1 and 2 September 2022 are off: from Tuesday 30/08 to Monday 05/09 two working days are left."""
    assert on(date(2022, 8, 30), answer_by=date(2022, 9, 5)) == "soon"
    assert on(date(2022, 8, 29), answer_by=date(2022, 9, 5)) == "open"


def test_with_nothing_left_to_write_the_deadline_no_longer_matters() -> None:
    assert on(date(2022, 12, 1), left=0, waiting=2) == "waiting"
    assert on(date(2022, 12, 1), left=0) == "answered"


def test_the_order_of_lists_names_every_standing() -> None:
    assert STANDINGS == ("late", "soon", "open", "waiting", "answered")
