"""Up to which day a night's data tell of a system."""

from datetime import date

import pytest

from dossiers.rules.freshness import told_upto

NIGHT = date(2022, 11, 7)


@pytest.mark.parametrize(
    ("data_as_of", "reconstructed", "told"),
    [
        (None, False, None),  # a file that never came tells of no day
        ("2022-11-07T16:00:00+00:00", False, date(2022, 11, 7)),  # 23:00 in Vietnam
        ("2022-11-07T17:00:00+00:00", False, date(2022, 11, 7)),  # midnight ends the day
        ("2022-11-06T17:00:01+00:00", False, date(2022, 11, 7)),
        ("2022-11-04T16:00:00+00:00", False, date(2022, 11, 4)),
        ("2022-11-09T16:00:00+00:00", True, date(2022, 11, 7)),  # rebuilt from the first file, which came later
    ],
)
def test_data_tell_of_days_up_to_the_moment_they_describe(data_as_of: str | None, reconstructed: bool, told: date | None) -> None:
    inputs = {"old": {"data_as_of": data_as_of, "reconstructed": reconstructed}}
    assert told_upto(inputs, "old", NIGHT) == told
    assert told_upto(inputs, "new", NIGHT) is None
