"""Every dossier of a cohort has exactly one fate, and only two of them are ends the letter asks for."""

from itertools import product

import pytest

from directives.models import CohortCount
from directives.rules.fate import FATES, LAWFUL, fate

STATES = ("done_early", "done_on_time", "done_late", "ended_other", "not_counted", "overdue", "awaiting", "in_time", "undated")
BOTH = (True, False)


@pytest.mark.parametrize(
    ("state", "at_unit", "elsewhere", "listed", "expected"),
    [
        ("done_late", True, False, True, "finished"),
        ("done_late", True, True, False, "finished"),  # finished here is finished, whatever the other system holds
        ("ended_other", True, False, True, "ended_other"),
        ("ended_other", True, True, True, "moved"),  # closed here because it goes on there
        ("overdue", True, True, True, "overdue"),  # booked twice: still late here
        ("overdue", True, True, False, "moved"),
        ("overdue", True, False, False, "vanished"),
        ("overdue", True, False, True, "overdue"),
        ("overdue", False, False, True, "transferred"),
        ("awaiting", True, False, True, "stopped"),
        ("in_time", True, False, True, "due_moved"),
        ("undated", True, False, True, "due_moved"),
        ("not_counted", True, False, True, "uncounted"),
    ],
)
def test_a_dossier_ends_as_the_letter_would_call_it(
    state: str, at_unit: bool, elsewhere: bool, listed: bool, expected: str
) -> None:
    assert fate(state, at_unit=at_unit, elsewhere=elsewhere, listed=listed) == expected


def test_no_combination_is_without_a_fate_and_leaving_the_figure_alone_is_never_an_end() -> None:
    for state, at_unit, elsewhere, listed in product(STATES, BOTH, BOTH, BOTH):
        found = fate(state, at_unit=at_unit, elsewhere=elsewhere, listed=listed)
        assert found in FATES
        assert (found in LAWFUL) <= (state in ("done_early", "done_on_time", "done_late", "ended_other"))


def test_each_fate_is_a_column_of_the_cohort() -> None:
    columns = {field.name for field in CohortCount._meta.get_fields()}
    assert set(FATES) <= columns
