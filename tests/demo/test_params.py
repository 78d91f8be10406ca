import pytest

from demo.params import Lateness, Params
from demo.world import JOINT


def test_the_letter_s_four_figures_come_from_the_parameter_file(params: Params) -> None:
    assert params.golden == {("608", "old"): 857, ("608", "new"): 464, ("612", "old"): 331, ("612", "new"): 271}


def test_shares_are_fractions_that_add_up_to_one(params: Params) -> None:
    shares = (params.level_share.values(), params.field_share.values(), params.field_share_overdue.values())
    for numbers in (*shares, params.channels, params.weekdays):
        assert sum(numbers) == pytest.approx(1)


def test_lateness_is_read_with_its_bounds(params: Params) -> None:
    assert params.lateness["old"] == Lateness(160, 0.9, 20, 900)
    assert params.lateness["new"] == Lateness(18, 1.1, 1, 250)


@pytest.mark.parametrize("axis", [0, 1])
def test_the_table_of_levels_and_fields_has_the_file_s_margins(params: Params, axis: int) -> None:
    margins: dict[str, float] = {}
    for cell, percent in JOINT.items():
        margins[cell[axis]] = margins.get(cell[axis], 0) + percent / 100
    assert margins == pytest.approx(dict((params.level_share, params.field_share)[axis]))
