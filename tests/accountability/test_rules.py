"""Each criterion just under, at and over its limit."""

from dataclasses import dataclass
from datetime import date

import pytest

from accountability.rules import Facts, late_months, met, month_ends, to_be_considered


@dataclass(frozen=True)
class Limits:
    late_periods: int = 2
    floor: int = 5
    least: int = 2


@pytest.mark.parametrize(
    ("as_of", "ends"),
    [
        (date(2022, 11, 10), [date(2022, 8, 31), date(2022, 9, 30), date(2022, 10, 31)]),
        (date(2022, 10, 31), [date(2022, 8, 31), date(2022, 9, 30), date(2022, 10, 31)]),
        (date(2022, 10, 30), [date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30)]),
        (date(2024, 3, 1), [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]),
    ],
)
def test_months_that_have_ended_by_the_day_are_looked_at(as_of: date, ends: list[date]) -> None:
    assert month_ends(as_of, 3) == ends


def test_a_month_nobody_knows_of_counts_for_nobody() -> None:
    assert late_months((5, None, 4, 6), 5) == 2


@pytest.mark.parametrize(
    ("facts", "criteria"),
    [
        (Facts((4, 4, 4), 4, 0), ()),
        (Facts((5, 0, 4), 4, 0), ()),
        (Facts((5, 0, 5), 4, 0), ("late_again",)),
        (Facts((None, 5, None), 5, 0), ("stood_still",)),
        (Facts((0, 0, 0), 0, 1), ("unanswered",)),
        (Facts((9, 9, 9), 9, 2), ("late_again", "stood_still", "unanswered")),
    ],
)
def test_a_criterion_is_met_from_its_limit_on(facts: Facts, criteria: tuple[str, ...]) -> None:
    assert met(facts, Limits()) == criteria


def test_enough_criteria_make_a_unit_one_to_be_considered() -> None:
    assert not to_be_considered(("unanswered",), Limits())
    assert to_be_considered(("late_again", "unanswered"), Limits())
