"""Stock, inflow and outflow balance; who moved and who stood still is read from the list, not from the total."""

from dataclasses import replace

import pytest

from directives.rules.fate import FATES, Fate
from directives.rules.flow import Flow


def flow(size: int, *, unlisted: int = 0, inflow: int = 0, **fates: int) -> Flow:
    """The rest of the list is still overdue."""
    every: dict[Fate, int] = {name: fates.get(name, 0) for name in FATES}
    every["overdue"] = size - sum(every.values())
    return Flow(size, every, unlisted, inflow, every["overdue"] + unlisted + inflow)


def test_what_left_and_what_came_explain_the_total() -> None:
    found = flow(857, finished=40, ended_other=3, stopped=2, transferred=5, vanished=4, unlisted=4, inflow=38)
    assert (found.settled, found.unsettled) == (43, 814)
    assert (found.remaining, found.outflow) == (807, 50)  # what has vanished without an end is still in the figure
    assert found.stock == 845
    assert found.balance == 0


def test_a_figure_that_does_not_add_up_shows_it() -> None:
    assert replace(flow(10, finished=2), stock=9).balance == -1


@pytest.mark.parametrize(
    ("found", "course"),
    [
        (flow(0), "none"),
        (flow(0, inflow=7), "none"),
        (flow(5), "still"),
        (flow(5, stopped=2, due_moved=1, transferred=1, vanished=1), "still"),  # out of the figure, but not ended
        (flow(5, finished=1), "improved"),
        (flow(5, finished=4, stopped=1), "improved"),
        (flow(5, finished=3, ended_other=2), "settled"),
        (flow(5, finished=3, ended_other=2, inflow=9), "settled"),
    ],
)
def test_the_course_is_told_by_lawful_ends_alone(found: Flow, course: str) -> None:
    assert found.course == course


def test_newcomers_in_the_place_of_what_left_are_told() -> None:
    assert flow(10, finished=4, inflow=4).replaced
    assert flow(10, finished=4, inflow=9).replaced
    assert not flow(10, finished=4, inflow=3).replaced
    assert not flow(10, inflow=3).replaced  # nothing left


def test_a_total_adds_every_part() -> None:
    parts = [flow(10, finished=4, inflow=1), flow(20, vanished=2, unlisted=2, inflow=5)]
    total = Flow.total(parts)
    assert (total.size, total.settled, total.outflow, total.inflow, total.stock) == (30, 4, 4, 6, 32)
    assert total.balance == 0
    assert Flow.total([]).course == "none"
