from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.ranking import SORTS, Figures, Row, Unit, arranged, change, rank, together


def row(name: str, old: int = 0, new: int = 0, *, oldest: date | None = None, week: int | None = None) -> Row:
    figures = Figures(old=old, new=new, open=old + new, oldest_due=oldest)
    return Row(0, Unit(1, name, name, "district", name), figures, None, (None, week, None), ())


def places(rows: list[Row]) -> list[tuple[int, str]]:
    return [(item.rank, item.unit.name) for item in rows]


def test_the_footnote_of_letter_3812_ranks_by_both_systems_together() -> None:
    ranked = rank([row("Đăk Tô", 331, 271), row("Kon Tum", 857, 464)])
    assert places(ranked) == [(1, "Kon Tum"), (2, "Đăk Tô")]
    assert [item.now.total for item in ranked] == [1321, 602]


def test_equal_totals_share_a_rank_and_the_next_unit_skips_it() -> None:
    ranked = rank([row("A", 5), row("B", 3, 2), row("C", 4), row("D", 6)])
    assert places(ranked) == [(1, "D"), (2, "A"), (2, "B"), (4, "C")]


def test_among_equals_the_longest_overdue_stands_first_then_the_alphabet() -> None:
    late, later = date(2022, 1, 3), date(2022, 5, 4)
    ranked = rank([row("C", 1), row("B", 1, oldest=later), row("A", 1, oldest=later), row("D", 1, oldest=late)])
    assert [name for _, name in places(ranked)] == ["D", "A", "B", "C"]


def test_a_unit_with_one_dossier_and_a_unit_with_none_are_ranked() -> None:
    assert places(rank([row("không"), row("một", 0, 1)])) == [(1, "một"), (2, "không")]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_ranking_keeps_everyone_and_a_rank_is_one_more_than_those_with_more(held: list[tuple[int, int]]) -> None:
    ranked = rank(row(f"u{number}", *pair) for number, pair in enumerate(held))
    assert sorted(item.unit.name for item in ranked) == sorted(f"u{number}" for number in range(len(held)))
    totals = [old + new for old, new in held]
    assert all(item.rank == 1 + sum(total > item.now.total for total in totals) for item in ranked)


def test_a_change_from_a_day_without_figures_is_unknown_not_zero() -> None:
    assert change(5, None) is None
    assert change(5, 5) == 0
    assert change(5, 8) == -3


def test_figures_add_up_and_keep_the_oldest_date() -> None:
    first = Figures(1, 2, 10, 1, 0, (1, 2, 0, 0, 0), date(2022, 5, 4))
    second = Figures(3, 0, 5, 0, 2, (0, 0, 3, 0, 0), date(2022, 1, 3))
    assert together([first, second]) == Figures(4, 2, 15, 1, 2, (1, 2, 3, 0, 0), date(2022, 1, 3))
    assert together([]) == Figures()


def test_share_is_of_what_is_open_and_unknown_when_nothing_is() -> None:
    assert Figures(old=1, new=1, open=8).share == 0.25
    assert Figures().share is None


def test_another_order_puts_unknown_values_last_both_ways_and_keeps_ties_in_rank_order() -> None:
    ranked = rank([row("A", 9), row("B", 7, week=2), row("C", 5, week=-1), row("D", 3, week=2)])
    assert [item.unit.name for item in arranged(ranked, "week")] == ["C", "B", "D", "A"]
    assert [item.unit.name for item in arranged(ranked, "-week")] == ["B", "D", "C", "A"]
    assert [item.unit.name for item in arranged(ranked, "-rank")] == ["D", "C", "B", "A"]


def test_oldest_first_means_the_longest_overdue_at_the_top_when_descending() -> None:
    ranked = rank([row("A", 1, oldest=date(2022, 5, 4)), row("B", 2, oldest=date(2022, 1, 3)), row("C", 3)])
    assert [item.unit.name for item in arranged(ranked, "-oldest")] == ["B", "A", "C"]


@pytest.mark.parametrize("key", SORTS)
def test_every_offered_order_keeps_every_row(key: str) -> None:
    ranked = rank([row("A", 1), row("B"), row("C", 0, 4, oldest=date(2022, 1, 3), week=1)])
    for order in (key, f"-{key}"):
        assert sorted(item.unit.name for item in arranged(ranked, order)) == ["A", "B", "C"]
