"""What one night does to the episodes, case by case."""

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from dossiers.models import OverdueEpisode, SweepRun
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
MONDAY = date(2022, 11, 7)
DAY = timedelta(days=1)


@pytest.fixture
def unit() -> Agency:
    make_calendar()
    return make_agency("UBND huyện Đăk Tô", code="612")


def sweep(as_of: date) -> SweepRun:
    return nightly.run(as_of=as_of, now=midnight(as_of) + timedelta(minutes=15), trigger="beat")


def test_a_dossier_is_overdue_from_the_night_after_its_due_date(unit: Agency) -> None:
    observe(make_batch(midnight(MONDAY - DAY)), "H1", unit, received=date(2022, 10, 24), due=MONDAY)
    due_day, next_day = sweep(MONDAY), sweep(MONDAY + DAY)
    assert (due_day.opened, due_day.overdue) == (0, 0)
    assert (next_day.opened, next_day.overdue) == (1, 1)
    episode = OverdueEpisode.objects.get()
    assert episode.became_overdue_at == midnight(MONDAY)
    assert (episode.opened_as_of, episode.due_on) == (MONDAY + DAY, MONDAY)
    assert episode.detected_at == midnight(MONDAY + DAY) + timedelta(minutes=15)


def test_a_limit_in_hours_is_overdue_in_the_night_of_its_due_date_from_its_due_moment(unit: Agency) -> None:
    due = moment(MONDAY, 10, 30)
    observe(make_batch(midnight(MONDAY)), "H1", unit, received=MONDAY, due=due, hourly=True)
    assert sweep(MONDAY).overdue == 1
    assert OverdueEpisode.objects.get().became_overdue_at == due
