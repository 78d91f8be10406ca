"""The fate the database finds for a dossier of a list is the one the pure rule finds, over a grid of real rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

import pytest
from django.db import transaction

from agencies.models import Agency
from directives.models import Baseline, BaselineDossier
from directives.rules.fate import FATES, fate
from directives.selectors.cohorts import Look, followed
from directives.services.cohorts import CohortMismatchError, cohort_count
from dossiers.models import Dossier, DossierRevision, ImportBatch, SweepRun
from dossiers.rules.overdue import Facts, verdict
from dossiers.selectors.runs import night_inputs
from dossiers.selectors.states import dossier_key
from tests.factories import figures
from tests.factories.agencies import make_agency
from tests.factories.directives import make_directive
from tests.factories.dossiers import facts, make_batch, make_calendar, midnight, observe
from worktime.rules import WorkCalendar
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)  # a Monday
DAY = timedelta(days=1)
NEAR = (None, D - DAY, D, D + DAY)
ENDINGS = ((4, None), *product((9, 7), NEAR[1:]))


def grid() -> Iterator[dict[str, Any]]:
    """Receipt, due date, stop and ending around one day; at the unit or not; known elsewhere or not; listed or not."""
    dates = product(NEAR, (None, D - 3 * DAY, D, D + 2 * DAY), NEAR, ENDINGS)
    for (received, due, stopped, (status, ended)), *where in product(dates, (True, False), (True, False), (True, False)):
        yield {"received": received, "due": due, "stopped": stopped, "status": status, "ended": ended, "where": tuple(where)}


@pytest.fixture
def batch() -> ImportBatch:
    make_calendar()
    make_batch(midnight(D - 5 * DAY))
    make_batch(midnight(D - 9 * DAY), system="new")
    return make_batch(midnight(D))


@pytest.fixture
def mark(batch: ImportBatch) -> Baseline:
    """A letter's list of one unit on the old system."""
    letter = make_directive("3812/UBND", D + DAY)
    run = a_night(D - DAY)
    unit = make_agency("A")
    made = {"directive": letter, "agency": unit, "system_id": "old", "as_of": D - DAY, "run": run}
    return Baseline.objects.create(**made, dated_by="night", inferred=False, counted=0)


def a_night(as_of: date) -> SweepRun:
    last_batch, inputs = night_inputs(as_of)
    return SweepRun.objects.create(as_of=as_of, status="done", started_at=midnight(as_of), last_batch=last_batch, inputs=inputs)


def listed(mark: Baseline, batch: ImportBatch, every: int = 1) -> dict[int, dict[str, Any]]:
    """The grid, or each so many of it, as dossiers of the list; what was said of each by its id."""
    other, twins = make_agency("B"), ImportBatch.objects.get(system="new")
    said = dict(enumerate(islice(grid(), 0, None, every)))
    rows, more = [], []
    for number, words in said.items():
        at_unit, elsewhere, shown = words["where"]
        columns = facts(batch, mark.agency if at_unit else other, **{name: words[name] for name in words if name != "where"})
        seen = {"seen_at": midnight(D - (0 if shown else 5) * DAY), "row_hash": b"1" if shown else b"", "search_text": ""}
        rows.append(Dossier(system=batch.system, code=str(number), **seen, **columns))
        if elsewhere:
            columns = facts(twins, other, received=D - 20 * DAY)
            more.append(Dossier(system=twins.system, code=str(number), **(seen | {"row_hash": b"1"}), **columns))
    dossiers = Dossier.objects.bulk_create(rows)
    Dossier.objects.bulk_create(more)
    BaselineDossier.objects.bulk_create(BaselineDossier(baseline=mark, dossier=one, due_on=D) for one in dossiers)
    return {one.pk: said[int(one.code)] for one in dossiers}


def fates(look: Look, *marks: Baseline) -> set[tuple[int, int, str]]:
    """(list, dossier, fate)."""
    columns = ("mark", dossier_key(look.known), "fate")
    return set(followed(look, [mark.pk for mark in marks]).values_list(*columns))


def expected(dossier: Dossier, where: tuple[bool, bool, bool], days: WorkCalendar) -> tuple[str, bool]:
    """The rule's fate on D, and whether the unit's figure counts a dossier that is gone."""
    dates = (dossier.received_on, dossier.status, dossier.due_on, dossier.overdue_from, dossier.stopped_on, dossier.ended_on)
    state = verdict(Facts(*dates, due_at=dossier.effective_due, ended_at=dossier.ended_at), D, days).state
    at_unit, elsewhere, shown = where
    return fate(state, at_unit=at_unit, elsewhere=elsewhere, listed=shown), state == "overdue" and at_unit and not shown


