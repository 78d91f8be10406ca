"""The demo's world as the real reference data gives it, read once; nothing of it stays in the database."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from demo.backlog import Backlog
from demo.counter import Counter
from demo.dues import Dues
from demo.history import SEED, History, history
from demo.ordinary import Ordinary
from demo.params import Params, params_read
from demo.reference import aliases_read, procedures_add, world_read
from demo.world import World
from kontum_tthc.reference import reference_load

DATA = settings.BASE_DIR / "data"
SMALL = 0.05


@pytest.fixture(scope="session")
def reference(django_db_setup: None, django_db_blocker: Any) -> tuple[World, dict[str, list[str]]]:
    with django_db_blocker.unblock(), transaction.atomic():
        reference_load(folder=DATA, actor="tests")
        procedures_add(actor="tests")
        found = world_read(), aliases_read()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def world(reference: tuple[World, dict[str, list[str]]]) -> World:
    return reference[0]


@pytest.fixture(scope="session")
def params() -> Params:
    return params_read(DATA / "generator_params.csv")


@pytest.fixture(scope="session")
def tell(reference: tuple[World, dict[str, list[str]]], params: Params) -> Callable[..., History]:
    return lambda scale=SMALL, seed=SEED: history(*_placed(reference, params), scale=scale, seed=seed)


def _placed(reference: tuple[World, dict[str, list[str]]], params: Params) -> tuple[World, Params, dict[str, list[str]]]:
    return reference[0], params, reference[1]


@pytest.fixture(scope="session")
def told(tell: Callable[..., History]) -> History:
    """A twentieth of the demo."""
    return tell()


@pytest.fixture(scope="session")
def counter(world: World, params: Params) -> Counter:
    return Counter(params, world.calendar, SEED)


@pytest.fixture(scope="session")
def dues(world: World) -> Dues:
    return Dues(world.calendar)


@pytest.fixture(scope="session")
def backlog(world: World, counter: Counter, dues: Dues) -> Backlog:
    return Backlog(world, counter, dues)


@pytest.fixture(scope="session")
def ordinary(world: World, counter: Counter, dues: Dues) -> Ordinary:
    return Ordinary(world, counter, dues)


@pytest.fixture
def rng() -> Random:
    return Random(1)
