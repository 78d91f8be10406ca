"""The lists behind a letter's figures: whose, of which day, fixed once, beside what the letter says."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest

from agencies.models import Agency
from directives.models import Baseline, BaselineDossier, CohortCount, Directive, Obligation
from directives.services.baselines import baselines_fix
from dossiers.models import ImportBatch
from journal.models import Entry
from journal.selectors import last_entry
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)
LATE = {"received": D - 30 * DAY, "due": D - 9 * DAY}


@pytest.fixture
def batch(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> ImportBatch:
    """On D, old system: two late at A, one at B, one at A's commune; one more at A is late from D + 1 on."""
    make_calendar()
    batch = make_batch(midnight(D - DAY))
    for code, unit in (("A1", unit_a), ("A2", unit_a), ("B1", unit_b), ("C1", commune_a)):
        observe(batch, code, unit, **LATE)
    observe(batch, "A3", unit_a, received=D - 30 * DAY, due=D)
    return batch


def night(day: date) -> None:
    nightly.run(as_of=day, now=moment(day + DAY, 0, 15), trigger="beat")


def addressed(directive: Directive, *units: Agency) -> Directive:
    directive.addressees.create(label="Các đơn vị").agencies.set(units)
    return directive


def lists() -> dict[tuple[str, str], tuple[date, str, int | None, int, set[str]]]:
    """By unit and system: mark, why that day, what the letter says, what was counted, the dossiers."""
    return {
        (one.agency.code, one.system_id): (
            one.as_of,
            one.dated_by,
            one.quoted,
            one.counted,
            set(one.members.values_list("dossier__code", flat=True)),
        )
        for one in Baseline.objects.select_related("agency")
    }


def test_the_night_of_the_letter_lists_what_the_night_of_its_mark_knew(
    batch: ImportBatch, unit_a: Agency, unit_b: Agency
) -> None:
    """Also of a unit with nothing late; later facts change nothing; the letter's figure stays as it is."""
    letter = addressed(make_directive("3812/UBND", D + 2 * DAY), unit_a, unit_b, make_agency("C", code="613"))
    quote_figure(letter, unit_a, "old", D, 857)
    for day in (D, D + DAY):
        night(day)
    assert lists() == {}
    observe(make_batch(midnight(D + DAY)), "A1", unit_a, **LATE, status=9, ended=D + DAY)
    night(D + 2 * DAY)
    assert lists() == {
        ("608", "old"): (D, "figures", 857, 2, {"A1", "A2"}),
        ("612", "old"): (D, "figures", None, 1, {"B1"}),
        ("613", "old"): (D, "figures", None, 0, set()),
    }
    assert not Baseline.objects.filter(inferred=True).exists()
    assert set(BaselineDossier.objects.values_list("due_on", flat=True)) == {D - 9 * DAY}
    followed = CohortCount.objects.filter(baseline__agency=unit_a).order_by("as_of")
    told = followed.values_list("as_of", "size", "finished", "overdue", "inflow", "stock")
    assert list(told) == [(D, 2, 0, 2, 0, 2), (D + DAY, 2, 0, 2, 1, 3), (D + 2 * DAY, 2, 1, 1, 1, 2)]


def test_a_letter_whose_addressees_nobody_knows_is_taken_to_mean_departments_and_districts_with_late_dossiers(
    batch: ImportBatch, unit_a: Agency, unit_b: Agency, province: Agency
) -> None:
    make_agency("Sở không có hồ sơ", level=Agency.Level.PROVINCE, parent=province)
    letter = make_directive("2624/UBND", D + DAY)
    quote_figure(letter, unit_b, "old", D - DAY, 9)
    night(D - DAY)
    night(D)
    night(D + DAY)
    assert {place: (one[0], one[3]) for place, one in lists().items()} == {
        ("608", "old"): (D - DAY, 2),
        ("612", "old"): (D - DAY, 1),
    }
    assert dict(Baseline.objects.values_list("agency__code", "inferred")) == {"608": True, "612": False}


