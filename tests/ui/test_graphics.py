import pytest

from ui.graphics import age_segments, sparkline


def test_an_age_bar_fills_its_width_and_leaves_out_empty_ages() -> None:
    parts = age_segments([1, 2, 0, 0, 5])
    assert [(part.key, part.label, part.count) for part in parts] == [
        ("5", "đến 5", 1),
        ("10", "6–10", 2),
        ("more", "trên 90", 5),
    ]
    assert [part.end for part in parts] == [12, 38, 100]


def test_nothing_overdue_is_no_bar() -> None:
    assert age_segments([0, 0, 0, 0, 0]) == []


def test_a_bar_of_another_number_of_ages_is_refused() -> None:
    with pytest.raises(ValueError, match="five ages, not 4"):
        age_segments([1, 2, 3, 4])


def test_an_unknown_day_interrupts_the_line_instead_of_falling_to_zero() -> None:
    line = sparkline([10, 5, None, 10])
    assert line is not None
    assert line.path == "M2 2l31 10M94 2"
    assert line.summary == "10 → 10"


def test_the_line_ends_at_the_last_known_day() -> None:
    line = sparkline([4, 2, None])
    assert line is not None
    assert line.path == "M2 2l46 10"


def test_the_scale_starts_at_zero_so_that_small_changes_look_small() -> None:
    line = sparkline([1000, 990])
    assert line is not None
    assert line.path == "M2 2h92"


def test_days_at_one_height_are_drawn_by_their_ends() -> None:
    line = sparkline([4, 4, 4, 4, 2, 2, 4, None, 4, 4])
    assert line is not None
    assert line.path == "M2 2h31l10 10h10l10-10M84 2h10"


@pytest.mark.parametrize("values", [[], [None, None]])
def test_no_known_day_is_no_line(values: list[int | None]) -> None:
    assert sparkline(values) is None


def test_only_zeros_lie_on_the_ground() -> None:
    line = sparkline([0, 0])
    assert line is not None
    assert line.path == "M2 22h92"
