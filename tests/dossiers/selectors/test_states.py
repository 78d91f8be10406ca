"""The conditions the database uses say exactly what the pure rule says."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from dossiers.models import Dossier, DossierRevision, SweepRun
from dossiers.rules.overdue import AGE_LIMITS, Facts, Verdict, verdict
from dossiers.selectors.runs import night_inputs
from dossiers.selectors.states import AGES, STATES, Day, age, dossiers_known_at, overdue_parts, share
from tests.factories.agencies import make_agency
from tests.factories.dossiers import facts, make_batch, make_calendar, midnight, moment, observe
from worktime.rules import WorkCalendar
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)  # a Monday
DAY = timedelta(days=1)
NEAR = (None, D - 3 * DAY, D - DAY, D, D + DAY)
DUES = (None, D - 3 * DAY, D - DAY, D, D + DAY, D + 2 * DAY, D + 5 * DAY)
ENDINGS = ((4, None), *product((9, 10, 7, 8, 3), NEAR[1:]))
IN_TIME = {"in_time", "due_today", "due_soon"}
ENDED = {"done_early", "done_on_time", "done_late", "ended_other"}


def grid() -> Iterator[dict[str, Any]]:
    """Every mix of receipt, due date, limit kind, stop and ending around one day; hourly limits end before and after the hour."""
    for received, due, stopped, (status, ended) in product(NEAR, DUES, NEAR, ENDINGS):
        said = {"received": received, "stopped": stopped, "status": status, "ended": ended}
        yield {**said, "due": due}
        if due == D:
            yield from ({**said, "due": moment(due, hour), "hourly": True} for hour in (7, 9))
    yield from ({"received": D - 3 * DAY, "due": D - days * DAY} for days in range(4, 200))  # every age to the day


@pytest.fixture
def cases() -> list[Dossier]:
    """The grid as dossiers, one each."""
    make_calendar()
    agency, batch = make_agency("A"), make_batch(midnight(D))
    own = {"system": batch.system, "seen_at": batch.data_as_of, "row_hash": b"0" * 16, "search_text": ""}
    rows = [Dossier(code=str(number), **own, **facts(batch, agency, **said)) for number, said in enumerate(grid())]
    return Dossier.objects.bulk_create(rows)


def judge(dossier: Dossier, as_of: date, days: WorkCalendar) -> Verdict:
    dates = (dossier.received_on, dossier.status, dossier.due_on, dossier.overdue_from, dossier.stopped_on, dossier.ended_on)
    return verdict(Facts(*dates, due_at=dossier.effective_due, ended_at=dossier.ended_at), as_of, days)


def expected(dossier: Dossier, found: Verdict, as_of: date) -> set[str]:
    """The figures of the day a dossier belongs to, by the pure rule."""
    names = {"received"} if dossier.received_on == as_of else set()
    if found.state in ENDED:
        return names | ({found.state} if dossier.ended_on == as_of else set())
    if found.state == "not_counted":
        return names
    names |= {"open", "in_time" if found.state in IN_TIME else found.state, found.state}
    if found.state == "overdue":
        names |= {"age " + next((str(limit) for limit in AGE_LIMITS if found.working_days <= limit), "more")}
        names |= {"before stop"} if found.before_stop else set()
    return names


@pytest.mark.parametrize("as_of", [D - 3 * DAY, D - 2 * DAY, D - DAY, D, D + DAY, D + 5 * DAY])
def test_every_condition_agrees_with_the_pure_rule(cases: list[Dossier], as_of: date) -> None:
    days = calendar()
    day = Day.of(as_of, days)
    conditions = {name: state(day) for name, state in STATES.items()} | {f"age {name}": age(name, day) for name in AGES}
    conditions["before stop"] = share("overdue_before_stop", day)
    ruled: dict[str, set[int]] = {name: set() for name in conditions}
    for dossier in cases:
        for name in expected(dossier, judge(dossier, as_of, days), as_of):
            ruled[name].add(dossier.pk)
    for name, condition in conditions.items():
        assert set(Dossier.objects.filter(condition).values_list("pk", flat=True)) == ruled[name], name
    parts = [set(Dossier.objects.filter(part).values_list("pk", flat=True)) for part in overdue_parts(day)]
    assert (set.union(*parts), set.intersection(*parts)) == (ruled["overdue"], set())
    if as_of == D:
        assert all(ruled.values()), "the grid must reach every figure"


def make_run(as_of: date) -> SweepRun:
    last_batch, inputs = night_inputs(as_of)
    return SweepRun(as_of=as_of, last_batch=last_batch, inputs=inputs)


def test_while_nothing_newer_is_known_the_facts_are_the_dossiers_themselves() -> None:
    make_calendar()
    observe(make_batch(midnight(D)), "H1", make_agency("A"), received=D)
    assert dossiers_known_at(make_run(D)).model is Dossier


def test_a_night_knows_each_dossier_as_the_last_data_before_its_cut_off_had_it() -> None:
    agency = make_agency("A")
    observe(make_batch(midnight(D - DAY)), "H1", agency, received=D, due=D)
    observe(make_batch(midnight(D)), "H1", agency, received=D, due=D + DAY)
    observe(make_batch(midnight(D + DAY)), "H1", agency, received=D, due=D + 2 * DAY)
    observe(make_batch(midnight(D + DAY), system="new"), "H2", agency, received=D, due=D + 3 * DAY)
    known = dossiers_known_at(make_run(D))
    assert known.model is DossierRevision
    assert dict(known.values_list("code", "due_on")) == {"H1": D + DAY, "H2": D + 3 * DAY}  # H2: the first data of its system


def test_the_newest_of_two_revisions_of_one_moment_is_the_later_arrival() -> None:
    agency = make_agency("A")
    for due in (D, D + DAY, D + 2 * DAY):
        observe(make_batch(midnight(D)), "H1", agency, received=D, due=due)
    observe(make_batch(midnight(D + DAY)), "H1", agency, received=D, due=D)
    assert [facts.due_on for facts in dossiers_known_at(make_run(D))] == [D + 2 * DAY]


def test_what_came_in_after_a_night_is_not_known_to_it_even_when_it_describes_an_earlier_moment() -> None:
    agency = make_agency("A")
    observe(make_batch(midnight(D)), "H1", agency, received=D)
    waiting = make_batch(midnight(D), status="waiting")
    observe(make_batch(midnight(D)), "H2", agency, received=D)
    run = make_run(D)
    observe(waiting, "H3", agency, received=D)
    observe(make_batch(moment(D)), "H4", agency, received=D)
    assert sorted(facts.code for facts in dossiers_known_at(run)) == ["H1", "H2"]
