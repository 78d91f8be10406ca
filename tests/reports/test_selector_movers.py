"""What moved between nights of the real pipeline: every reason once, and the sums always balance with the ranking."""

from datetime import date, timedelta
from typing import Any

import pytest

from agencies.models import Agency
from dossiers.models import ImportBatch
from kontum_tthc import nightly
from reports.rules.movers import Mover
from reports.selectors.movers import Balance, balances
from reports.selectors.ranking import ranking
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
FIRST = date(2022, 11, 1)
LAST = FIRST + timedelta(days=7)
LATE: dict[str, Any] = {"received": date(2022, 9, 5), "due": date(2022, 9, 19)}


def sweep(day: date) -> None:
    nightly.run(as_of=day, now=moment(day + timedelta(days=1), 0, 15), trigger="command")


@pytest.fixture
def week(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> ImportBatch:
    """A week without change after a first night with seven overdue at A and one at B."""
    make_calendar()
    batch = make_batch(midnight(FIRST))
    for code in ("DONE", "DROPPED", "STOPPED", "EXTENDED", "MOVED", "FORGOTTEN", "STAYS"):
        observe(batch, code, unit_a, **LATE)
    observe(batch, "B-STAYS", unit_b, **LATE)
    observe(batch, "C-NEW", commune_a, received=date(2022, 10, 3), due=LAST - timedelta(days=1))
    for offset in range(7):
        sweep(FIRST + timedelta(days=offset))
    return batch


def told(on: date = LAST) -> list[Balance]:
    found = ranking(agencies=Agency.objects.all(), as_of=on)
    balanced = balances(agencies=Agency.objects.all(), ranking=found)
    for place, balance in enumerate(balanced):
        total = found.total
        assert total is not None
        if balance.whole:
            assert (balance.whole.change, balance.whole.explained) == (total.changes[place], True)
        assert all(mover.explained for mover in (*balance.rose, *balance.fell))
    return balanced


def reasons(mover: Mover | None) -> tuple[dict[str, int], dict[str, int]]:
    assert mover is not None
    return dict(mover.flow.came), dict(mover.flow.went)


def test_every_reason_is_told_of_the_unit_it_concerns_and_the_sums_balance(
    week: ImportBatch, unit_a: Agency, unit_b: Agency
) -> None:
    batch = make_batch(midnight(LAST), kind="delta")
    observe(batch, "DONE", unit_a, **LATE, status=9, ended=LAST)
    observe(batch, "DROPPED", unit_a, **LATE, status=7, ended=LAST)
    observe(batch, "STOPPED", unit_a, **LATE, status=5, stopped=date(2022, 9, 12))
    observe(batch, "EXTENDED", unit_a, received=LATE["received"], due=date(2022, 12, 1))
    observe(batch, "MOVED", unit_b, **LATE)
    observe(batch, "FORGOTTEN", unit_a, received=None, due=LATE["due"])
    sweep(LAST)
    yesterday, last_week = told()
    went = dict.fromkeys(("finished", "ended_other", "stopped", "due_moved", "transferred", "uncounted"), 1)
    assert reasons(yesterday.fell[0]) == ({}, went)
    assert yesterday.fell[0].change == -6
    assert [(mover.unit.name, mover.change, reasons(mover)) for mover in yesterday.rose] == [
        (unit_b.name, 1, ({"arrived": 1}, {})),
        ("UBND phường Quang Trung", 1, ({"opened": 1}, {})),
    ]
    assert reasons(yesterday.whole) == ({"opened": 1, "arrived": 1}, went)
    assert reasons(last_week.whole) == reasons(yesterday.whole)


def test_a_night_without_any_movement_has_neither(week: ImportBatch) -> None:
    sweep(LAST - timedelta(days=1))
    yesterday, last_week = told(LAST - timedelta(days=1))
    assert reasons(yesterday.whole) == ({}, {})
    assert (yesterday.rose, yesterday.fell) == ((), ())
    assert last_week.whole is None  # no night seven days before


def test_a_date_filled_in_before_the_first_night_does_not_make_the_whole_backlog_new(week: ImportBatch) -> None:
    before = FIRST - timedelta(days=1)
    nightly.run_range(since=before, until=before, now=midnight(LAST), trigger="command")
    yesterday, _ = told(FIRST)
    assert reasons(yesterday.whole) == ({}, {})


def test_figures_without_episodes_keep_their_change_and_get_no_reasons(week: ImportBatch) -> None:
    sweep(LAST)
    found = ranking(agencies=Agency.objects.filter(code="23281"), as_of=LAST)
    assert found.total is not None
    assert found.total.changes[0] == 1
    (yesterday, _) = balances(agencies=Agency.objects.none(), ranking=found)
    assert [(mover.change, mover.explained) for mover in yesterday.rose] == [(1, False)]
