"""Which files came, from any door, and which are late, in a fixed number of queries."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Role
from deliveries.selectors.schedule import deliveries_late, schedule
from dossiers.models import ImportBatch
from dossiers.services.decisions import batch_revert
from tests.factories.accounts import make_user
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_batch
from tests.factories.worktime import at, load_calendar
from worktime.rules import CalendarMissing

pytestmark = pytest.mark.django_db
NOW = at("2022-11-08 08:00")
FIVE = at("2022-11-08 05:00")


def late() -> list[tuple[str, str]]:
    return [(one.expected.system_id, f"{one.day:%d/%m}") for one in deliveries_late(NOW)]


def states() -> list[str]:
    """Of the first expected file: yesterday and today."""
    return [one.state for one in reversed(schedule(NOW)[0].days[:2])]


def test_without_any_file_today_s_is_late_and_all_days_since_the_beginning_are_missing() -> None:
    make_expected(active_from=date(2022, 11, 5))
    assert late() == [("old", "08/11")]
    days = schedule(NOW)[0].days
    assert [one.day for one in days[:1] + days[-1:]] == [date(2022, 11, 8), date(2022, 10, 26)]
    assert [one.state for one in days[:4]] == ["missing"] * 4
    assert {one.state for one in days[4:]} == {"not_expected"}


@pytest.mark.parametrize("status", ["waiting", "running", "refused", "failed", "canceled", "reverted"])
def test_only_what_is_in_has_come(status: str) -> None:
    make_expected()
    make_batch(FIVE, status=status)
    assert (late(), states()) == ([("old", "08/11")], ["missing", "missing"])


def test_what_is_in_has_come_through_whichever_door() -> None:
    make_expected()
    make_batch(FIVE)
    assert (late(), states()) == ([], ["missing", "came"])


def test_the_moment_of_acceptance_counts_not_the_moment_described() -> None:
    make_expected()
    batch = make_batch(FIVE - timedelta(days=3))
    assert late() == [("old", "08/11")]
    ImportBatch.objects.filter(pk=batch.pk).update(accepted_at=FIVE)
    assert late() == []


@pytest.mark.parametrize(("system", "kind", "serves"), [("new", "full", False), ("old", "delta", False), ("old", "full", True)])
def test_a_full_extract_is_served_by_a_full_one_of_its_system_alone(system: str, kind: str, serves: bool) -> None:
    make_expected()
    make_batch(FIVE, system=system, kind=kind)
    assert (late() == []) is serves
    assert (states()[1] == "came") is serves


@pytest.mark.parametrize("kind", ["delta", "full"])
def test_where_changes_are_expected_a_full_extract_serves_too(kind: str) -> None:
    make_expected(kind="delta")
    make_batch(FIVE, kind=kind)
    assert late() == []
    assert states()[1] == "came"


def test_a_file_taken_back_and_what_takes_it_back_are_no_delivery() -> None:
    make_expected(kind="delta")
    batch = make_batch(FIVE, kind="delta")
    batch_revert(batch=batch, reason="nhầm", user=make_user("dl", Role.DATA_STEWARD), now=FIVE)
    assert late() != []
    assert states()[1] != "came"


def test_a_file_that_waits_is_named() -> None:
    make_expected()
    make_batch(FIVE - timedelta(days=1), status="held")
    assert [one.held for one in deliveries_late(NOW)] == [None]  # yesterday's
    held = make_batch(FIVE, status="held")
    assert [one.held for one in deliveries_late(NOW)] == [held.pk]
    assert states() == ["held", "held"]


def test_what_is_stopped_or_not_begun_is_not_late_and_is_shown_for_two_weeks() -> None:
    make_expected(stopped_from=date(2022, 11, 8))
    make_expected(by="05:00", active_from=date(2022, 11, 9))
    make_expected(by="04:00", active_from=date(2022, 9, 1), stopped_from=date(2022, 10, 26))
    assert late() == []
    assert [f"{one.expected.by:%H}" for one in schedule(NOW)] == ["05", "06"]


def test_working_days_come_from_the_loaded_calendar() -> None:
    make_expected(days="working")
    with pytest.raises(CalendarMissing):
        deliveries_late(NOW)
    with pytest.raises(CalendarMissing):
        schedule(NOW)
    load_calendar()
    assert late() == [("old", "08/11")]
    assert [one.state for one in schedule(NOW)[0].days[1:4]] == ["missing", "not_expected", "not_expected"]


@pytest.mark.parametrize(("days", "queries"), [("every", 1), ("working", 2)])
def test_what_is_late_costs_the_same_queries_for_two_files_and_for_twenty(
    days: str, queries: int, django_assert_num_queries: Any
) -> None:
    load_calendar()
    for number in range(20):
        make_expected(days=days, by=f"{number:02}:00")
        make_batch(FIVE - timedelta(days=number))
        if number in (1, 19):
            with django_assert_num_queries(queries):  # expected files with their newest; the calendar's days
                deliveries_late(NOW)
            with django_assert_num_queries(queries + 1):  # the same; batches
                schedule(NOW)


def test_without_anything_expected_it_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert deliveries_late(NOW) == []
