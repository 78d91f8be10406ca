"""A head's desk: the oldest of each system, what is due on which day, what has stood still longest."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from agencies.models import Agency
from dossiers.models import Dossier
from reports.selectors.desk import Desk, desk
from reports.templatetags.desk import weekday
from tests.factories.dossiers import make_batch, make_calendar, midnight, observe
from worktime.models import CalendarYear
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
NIGHT = date(2022, 11, 9)  # a Wednesday
TODAY = NIGHT + timedelta(days=1)
RECEIVED = date(2022, 10, 3)


@pytest.fixture(autouse=True)
def _calendar() -> None:
    make_calendar()


def seen(today: date | None = TODAY, as_of: date = NIGHT) -> Desk:
    return desk(known=Dossier.objects.all(), as_of=as_of, today=today, calendar=calendar())


def overdue(unit: Agency, system: str, many: int, first: date) -> None:
    batch = make_batch(midnight(NIGHT), system=system)
    for number in range(many):
        observe(batch, f"{system}-{number:02}", unit, received=date(2022, 1, 4), due=first + timedelta(days=number))


def test_the_oldest_of_each_system_stand_first(unit_a: Agency) -> None:
    overdue(unit_a, "old", 12, date(2022, 2, 7))
    overdue(unit_a, "new", 12, date(2022, 9, 5))
    found = seen().overdue
    assert [(system, [job.code for job in jobs]) for system, jobs in found.items()] == [
        ("old", [f"old-{number:02}" for number in range(5)]),
        ("new", [f"new-{number:02}" for number in range(5)]),
    ]


@pytest.mark.parametrize(("old", "new", "shown"), [(12, 2, (8, 2)), (0, 12, (0, 10)), (12, 0, (10, 0)), (3, 4, (3, 4))])
def test_what_one_system_leaves_free_is_the_others(unit_a: Agency, old: int, new: int, shown: tuple[int, int]) -> None:
    overdue(unit_a, "old", old, date(2022, 2, 7))
    overdue(unit_a, "new", new, date(2022, 9, 5))
    assert tuple(len(jobs) for jobs in seen().overdue.values()) == shown


def test_lateness_is_counted_in_working_days_and_a_stop_after_the_due_date_is_told(unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT))
    observe(batch, "A", unit_a, received=date(2022, 8, 1), due=date(2022, 8, 31), stopped=date(2022, 9, 5), officer="Lê Thị Hoa")
    (job,) = seen().overdue["old"]
    assert (job.days, job.stopped_on, job.officer) == (48, date(2022, 9, 5), "Lê Thị Hoa")  # the national day's two days off


def test_a_lateness_from_before_the_calendar_begins_is_unknown(unit_a: Agency) -> None:
    observe(make_batch(midnight(NIGHT)), "A", unit_a, received=date(2017, 1, 3), due=date(2017, 2, 1))
    (job,) = seen().overdue["old"]
    assert job.days is None


def test_today_is_the_present_day_only_while_the_figures_reach_to_it(unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT))
    for code, due in (("ENDED", NIGHT), ("TODAY", TODAY), ("TODAY-2", TODAY), ("LATER", TODAY + timedelta(days=1))):
        observe(batch, code, unit_a, received=RECEIVED, due=due)
    found = seen()
    assert (found.day, found.current, found.due_today, found.just_ended) == (TODAY, True, 2, 1)
    assert [job.code for job in found.due] == ["TODAY", "TODAY-2"]
    past = seen(today=None)
    assert (past.day, past.current, past.due_today, past.just_ended) == (NIGHT, False, 1, None)
    same = seen(today=NIGHT)
    assert (same.day, same.current, same.due_today, same.just_ended) == (NIGHT, True, 1, None)
    stale = seen(today=NIGHT + timedelta(days=60))
    assert (stale.day, stale.current) == (NIGHT, False)


def test_the_strip_counts_what_is_due_on_each_day_and_leaves_out_what_is_not_running(unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT))
    observe(batch, "A", unit_a, received=RECEIVED, due=TODAY)
    observe(batch, "B", unit_a, received=RECEIVED, due=date(2022, 11, 12))  # a Saturday
    observe(batch, "STOPPED", unit_a, received=RECEIVED, due=TODAY, status=5, stopped=date(2022, 10, 10))
    observe(batch, "DONE", unit_a, received=RECEIVED, due=TODAY, status=9, ended=NIGHT)
    observe(batch, "FAR", unit_a, received=RECEIVED, due=date(2022, 11, 24))  # the eleventh working day
    held = [(one.first, one.kind, one.count) for one in seen().strip if one.count]
    assert held == [(TODAY, "work", 1), (date(2022, 11, 12), "off", 1)]
    assert seen().strip[-1].last == date(2022, 11, 23)


def test_those_stopped_longest_stand_first_with_their_days_since(unit_a: Agency) -> None:
    batch = make_batch(midnight(NIGHT))
    for number in range(7):
        stopped = date(2022, 10, 10) + timedelta(days=number)
        observe(batch, f"S-{number}", unit_a, received=RECEIVED, due=date(2022, 12, 1), status=5, stopped=stopped)
    found = seen()
    assert [job.code for job in found.waiting] == [f"S-{number}" for number in range(5)]
    assert (found.stopped, found.waiting[0].days, found.waiting[0].status) == (7, 22, 5)


def test_the_strip_ends_with_the_loaded_calendar(unit_a: Agency) -> None:
    CalendarYear.objects.filter(year=2023).delete()
    late = date(2022, 12, 21)
    observe(make_batch(midnight(late)), "A-END", unit_a, received=date(2022, 12, 1), due=date(2022, 12, 30))
    found = seen(today=None, as_of=late)
    assert (found.strip[0].first, found.strip[-1].last) == (late, date(2022, 12, 31))
    assert found.due_on == {date(2022, 12, 30): 1}


def test_a_days_name_within_a_sentence_is_written_as_the_language_does() -> None:
    days = date(2022, 11, 10), date(2022, 11, 13)
    assert [weekday(day) for day in days] == ["thứ 5", "chủ nhật"]
    with translation.override("en"):
        assert [weekday(day) for day in days] == ["Thursday", "Sunday"]
