from random import Random

import pytest

from demo.backlog import Backlog
from demo.lives import HOURLY, Life, overdue
from demo.params import Params
from demo.plan import LAST_DAY, Spell, days_of_demo, spells
from demo.world import World
from worktime.rules import end_of_day

pytestmark = pytest.mark.django_db  # the world is read from the reference tables


def planned_and_made(world: World, params: Params, backlog: Backlog, system: str) -> list[tuple[Spell, Life]]:
    rng = Random(7)
    return [(spell, backlog.life(spell, rng)) for spell in spells(world.unit("608"), system, 250, world, params, rng)]


def test_every_dossier_is_overdue_on_exactly_the_nights_planned_for_it(world: World, params: Params, backlog: Backlog) -> None:
    for system in ("old", "new"):
        for spell, life in planned_and_made(world, params, backlog, system):
            for day in days_of_demo()[:-1]:
                expected = spell.first <= day and (spell.until is None or day < spell.until)
                assert overdue(life, day, end_of_day(day)) is expected, (spell, life, day)


def test_the_promise_is_what_the_deadline_rules_give(world: World, params: Params, backlog: Backlog) -> None:
    for _spell, life in planned_and_made(world, params, backlog, "new"):
        assert life.due == backlog.dues.due(life.matter, life.received)
        assert life.received < life.due
        assert world.calendar.is_working(life.received.date())


def test_the_backlog_is_mostly_land_and_has_every_kind_of_end(world: World, params: Params, backlog: Backlog) -> None:
    lives = [life for system in ("old", "new") for _, life in planned_and_made(world, params, backlog, system)]
    land = sum(life.matter.group == "Đất đai" for life in lives) / len(lives)
    assert 0.6 < land < 0.8
    assert {life.end_status for life in lives} == {0, 7, 8, 9}
    assert any(life.moved for life in lives)
    assert any(life.due_after for life in lives)
    assert any(life.end_recorded and life.end_recorded.date() == LAST_DAY for life in lives)
    assert any(life.matter.limit is not None and life.matter.limit.unit in HOURLY for life in lives)
