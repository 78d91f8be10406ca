"""Who sees which explanation, what is asked of whom by when, and how far they are."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from agencies.models import Agency
from directives.models import ExplanationCall
from directives.selectors.explanations import (
    Asked,
    answerable,
    calls_seen,
    calls_standing,
    explanation_history,
    explanation_or_404,
    explanations_of,
    explanations_seen,
    explanations_to_answer,
    explanations_waiting,
    letters_with_lists,
    units_to_ask,
)
from directives.services.explanations import Answer, explanation_accept, explanation_answer_again, explanation_return
from dossiers.selectors.dossiers import listing
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, midnight, moment, observe
from tests.factories.explanations import ANSWER_BY, NIGHT, NOW, TEXT, Backlog, call, explain

pytestmark = pytest.mark.django_db
AFTER = moment(ANSWER_BY + timedelta(days=1), 8)


def standing(user: User, now: Any = NOW) -> dict[str, tuple[str, Asked]]:
    return {one.call.agency.code: (one.state, one.asked) for one in calls_standing(calls=calls_seen(user), now=now)}


def test_a_head_sees_the_units_own_explanations_and_the_province_all(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, inspector: User, stranger: User
) -> None:
    a, b = explain(head_a, backlog.numbers("A-1")), explain(head_b, backlog.numbers("B-1"))
    assert set(explanations_seen(head_a)) == {a}
    assert set(explanations_seen(inspector)) == set(explanations_seen(provincial_officer)) == {a, b}
    assert not explanations_seen(stranger).exists()
    with pytest.raises(Http404):
        explanation_or_404(head_b, a.pk)
    assert list(explanations_of(head_a, backlog.dossier("A-1"))) == [a]
    assert not explanations_of(head_b, backlog.dossier("A-1")).exists()


def test_an_answer_sent_after_the_deadline_is_late_and_one_of_its_last_minute_is_not(
    backlog: Backlog, head_a: User, head_b: User, unit_a: Agency
) -> None:
    call(backlog.letter, unit_a)
    last = moment(ANSWER_BY, 23, 59)
    sent = [
        explain(head_a, backlog.numbers("A-1"), letter=backlog.letter, now=last),
        explain(head_a, backlog.numbers("A-2", "A-3"), letter=backlog.letter, now=last + timedelta(minutes=1)),
        explain(head_a, backlog.numbers("A-3"), now=AFTER),  # to no letter
        explain(head_b, backlog.numbers("B-1"), letter=backlog.letter, now=AFTER),  # not called
    ]
    seen = {one.pk: one for one in explanations_seen(head_a) | explanations_seen(head_b)}
    assert [seen[one.pk].late for one in sent] == [False, True, False, False]
    assert [seen[one.pk].answer_by for one in sent] == [ANSWER_BY, ANSWER_BY, None, None]
    assert [seen[one.pk].count for one in sent] == [1, 2, 1, 1]


def test_an_answer_to_a_return_is_never_late_and_takes_its_place(
    backlog: Backlog, head_a: User, provincial_officer: User, unit_a: Agency
) -> None:
    call(backlog.letter, unit_a)
    first = explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    explanation_return(explanation=first, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    assert list(explanations_to_answer(head_a)) == [first]
    assert explanations_waiting(head_a) == {"waiting": 0, "late": 0, "returned": 1}
    answer = Answer("sync", TEXT)
    again = explanation_answer_again(returned=first, dossiers=[backlog.dossier("A-1").pk], answer=answer, user=head_a, now=AFTER)
    assert not explanation_or_404(head_a, again.pk).late
    assert not explanations_to_answer(head_a).exists()
    assert explanations_waiting(provincial_officer) == {"waiting": 1, "late": 0, "returned": 0}
    assert explanation_history(head_a, first) == explanation_history(head_a, again) == [first, again]


def test_the_office_sees_what_was_returned_but_answers_none(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    said = explain(head_a, backlog.numbers("A-1"))
    explanation_return(explanation=said, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    assert not explanations_to_answer(provincial_officer).exists()
    assert explanations_waiting(provincial_officer)["returned"] == 1


def test_a_call_asks_for_what_is_still_overdue_of_the_letters_list(
    backlog: Backlog, head_a: User, provincial_officer: User, unit_a: Agency, commune_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a, commune_a, unit_b)
    assert standing(provincial_officer) == {"608": ("open", Asked(3)), "23281": ("open", Asked(1)), "612": ("open", Asked(2))}
    explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    said = explain(head_a, backlog.numbers("A-2"), letter=backlog.letter)
    explain(head_a, backlog.numbers("A-3"))  # to no letter: does not answer this one
    explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    assert standing(head_a) == {"608": ("open", Asked(3, 1, 1)), "23281": ("open", Asked(1))}
    assert standing(head_a)["608"][1].left == 1
    explain(head_a, backlog.numbers("A-2"), letter=backlog.letter)  # accepted already, and said once more
    assert standing(head_a)["608"][1] == Asked(3, 1, 1)


def test_what_is_no_longer_overdue_or_with_another_unit_need_not_be_explained(
    backlog: Backlog, head_a: User, unit_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a)
    day = NIGHT + timedelta(days=1)
    batch, late = make_batch(midnight(day), kind="delta"), {"received": date(2022, 10, 3), "due": date(2022, 11, 4)}
    observe(batch, "A-1", unit_a, **late, status=9, ended=day)
    observe(batch, "A-2", unit_b, **late)
    nightly.run(as_of=day, now=moment(day + timedelta(days=1), 0, 15), trigger="command")
    assert standing(head_a) == {"608": ("open", Asked(1))}


def test_calls_come_most_urgent_first(
    backlog: Backlog, provincial_officer: User, head_b: User, unit_a: Agency, commune_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a, answer_by=date(2022, 11, 14))
    call(backlog.letter, commune_a, answer_by=date(2022, 11, 11))
    call(backlog.letter, unit_b, answer_by=date(2022, 11, 10))
    explain(head_b, backlog.numbers("B-1", "B-2"), letter=backlog.letter)
    order = [(one.call.agency.code, one.state) for one in calls_standing(calls=calls_seen(provincial_officer), now=NOW)]
    assert order == [("23281", "soon"), ("608", "soon"), ("612", "waiting")]
    later = moment(date(2022, 11, 15))
    assert [one.state for one in calls_standing(calls=calls_seen(provincial_officer), now=later)] == ["late", "late", "waiting"]


def test_the_units_to_ask_are_those_on_whose_dossiers_the_letter_has_lists(
    backlog: Backlog, unit_a: Agency, commune_a: Agency, unit_b: Agency
) -> None:
    assert units_to_ask(backlog.letter, now=NOW) == [(unit_a, Asked(3)), (unit_b, Asked(2)), (commune_a, Asked(1))]
    call(backlog.letter, unit_a)
    assert [unit for unit, _asked in units_to_ask(backlog.letter, now=NOW)] == [unit_b, commune_a]


def test_a_person_answers_for_the_overdue_dossiers_of_their_units(backlog: Backlog, head_a: User, stranger: User) -> None:
    night = listing(None)
    assert night
    found = answerable(head_a, night).order_by("code").values_list("code", flat=True)
    assert list(found) == ["A-1", "A-2", "A-3", "A-NEWCOMER", "C-1"]
    assert not answerable(stranger, night).exists()
    assert list(letters_with_lists(head_a)) == [backlog.letter]
    assert not letters_with_lists(stranger).exists()


def test_before_the_first_night_nothing_is_asked(unit_a: Agency, head_a: User) -> None:
    assert calls_standing(calls=calls_seen(head_a), now=NOW) == []


def test_calls_of_twenty_units_cost_as_many_queries_as_of_one(
    backlog: Backlog, provincial_officer: User, unit_a: Agency, unit_b: Agency, django_assert_num_queries: Any
) -> None:
    for agencies in ([unit_a], [unit_b]):
        call(backlog.letter, *agencies)
        standing(provincial_officer)
        with django_assert_num_queries(6):  # calendar, 2; calls; the journal's head, as the night is kept; the counts, 2
            standing(provincial_officer)
    assert ExplanationCall.objects.count() == 2
