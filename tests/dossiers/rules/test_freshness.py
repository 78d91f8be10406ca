"""How new each system's data is, and up to which day a night's data tell of it."""

from datetime import UTC, date, datetime

import pytest

from dossiers.rules.freshness import freshness, stood_still, told_upto

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


def inputs(moment: str | None, *, reconstructed: bool = False) -> dict[str, dict[str, object]]:
    return {"old": {"data_as_of": moment, "reconstructed": reconstructed}} if moment else {}


@pytest.mark.parametrize(("days", "state"), [(0, "fresh"), (2, "fresh"), (3, "stale"), (None, "stale"), (-4, "fresh")])
def test_data_are_stale_from_the_third_working_day(days: int | None, state: str) -> None:
    assert freshness(inputs("2022-11-03T10:00:00+07:00"), "old", NIGHT, lambda day: days).state == state


def test_no_file_ever_is_its_own_state() -> None:
    found = freshness({}, "old", NIGHT, lambda day: 0)
    assert (found.state, found.data_as_of) == ("none", None)


def test_the_day_of_the_data_is_the_day_in_vietnam() -> None:
    ages = {date(2022, 11, 6): 9, date(2022, 11, 7): 0}
    found = freshness(inputs("2022-11-06T18:30:00+00:00"), "old", NIGHT, ages.get)
    assert found.state == "fresh"
    assert found.data_as_of == datetime(2022, 11, 6, 18, 30, tzinfo=UTC)


def test_the_same_data_on_two_nights_stood_still() -> None:
    monday = inputs("2022-11-07T17:00:00+07:00")
    assert stood_still(monday, monday, "old")
    assert not stood_still(inputs("2022-11-08T17:00:00+07:00"), monday, "old")


def test_a_first_file_is_an_advance_and_a_system_without_files_is_not_stuck() -> None:
    assert not stood_still(inputs("2022-11-07T17:00:00+07:00"), {}, "old")
    assert not stood_still({}, {}, "old")


def test_a_reconstructed_night_reads_dates_of_a_later_file_and_is_not_stuck() -> None:
    first = inputs("2022-11-07T17:00:00+07:00", reconstructed=True)
    assert not stood_still(first, first, "old")
