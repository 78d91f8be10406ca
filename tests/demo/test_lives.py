from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from demo.lives import FINISHED, PROCESSING, RECEIVED, REGISTERED, RETURNED, SUPPLEMENT, Life, overdue
from demo.world import Matter, World
from worktime.rules import VIETNAM, end_of_day

pytestmark = pytest.mark.django_db  # the world is read from the reference tables

DUE = datetime(2022, 10, 10, 17, tzinfo=VIETNAM)
DAY = timedelta(days=1)


def at(day: int, hour: int = 9, month: int = 10) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=VIETNAM)


def seen(life: Life, day: date) -> bool:
    return overdue(life, day, end_of_day(day))


@pytest.fixture
def life(world: World) -> Life:
    matter = next(matter for matter in world.matters if matter.code == "1.003003")
    return Life("new", "1", world.unit("608"), matter, "Trực tiếp", "An", "Bình", at(1), DUE)


@pytest.fixture
def hours(world: World) -> Matter:
    return next(matter for matter in world.matters if matter.limit and matter.limit.unit == "working_hour")


def test_a_dossier_is_overdue_the_day_after_its_due_date_and_not_on_it(life: Life) -> None:
    assert [seen(life, DUE.date() + DAY * n) for n in (-1, 0, 1)] == [False, False, True]


def test_with_a_limit_in_hours_it_is_overdue_on_the_due_date(life: Life, hours: Matter) -> None:
    life = replace(life, matter=hours)
    assert [seen(life, DUE.date() + DAY * n) for n in (-1, 0)] == [False, True]


def test_it_is_overdue_until_the_day_it_is_finished(life: Life) -> None:
    life = replace(life, end_status=FINISHED, ended=at(20))
    assert [seen(life, date(2022, 10, day)) for day in (19, 20, 21)] == [True, False, False]


def test_an_end_recorded_later_is_not_known_before(life: Life) -> None:
    life = replace(life, end_status=FINISHED, ended=at(20), end_recorded=at(22))
    assert [seen(life, date(2022, 10, day)) for day in (20, 21, 22)] == [True, True, False]


@pytest.mark.parametrize(("asked", "late"), [(9, False), (10, False), (11, True)])
def test_only_a_stop_that_began_by_the_due_date_keeps_it_from_being_overdue(life: Life, asked: int, late: bool) -> None:
    life = replace(life, stop_kind=SUPPLEMENT, stop_start=at(asked))
    assert seen(life, date(2022, 10, 15)) is late


def test_a_moved_promise_counts_from_when_it_was_recorded(life: Life) -> None:
    life = replace(life, moved=(at(14), at(30, month=12)))
    assert [seen(life, date(2022, 10, day)) for day in (13, 14)] == [True, False]


def test_the_status_follows_the_course(life: Life) -> None:
    life = replace(
        life,
        registered=at(1, 7),
        started=at(2),
        stop_kind=SUPPLEMENT,
        stop_start=at(3),
        stop_end=at(5),
        end_status=FINISHED,
        ended=at(6),
        returned=at(7),
    )
    course = [REGISTERED, RECEIVED, PROCESSING, SUPPLEMENT, PROCESSING, FINISHED, RETURNED]
    assert [life.status(moment) for moment in (at(1, 8), at(1), at(2), at(3), at(5), at(6), at(7))] == course
    assert sorted(life.events()) == [at(1, 7), at(1), at(2), at(3), at(5), at(6), at(7)]
