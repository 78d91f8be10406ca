"""How many letters an overdue dossier has outlived, and the list that shows those of a number."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from agencies.models import Agency
from directives.models import BaselineDossier
from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.selectors.outlived import lists_standing_on, outlived, outlived_counts
from dossiers.selectors.runs import finished_runs, latest_day
from dossiers.selectors.states import Day, dossiers_known_at
from kontum_tthc import nightly
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2022, 11, 1), date(2022, 11, 4), date(2022, 11, 9)
DAY = timedelta(days=1)
LETTERS = ((FIRST, "2624/UBND-TTHCC"), (SECOND, "3566/UBND-TTHCC"), (THIRD, "3812/UBND-TTHCC"))


@pytest.fixture
def batch(unit_a: Agency, unit_b: Agency) -> ImportBatch:
    """B16 in a few days: LONG is late since before the first of three letters, SHORT since before the second, LAST since before
    the third; DONE was on two lists.
    """
    make_calendar()
    for issued_on, reference in LETTERS:
        make_directive(reference, issued_on).addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    batch = make_batch(midnight(FIRST - 2 * DAY))
    received = {"received": date(2022, 6, 1)}
    observe(batch, "LONG", unit_a, **received, due=date(2022, 7, 1))
    observe(batch, "DONE", unit_a, **received, due=date(2022, 7, 1))
    observe(batch, "SHORT", unit_a, **received, due=SECOND - 3 * DAY)
    observe(batch, "LAST", unit_a, **received, due=THIRD - 3 * DAY)
    observe(batch, "NEW", unit_a, **received, due=THIRD - DAY)
    observe(batch, "OTHER", unit_b, **received, due=date(2022, 7, 1))
    for issued_on, _reference in LETTERS:
        for day in (issued_on - DAY, issued_on):
            if day == THIRD - DAY:
                later = make_batch(midnight(day), kind="delta")
                observe(later, "DONE", unit_a, **received, due=date(2022, 7, 1), status=9, ended=day)
            start = latest_day() or day
            nightly.run_range(since=start, until=day, now=moment(THIRD + DAY, 1), trigger="command")
    return batch


def test_a_dossier_late_since_before_the_first_of_three_letters_has_outlived_three(batch: ImportBatch) -> None:
    facts, day = Dossier.objects.all(), Day.of(THIRD, calendar())
    found = {letters: set(outlived(facts, day, letters).values_list("code", flat=True)) for letters in (1, 2, 3, 4)}
    assert found == {3: {"LONG", "OTHER"}, 2: {"SHORT"}, 1: {"LAST"}, 4: set()}
    assert outlived_counts(facts, day) == {3: 2, 2: 1, 1: 1}
    assert BaselineDossier.objects.filter(dossier__code="DONE").count() == 2


def test_a_past_day_knows_the_letters_of_its_time(batch: ImportBatch) -> None:
    run = finished_runs().get(as_of=SECOND)
    facts, day = dossiers_known_at(run), Day.of(SECOND, calendar())
    assert facts.model is DossierRevision
    assert set(outlived(facts, day, 2).values_list("code", flat=True)) == {"LONG", "DONE", "OTHER"}
    assert outlived_counts(facts, day) == {2: 3, 1: 1}


def test_the_lists_a_dossier_stands_on_come_with_their_letters_in_order(batch: ImportBatch) -> None:
    short = Dossier.objects.get(code="SHORT")
    assert [one.directive.reference for one in lists_standing_on(short, THIRD)] == ["3566/UBND-TTHCC", "3812/UBND-TTHCC"]
    assert [one.directive.reference for one in lists_standing_on(short, SECOND)] == ["3566/UBND-TTHCC"]


def test_the_list_shows_those_of_a_number_in_the_reader_s_units(
    client: Client, batch: ImportBatch, provincial_officer: User, head_a: User
) -> None:
    def shown(user: User, query: str) -> set[str]:
        client.force_login(user)
        answer = client.get(f"/ho-so/?{query}")
        assert answer.status_code == 200
        return set(re.findall(r'href="/ho-so/old/([^/]+)/', answer.content.decode()))

    assert shown(provincial_officer, "ton_qua=3") == {"LONG", "OTHER"}
    assert shown(head_a, "ton_qua=3") == {"LONG"}
    assert shown(provincial_officer, "ton_qua=2&ngay=2022-11-04") == {"LONG", "DONE", "OTHER"}
    assert client.get("/ho-so/?ton_qua=0").status_code == 422
    assert client.get("/ho-so/?ton_qua=ba").status_code == 422


def test_a_dossier_s_page_names_the_letters(client: Client, batch: ImportBatch, head_a: User) -> None:
    client.force_login(head_a)

    def told(code: str) -> str:
        return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", client.get(f"/ho-so/old/{code}/").content.decode()))

    assert "Tồn qua 2 văn bản: 3566/UBND-TTHCC (mốc 03/11/2022), 3812/UBND-TTHCC (mốc 08/11/2022)" in told("SHORT")
    assert "Thuộc danh sách tại mốc của 2624/UBND-TTHCC" in told("DONE")
    assert "văn bản:" not in told("NEW")
