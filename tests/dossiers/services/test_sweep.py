"""What nights do to the episodes, case by case."""

from datetime import date, timedelta
from typing import Any

import pytest

from agencies.models import Agency
from dossiers.models import OverdueEpisode, SweepRun
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
Reason = OverdueEpisode.EndReason
MONDAY = date(2022, 11, 7)
DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY
RECEIVED = date(2022, 10, 24)
LATE = {"received": RECEIVED, "due": MONDAY - DAY}


@pytest.fixture
def unit() -> Agency:
    make_calendar()
    return make_agency("UBND huyện Đăk Tô", code="612")


def sweep(as_of: date) -> SweepRun:
    return nightly.run(as_of=as_of, now=midnight(as_of) + timedelta(minutes=15), trigger="beat")


def learn(day: date, unit: Agency, **said: Any) -> None:
    """By the end of the day the source says this of H1."""
    observe(make_batch(midnight(day)), "H1", unit, **said)


def overdue_once(unit: Agency) -> None:
    """H1, late, flagged on Monday."""
    learn(MONDAY, unit, **LATE)
    assert sweep(MONDAY).opened == 1


def only_episode() -> OverdueEpisode:
    return OverdueEpisode.objects.get()


def test_a_dossier_is_overdue_from_the_night_after_its_due_date(unit: Agency) -> None:
    learn(MONDAY - DAY, unit, received=RECEIVED, due=MONDAY)
    due_day, next_day = sweep(MONDAY), sweep(TUESDAY)
    assert (due_day.opened, due_day.overdue) == (0, 0)
    assert (next_day.opened, next_day.overdue) == (1, 1)
    episode = only_episode()
    assert episode.became_overdue_at == midnight(MONDAY)
    assert (episode.opened_as_of, episode.due_on, episode.ended_as_of) == (TUESDAY, MONDAY, None)
    assert episode.detected_at == midnight(TUESDAY) + timedelta(minutes=15)


def test_a_limit_in_hours_is_overdue_in_the_night_of_its_due_date_from_its_due_moment(unit: Agency) -> None:
    due = moment(MONDAY, 10, 30)
    learn(MONDAY, unit, received=MONDAY, due=due, hourly=True)
    assert sweep(MONDAY).overdue == 1
    assert only_episode().became_overdue_at == due


def test_a_dossier_due_on_friday_is_overdue_on_saturday(unit: Agency) -> None:
    learn(date(2022, 11, 4), unit, received=RECEIVED, due=date(2022, 11, 4))
    assert sweep(date(2022, 11, 5)).overdue == 1


@pytest.mark.parametrize(
    ("news", "reason"),
    [
        ({**LATE, "status": 9, "ended": TUESDAY}, Reason.FINISHED),
        ({**LATE, "status": 10, "ended": RECEIVED}, Reason.FINISHED),  # backdated: known only now, so it ends now
        ({**LATE, "status": 7, "ended": TUESDAY}, Reason.ENDED_OTHER),
        ({**LATE, "due": TUESDAY}, Reason.DUE_MOVED),
        ({**LATE, "due": None}, Reason.DUE_MOVED),
        ({**LATE, "status": 5, "stopped": MONDAY - DAY}, Reason.STOPPED),
        ({**LATE, "received": None, "status": 1}, Reason.UNCOUNTED),
        ({**LATE, "received": WEDNESDAY}, Reason.UNCOUNTED),
    ],
)
def test_an_episode_ends_in_the_night_that_knows_why(unit: Agency, news: dict[str, Any], reason: str) -> None:
    overdue_once(unit)
    learn(TUESDAY, unit, **news)
    run = sweep(TUESDAY)
    assert (run.opened, run.closed, run.overdue) == (0, 1, 0)
    episode = only_episode()
    assert (episode.opened_as_of, episode.ended_as_of, episode.end_reason) == (MONDAY, TUESDAY, reason)
    assert episode.end_detected_at == midnight(TUESDAY) + timedelta(minutes=15)


@pytest.mark.parametrize(
    "news",
    [
        LATE,
        {**LATE, "due": MONDAY - 5 * DAY},  # due moved earlier
        {**LATE, "due": MONDAY},  # due moved later, still passed
        {**LATE, "status": 5, "stopped": MONDAY},  # stopped when it was late already
        {**LATE, "status": 9, "ended": WEDNESDAY},  # will end, has not yet
    ],
)
def test_an_episode_goes_on_while_the_dossier_is_late(unit: Agency, news: dict[str, Any]) -> None:
    overdue_once(unit)
    learn(TUESDAY, unit, **news)
    run = sweep(TUESDAY)
    assert (run.opened, run.closed, run.overdue) == (0, 0, 1)
    assert only_episode().ended_as_of is None


@pytest.mark.parametrize("moved", ["unit", "field"])
def test_a_transfer_ends_one_episode_and_begins_another_with_the_same_lateness(unit: Agency, moved: str) -> None:
    overdue_once(unit)
    other = make_agency("UBND thành phố Kon Tum", code="608")
    learn(TUESDAY, other if moved == "unit" else unit, **LATE, field="Đất đai" if moved == "unit" else "Hộ tịch")
    run = sweep(TUESDAY)
    assert (run.opened, run.closed, run.overdue) == (1, 1, 1)
    left, joined = OverdueEpisode.objects.order_by("pk")
    assert (left.ended_as_of, left.end_reason) == (TUESDAY, Reason.TRANSFERRED)
    assert (joined.opened_as_of, joined.became_overdue_at) == (TUESDAY, left.became_overdue_at)
    assert (joined.agency == other) == (moved == "unit")


def test_a_dossier_late_for_a_second_time_gets_a_second_episode(unit: Agency) -> None:
    overdue_once(unit)
    learn(TUESDAY, unit, received=RECEIVED, due=TUESDAY)
    sweep(TUESDAY)
    sweep(WEDNESDAY)
    assert list(OverdueEpisode.objects.values_list("opened_as_of", "ended_as_of")) == [(MONDAY, TUESDAY), (WEDNESDAY, None)]


def test_a_stop_before_the_due_date_passed_keeps_a_dossier_out_until_work_goes_on(unit: Agency) -> None:
    learn(MONDAY, unit, received=RECEIVED, due=MONDAY, status=5, stopped=MONDAY)
    assert sweep(MONDAY).overdue == sweep(TUESDAY).overdue == 0
    learn(WEDNESDAY, unit, received=RECEIVED, due=MONDAY)
    assert sweep(WEDNESDAY).overdue == 1


def test_history_before_the_first_night_is_filled_in_without_touching_what_followed(unit: Agency) -> None:
    batch = make_batch(midnight(WEDNESDAY))
    observe(batch, "H1", unit, **LATE)
    observe(batch, "H2", unit, received=RECEIVED, due=MONDAY - DAY, status=9, ended=TUESDAY)
    sweep(WEDNESDAY)
    flagged_first = only_episode()
    earlier, between = sweep(MONDAY), sweep(TUESDAY)
    assert (earlier.overdue, between.overdue, between.closed) == (2, 1, 1)
    assert earlier.inputs["old"]["reconstructed"]
    flagged_first.refresh_from_db()
    assert (flagged_first.opened_as_of, flagged_first.ended_as_of) == (WEDNESDAY, None)
    spans = OverdueEpisode.objects.values_list("dossier__code", "opened_as_of", "ended_as_of", "end_reason").order_by("pk")
    assert list(spans)[1:] == [("H1", MONDAY, WEDNESDAY, ""), ("H2", MONDAY, TUESDAY, Reason.FINISHED)]
