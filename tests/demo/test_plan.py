from datetime import date, timedelta
from random import Random

import pytest

from demo.params import Params
from demo.plan import FIRST_DAY, LAST_DAY, OLDEST_DUE, SNAPSHOT, Spell, days_of_demo, spells, stock_curve, targets
from demo.world import World

pytestmark = pytest.mark.django_db  # the world is read from the reference tables


def alive(planned: list[Spell], day: date) -> int:
    return sum(spell.first <= day and (spell.until is None or spell.until > day) for spell in planned)


@pytest.mark.parametrize("system", ["old", "new"])
@pytest.mark.parametrize("target", [0, 1, 2, 3, 7, 41, 271, 857])
def test_on_the_snapshot_day_exactly_the_target_is_overdue(
    world: World, params: Params, system: str, target: int, rng: Random
) -> None:
    planned = spells(world.unit("608"), system, target, world, params, rng)
    assert alive(planned, SNAPSHOT) == target


def test_a_dossier_becomes_overdue_only_after_a_working_day_and_ends_only_on_one(
    world: World, params: Params, rng: Random
) -> None:
    for spell in spells(world.unit("608"), "new", 300, world, params, rng):
        assert world.calendar.is_working(spell.first - timedelta(days=1))
        assert spell.until is None or (world.calendar.is_working(spell.until) and spell.until > spell.first)


def test_the_old_backlog_reaches_back_years_but_never_before_2019(world: World, params: Params, rng: Random) -> None:
    firsts = [spell.first for spell in spells(world.unit("608"), "old", 857, world, params, rng)]
    assert OLDEST_DUE < min(firsts) < date(2020, 12, 31)


@pytest.mark.parametrize("letter", [date(2022, 8, 12), date(2022, 10, 24)])
@pytest.mark.parametrize("system", ["old", "new"])
def test_the_backlog_dips_after_a_letter_without_being_cleared(system: str, letter: date, rng: Random) -> None:
    curve = stock_curve(system, 500, rng)
    assert 0 < curve(letter + timedelta(days=11)) < curve(letter)


def test_the_old_system_falls_and_the_new_one_grows(rng: Random) -> None:
    old, new = stock_curve("old", 500, rng), stock_curve("new", 500, rng)
    assert old(FIRST_DAY) > old(date(2022, 10, 24)) > old(SNAPSHOT) > old(LAST_DAY)
    assert new(FIRST_DAY) < new(date(2022, 10, 24))


def test_every_unit_the_letter_does_not_name_stays_below_those_it_names(world: World, params: Params, rng: Random) -> None:
    wanted = targets(world, params, rng)
    named = {"608", "612"}
    assert {key: count for key, count in wanted.items() if key[0] in named} == params.golden
    others = {code for code, _ in wanted} - named
    assert all(wanted[code, "old"] + wanted[code, "new"] <= 90 for code in others)
    districts = {unit.code for unit in world.units if unit.kind == "district"} - named
    assert all(wanted[code, "old"] + wanted[code, "new"] >= 5 for code in districts)


def test_with_all_units_under_them_the_two_named_still_come_first(world: World, params: Params, rng: Random) -> None:
    wanted = targets(world, params, rng)
    provincial = [unit.code for unit in world.units if unit.kind in ("province", "branch") and world.handled[unit.code]]
    for system in ("old", "new"):
        assert sum(wanted[code, system] for code in provincial) < params.golden["612", system]


def test_a_smaller_demo_keeps_every_unit_s_place(world: World, params: Params) -> None:
    whole, small = (targets(world, params, Random(1), scale) for scale in (1.0, 0.02))
    assert small["608", "old"] == 18
    assert {key for key, count in small.items() if count} == {key for key, count in whole.items() if count}


def test_the_days_of_the_demo_are_all_there(world: World) -> None:
    assert len(days_of_demo()) == 102