def test_the_database_agrees_with_the_rule(mark: Baseline, batch: ImportBatch) -> None:
    """Dossier by dossier, and added up by the night's count."""
    said, days = listed(mark, batch), calendar()
    look = Look.of(a_night(D), days)
    assert look.known.model is Dossier
    dossiers = Dossier.objects.in_bulk(list(said))
    ruled = {pk: expected(dossiers[pk], words["where"], days) for pk, words in said.items()}
    assert fates(look, mark) == {(mark.pk, pk, fate) for pk, (fate, _unlisted) in ruled.items()}
    added = Counter(fate for fate, _unlisted in ruled.values())
    assert added.keys() == set(FATES)

    unlisted = sum(unlisted for _fate, unlisted in ruled.values())
    figures.count(mark.agency, "old", added["overdue"] + unlisted + 7, D)
    Baseline.objects.update(counted=len(said))
    assert cohort_count(look=look, baselines=Baseline.objects.all()) == 1
    row = mark.counts.get()
    assert {name: getattr(row, name) for name in FATES} == added
    assert (row.unlisted, row.inflow) == (unlisted, 7)


def test_lists_that_contradict_the_published_figure_are_not_kept(mark: Baseline, batch: ImportBatch) -> None:
    dossier = observe(batch, "H1", mark.agency, received=D - 20 * DAY, due=D - 5 * DAY)
    BaselineDossier.objects.create(baseline=mark, dossier=dossier, due_on=D - 5 * DAY)
    Baseline.objects.update(counted=1)
    figures.count(mark.agency, "old", 0, D)
    with pytest.raises(CohortMismatchError, match="không khớp số quá hạn đã công bố ngày 07/11/2022"), transaction.atomic():
        cohort_count(look=Look.of(a_night(D), calendar()), baselines=Baseline.objects.all())
    assert not mark.counts.exists()


def test_a_night_looked_back_at_finds_what_it_would_have_found_then(mark: Baseline, batch: ImportBatch) -> None:
    """Later files bring other facts, put dossiers into the other system: the night stays."""
    said = listed(mark, batch, every=11)
    columns = ["system_id", "code", *facts(batch, mark.agency, received=D)]
    DossierRevision.objects.bulk_create(
        DossierRevision(dossier=one, **{name: getattr(one, name) for name in columns}) for one in Dossier.objects.all()
    )
    night = a_night(D)
    before = fates(Look.of(night, calendar()), mark)

    later, twins = make_batch(midnight(D + DAY)), make_batch(midnight(D + DAY), system="new")
    for one in Dossier.objects.filter(system="old", row_hash=b"1").select_related("agency")[::3]:
        observe(later, one.code, one.agency, received=D - 9 * DAY, due=D + 30 * DAY)
        observe(twins, one.code, one.agency, received=D)

    look = Look.of(night, calendar())
    assert look.known.model is DossierRevision
    assert fates(look, mark) == before
    assert len(before) == len(said)


def test_a_dossier_gone_from_a_later_extract_was_there_before(mark: Baseline, batch: ImportBatch) -> None:
    dossier = observe(batch, "H1", mark.agency, received=D - 20 * DAY, due=D - 5 * DAY)
    BaselineDossier.objects.create(baseline=mark, dossier=dossier, due_on=D - 5 * DAY)
    make_batch(midnight(D + DAY))  # a full extract without it: what the intake then writes
    Dossier.objects.filter(pk=dossier.pk).update(row_hash=b"", seen_at=midnight(D))
    for day, found in ((D, "overdue"), (D + DAY, "vanished")):
        assert fates(Look.of(a_night(day), calendar()), mark) == {(mark.pk, dossier.pk, found)}


def test_a_dossier_of_two_letters_is_followed_in_both(mark: Baseline, batch: ImportBatch, unit_a: Agency) -> None:
    second = Baseline.objects.create(
        directive=make_directive("3813/UBND", D + DAY), agency=unit_a, system_id="old", as_of=D - DAY, run=mark.run,
        dated_by="night", inferred=False, counted=1,
    )  # fmt: skip
    dossier = observe(batch, "H1", mark.agency, received=D - 20 * DAY, due=D - 5 * DAY)
    for one in (mark, second):
        BaselineDossier.objects.create(baseline=one, dossier=dossier, due_on=D - 5 * DAY)
    found = fates(Look.of(a_night(D), calendar()), mark, second)
    assert found == {(mark.pk, dossier.pk, "overdue"), (second.pk, dossier.pk, "transferred")}