def test_units_bound_by_an_order_are_listed_although_nobody_addresses_them(batch: ImportBatch, unit_b: Agency) -> None:
    letter = make_directive("9/UBND", D + DAY)
    Obligation.objects.create(directive=letter, number=1, sentence="…", addressee="…", kind="task").agencies.add(unit_b)
    night(D)
    night(D + DAY)
    assert lists() == {("612", "old"): (D, "night", None, 1, {"B1"})}


def test_lists_are_fixed_once_and_put_on_record_with_their_digest(batch: ImportBatch, unit_a: Agency) -> None:
    letter = addressed(make_directive("3812/UBND", D + DAY), unit_a)
    quote_figure(letter, unit_a, "old", D, 857)
    night(D)
    assert len(baselines_fix(directive=letter, actor="An")) == 1
    entry = last_entry("baselines_fixed")
    assert entry
    body = json.loads(entry.body)
    assert (entry.actor, entry.subject, body["as_of"], body["lists"], body["dossiers"]) == (
        "An",
        "3812/UBND",
        ["2022-11-07"],
        1,
        2,
    )
    assert body["quoted"] == {"608|old": [857, 2]}
    before = lists()
    assert baselines_fix(directive=letter, actor="An") == []
    night(D + DAY)
    assert lists() == before
    assert Entry.objects.filter(event="baselines_fixed").count() == 1


def test_the_digest_is_that_of_the_sorted_lines(batch: ImportBatch, unit_a: Agency) -> None:
    night(D)
    baselines_fix(directive=addressed(make_directive("3812/UBND", D + DAY), unit_a), actor="An")
    lines = "\n".join(f"608|old|2022-11-07|{code}|2022-10-29" for code in ("A1", "A2"))
    entry = last_entry("baselines_fixed")
    assert entry
    assert json.loads(entry.body)["list_sha256"] == sha256(lines.encode()).hexdigest()


def test_nothing_is_fixed_while_no_night_tells_of_the_mark(batch: ImportBatch, unit_a: Agency) -> None:
    tomorrow = addressed(make_directive("1/UBND", D + 2 * DAY), unit_a)
    night(D)
    assert baselines_fix(directive=tomorrow, actor="An") == []
    night(D + DAY)
    assert len(baselines_fix(directive=tomorrow, actor="An")) == 1  # at once, when somebody takes the letter in
    assert CohortCount.objects.get().as_of == D + DAY


def test_a_letter_from_before_the_first_night_gets_no_list(batch: ImportBatch, unit_a: Agency) -> None:
    for issued_on in (D - 90 * DAY, D):
        addressed(make_directive(f"{issued_on:%d}/UBND", issued_on), unit_a)
    night(D)
    night(D + DAY)
    assert lists() == {}


def test_a_system_that_had_brought_nothing_by_the_mark_gets_no_list(batch: ImportBatch, unit_a: Agency) -> None:
    """Zero dossiers of it would mean that nobody knows."""
    letter = addressed(make_directive("3812/UBND", D + DAY), unit_a)
    night(D)
    observe(make_batch(midnight(D + DAY), system="new"), "N1", unit_a, **LATE)
    baselines_fix(directive=letter, actor="An")
    assert {system for _unit, system in lists()} == {"old"}


def test_figures_of_several_days_have_each_their_own_mark(batch: ImportBatch, unit_a: Agency, unit_b: Agency) -> None:
    letter = addressed(make_directive("3812/UBND", D + 2 * DAY), unit_a, unit_b)
    quote_figure(letter, unit_a, "old", D, 5)
    quote_figure(letter, unit_b, "old", D + DAY, 6)
    for day in (D, D + DAY, D + 2 * DAY):
        night(day)
    assert {unit: (as_of, counted) for (unit, _), (as_of, _, _, counted, _) in lists().items()} == {
        "608": (D, 2),
        "612": (D + DAY, 1),
    }
