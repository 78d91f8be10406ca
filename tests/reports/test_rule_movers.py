"""The reasons behind a change: what came in less what went out is the change, whatever the words."""

from collections import Counter

from reports.rules.movers import STILL, Mover, flow, furthest
from reports.rules.ranking import Unit


def unit(pk: int) -> Unit:
    return Unit(pk, str(pk), f"Đơn vị {pk}", "commune", str(pk))


def test_inflow_less_outflow_is_the_change() -> None:
    found = flow(Counter(opened=9, arrived=1), Counter(finished=4, ended_other=2, stopped=1, due_moved=1, transferred=1))
    assert (found.inflow, found.outflow, found.change) == (10, 9, 1)
    assert found.came == {"opened": 9, "arrived": 1}
    assert "uncounted" not in found.went


def test_what_is_merely_continued_neither_came_nor_went() -> None:
    found = flow(Counter(opened=2, continued=2500), Counter(finished=1, continued=2500))
    assert (found.came, found.went) == ({"opened": 2}, {"finished": 1})


def test_what_continues_elsewhere_went_there() -> None:
    left, reached = flow(Counter(), Counter(continued=1)), flow(Counter(continued=1), Counter())
    assert (left.came, left.went) == ({}, {"transferred": 1})
    assert (reached.came, reached.went) == ({"arrived": 1}, {})


def test_the_furthest_each_way_come_first_and_equal_ones_stay_in_order() -> None:
    changes = {1: 2, 2: -5, 3: 7, 4: 2, 5: -5, 6: 0, 7: -1}
    rose, fell = furthest((Mover(unit(pk), change, STILL) for pk, change in changes.items()), 2)
    assert [mover.unit.pk for mover in rose] == [3, 1]
    assert [mover.unit.pk for mover in fell] == [2, 5]


def test_reasons_that_do_not_make_the_change_explain_nothing() -> None:
    assert Mover(unit(1), 1, flow(Counter(opened=3), Counter(finished=2))).explained
    assert not Mover(unit(1), 1, STILL).explained
