"""The facts of units, beside what can be counted by hand in tests/accountability/conftest.py."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from accountability.models import Criteria
from accountability.rules import Facts
from accountability.selectors import Candidate, candidates, criteria_in_force, pack
from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from dossiers.models import Dossier
from dossiers.selectors.dossiers import Listing, listing
from notices.selectors import notices_of
from notices.services import notice_open, notices_send
from tests.accountability.conftest import DAY, FIRST, MONTHS
from tests.factories.dossiers import moment
from tests.factories.explanations import explain

pytestmark = pytest.mark.django_db
CRITERIA = Criteria(pk=1, periods=3, late_periods=3, floor=2, letters=1, least=2)


def night(as_of: date = DAY) -> Listing:
    found = listing(as_of)
    assert found
    return found


def told(found: Iterable[Candidate]) -> list[tuple[str, int, int, Facts, bool]]:
    return [(one.agency.code, one.old, one.new, one.facts, one.considered) for one in found]


def test_units_are_held_against_the_criteria(letter: Directive, provincial_officer: User) -> None:
    found = candidates(user=provincial_officer, night=night(), criteria=CRITERIA)
    assert told(found) == [("608", 3, 0, Facts((2, 2, 2), 3, 1), True), ("612", 1, 0, Facts((0, 0, 0), 1, 1), False)]
    assert found[0].met == ("late_again", "stood_still", "unanswered")
    assert found[1].met == ("unanswered",)


def test_on_a_day_before_letter_and_deadline_nothing_of_them_is_known(letter: Directive, provincial_officer: User) -> None:
    found = candidates(user=provincial_officer, night=night(FIRST), criteria=CRITERIA)
    assert told(found) == [("608", 3, 0, Facts((2, 2, 2), 0, 0), False), ("612", 1, 0, Facts((0, 0, 0), 0, 0), False)]


def test_an_answer_sent_by_the_end_of_the_day_is_an_answer_on_that_day_only(
    letter: Directive, head_a: User, provincial_officer: User
) -> None:
    named = Dossier.objects.filter(agency__code="608").values_list("pk", flat=True)
    explain(head_a, list(named), letter=letter, now=moment(DAY, 23, 59))
    unanswered = {
        as_of: candidates(user=provincial_officer, night=night(as_of), criteria=CRITERIA)[0].facts.unanswered
        for as_of in (date(2022, 11, 15), DAY)
    }
    assert unanswered == {date(2022, 11, 15): 0, DAY: 0}  # before: the deadline had not passed
    explained = pack(agency=Agency.objects.get(code="608"), night=night(), criteria=CRITERIA)
    assert [(one.stood, one.count) for one in explained.explanations] == [("submitted", 3)]
    assert {one.answer for one in explained.late} == {"cho"}


def test_a_pack_holds_months_letters_calls_officers_and_every_late_dossier(
    letter: Directive, unit_a: Agency, head_a: User
) -> None:
    notices_send(now=moment(DAY, 8))
    found = pack(agency=unit_a, night=night(), criteria=CRITERIA)
    assert [(one.day, one.old, one.new) for one in found.months] == [(day, 2, None) for day in MONTHS]
    assert all(one.seal for one in found.months)
    assert [one.directive for one in found.letters] == [letter]
    assert [(one.asked.asked, one.asked.left) for one in found.calls] == [(3, 3)]
    assert {notice.user for notice in found.notices} >= {head_a}
    assert found.officers == [("Y Nga", 2, 2)]
    assert [(one.code, one.letters, one.days > 0) for one in found.late] == [("A-1", 1, True), ("A-2", 1, True), ("A-3", 1, True)]


def test_a_notice_opened_after_the_day_was_not_opened_on_it(letter: Directive, unit_a: Agency, head_a: User) -> None:
    notices_send(now=moment(DAY, 8))
    for notice in notices_of(head_a):
        notice_open(user=head_a, pk=notice.pk, now=moment(DAY + timedelta(days=1), 9))
    mine = [one for one in pack(agency=unit_a, night=night(), criteria=CRITERIA).notices if one.user == head_a]
    assert [(one.opened, one.opened_at is None) for one in mine] == [(None, False)] * len(mine)
    assert mine


def test_without_a_decision_the_built_in_limits_hold(db: None) -> None:
    assert criteria_in_force().pk == 0


def test_the_list_and_a_pack_cost_the_same_however_many_dossiers(
    letter: Directive, unit_a: Agency, provincial_officer: User, django_assert_num_queries: Any
) -> None:
    there = night()
    candidates(user=provincial_officer, night=there, criteria=CRITERIA)
    with django_assert_num_queries(10):
        candidates(user=provincial_officer, night=there, criteria=CRITERIA)
    pack(agency=unit_a, night=there, criteria=CRITERIA)
    with django_assert_num_queries(25):
        pack(agency=unit_a, night=there, criteria=CRITERIA)
