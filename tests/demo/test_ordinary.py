from collections import Counter
from random import Random

import pytest

from demo.lives import FINANCIAL, SUPPLEMENT, overdue
from demo.ordinary import FIRST_RECEIPT, Ordinary
from demo.params import Params
from demo.plan import LAST_DAY, days_of_demo
from worktime.rules import end_of_day

pytestmark = pytest.mark.django_db  # the world is read from the reference tables


def test_none_of_them_is_overdue_on_any_night(ordinary: Ordinary, rng: Random) -> None:
    for life in ordinary.lives(1500, rng):
        late = [day for day in days_of_demo()[:-1] if overdue(life, day, end_of_day(day))]
        assert not late, life


def test_they_follow_the_shares_of_the_parameter_file(ordinary: Ordinary, params: Params, rng: Random) -> None:
    lives = ordinary.lives(8000, rng)
    groups = Counter(life.matter.group for life in lives)
    assert {group: count / len(lives) for group, count in groups.items()} == pytest.approx(dict(params.field_share), abs=0.02)
    in_person = sum(life.channel == "Trực tiếp" for life in lives) / len(lives)
    assert in_person == pytest.approx(params.channels[0], abs=0.03)


def test_they_come_on_every_weekday_and_move_from_the_old_system_to_the_new(ordinary: Ordinary, rng: Random) -> None:
    lives = ordinary.lives(6000, rng)
    assert {life.received.weekday() for life in lives} == set(range(7))
    assert all(FIRST_RECEIPT <= life.received.date() <= LAST_DAY for life in lives)
    months = {month: [life.system for life in lives if life.received.month == month] for month in (7, 10)}
    assert months[7].count("old") / len(months[7]) > 2 * months[10].count("old") / len(months[10])


def test_every_course_occurs(ordinary: Ordinary, rng: Random) -> None:
    lives = ordinary.lives(6000, rng)
    assert {life.end_status for life in lives} == {0, 3, 7, 8, 9}
    assert {life.stop_kind for life in lives} == {0, SUPPLEMENT, FINANCIAL}
    assert any(life.silent for life in lives)
    assert any(life.registered for life in lives)
    units = {life.matter.limit.unit for life in lives if life.matter.limit}
    assert units >= {"working_day", "day", "working_hour", "same_day"}


def test_an_end_never_comes_before_the_receipt(ordinary: Ordinary, rng: Random) -> None:
    for life in ordinary.lives(3000, rng):
        assert life.ended is None or life.received < life.ended
        assert life.returned is None or (life.ended is not None and life.ended < life.returned)
