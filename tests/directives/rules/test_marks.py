"""The day of a letter's mark: the figures' own day, else the last finished night before the letter."""

from datetime import date, timedelta

import pytest

from directives.rules.marks import Mark, mark

LETTER = date(2022, 11, 10)
DAY = timedelta(days=1)
NIGHTS = [date(2022, 11, 1) + DAY * n for n in range(9)]  # to 09/11


def test_a_figure_s_own_day_decides_for_its_unit() -> None:
    """Letter 3812: issued 10/11/2022, "đến ngày 07/11/2022"."""
    seventh = date(2022, 11, 7)
    assert mark(issued_on=LETTER, own=seventh, quoted=[seventh], nights=NIGHTS) == Mark(seventh, "figures")


def test_a_unit_without_a_figure_takes_the_newest_day_of_the_letter_s_figures() -> None:
    quoted = [date(2022, 11, 3), date(2022, 11, 7)]
    assert mark(issued_on=LETTER, own=None, quoted=quoted, nights=NIGHTS) == Mark(date(2022, 11, 7), "figures")
    assert mark(issued_on=LETTER, own=quoted[0], quoted=quoted, nights=NIGHTS) == Mark(quoted[0], "figures")


def test_a_letter_without_figures_takes_the_last_night_before_its_day() -> None:
    assert mark(issued_on=LETTER, own=None, quoted=[], nights=[*NIGHTS, LETTER]) == Mark(date(2022, 11, 9), "night")


@pytest.mark.parametrize(("newest", "expected"), [(8, None), (9, Mark(date(2022, 11, 9), "night"))])
def test_it_waits_until_no_better_night_can_come(newest: int, expected: Mark | None) -> None:
    nights = [night for night in NIGHTS if night.day <= newest]
    assert mark(issued_on=LETTER, own=None, quoted=[], nights=nights) == expected


def test_a_missing_night_inside_the_past_falls_back_to_the_one_before() -> None:
    nights = [*NIGHTS[:-1], LETTER + DAY]
    assert mark(issued_on=LETTER, own=None, quoted=[], nights=nights) == Mark(date(2022, 11, 8), "night")


def test_before_the_first_night_nobody_knows_a_list_and_no_other_day_is_taken() -> None:
    first = NIGHTS[0]
    assert mark(issued_on=first, own=None, quoted=[], nights=NIGHTS) is None
    assert mark(issued_on=LETTER, own=first - DAY, quoted=[first - DAY], nights=NIGHTS) is None


def test_a_figure_dated_after_its_letter_is_a_misprint() -> None:
    tomorrow = LETTER + DAY
    assert mark(issued_on=LETTER, own=tomorrow, quoted=[tomorrow], nights=[*NIGHTS, LETTER, tomorrow]) == Mark(
        NIGHTS[-1], "night"
    )
