"""How many overdue dossiers are explained: beside the counts, the same whenever a day is looked at."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from directives.selectors.explained import ANSWERS, Explained, Said, answered, explained_counts, of_letter, overdue_dossiers
from directives.services.explanations import explanation_accept, explanation_return
from dossiers.models import Dossier
from dossiers.selectors.counts import overdue_total
from dossiers.selectors.dossiers import listing
from dossiers.selectors.runs import midnight_after
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, midnight, moment, observe
from tests.factories.explanations import NIGHT, NOW, Backlog, explain

pytestmark = pytest.mark.django_db
THURSDAY = NIGHT + timedelta(days=1)


def counts(as_of: date = THURSDAY, **only: Any) -> dict[str, Explained]:
    by_pk = explained_counts(agencies=Agency.objects.all(), as_of=as_of, **only)
    return {Agency.objects.get(pk=pk).code: explained for pk, explained in by_pk.items()}


def night(as_of: date) -> None:
    nightly.run(as_of=as_of, now=moment(as_of + timedelta(days=1), 0, 15), trigger="command")


def codes(answer: Any, said: Said) -> set[str]:
    found = listing(None)
    assert found
    return set(answered(overdue_dossiers(found), answer, said).values_list("code", flat=True))


def test_accepted_and_waiting_stand_beside_a_count_that_does_not_change(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User
) -> None:
    before = overdue_total(NIGHT)
    explanation_accept(explanation=explain(head_a, backlog.numbers("A-1", "A-2")), remark="", user=provincial_officer, now=NOW)
    explain(head_a, backlog.numbers("A-3"))
    returned = explain(head_b, backlog.numbers("B-1"))
    explanation_return(explanation=returned, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    night(THURSDAY)
    assert counts() == {"608": Explained(accepted=2, waiting=1)}
    assert overdue_total(THURSDAY) == overdue_total(NIGHT) == before == 7


def test_a_day_says_the_same_whenever_it_is_looked_at(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    """What is accepted on Thursday is no part of Wednesday, and what waits at its end stays waiting there."""
    said = explain(head_a, backlog.numbers("A-1"), now=midnight_after(NIGHT) - timedelta(minutes=5))
    explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    night(THURSDAY)
    assert counts(NIGHT) == {"608": Explained(waiting=1)}
    assert counts(THURSDAY) == {"608": Explained(accepted=1)}


def test_a_dossier_counts_only_while_it_is_overdue_and_once(
    backlog: Backlog, head_a: User, provincial_officer: User, unit_a: Agency
) -> None:
    for letter in (backlog.letter, None):
        said = explain(head_a, backlog.numbers("A-1", "A-2"), letter=letter)
        explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    batch = make_batch(midnight(THURSDAY), kind="delta")
    observe(batch, "A-1", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4), status=9, ended=THURSDAY)
    night(THURSDAY)
    assert counts() == {"608": Explained(accepted=1)}
    assert counts(NIGHT) == {}


def test_counts_are_of_the_units_and_the_system_asked_for(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, unit_a: Agency, unit_b: Agency
) -> None:
    for said in (explain(head_a, backlog.numbers("A-1")), explain(head_b, backlog.numbers("B-1"))):
        explanation_accept(explanation=said, remark="", user=provincial_officer, now=NOW)
    night(THURSDAY)
    only = explained_counts(agencies=Agency.objects.filter(pk=unit_b.pk), as_of=THURSDAY)
    assert only == {unit_b.pk: Explained(accepted=1)}
    assert counts(system="new") == {}
    assert set(counts(system="old")) == {"608", "612"}


def test_a_day_without_a_night_has_no_counts(backlog: Backlog) -> None:
    assert counts(date(2022, 1, 5)) == {}


def test_the_three_answers_part_the_overdue_dossiers(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    explanation_accept(explanation=explain(head_a, backlog.numbers("A-1")), remark="", user=provincial_officer, now=NOW)
    explain(head_a, backlog.numbers("A-1", "A-2"))  # accepted once, and waiting again: accepted
    said = Said(NOW)
    parts = [codes(answer, said) for answer in ANSWERS]
    assert parts == [{"A-1"}, {"A-2"}, {"A-3", "A-NEWCOMER", "C-1", "B-1", "B-2"}]


def test_asked_by_a_letter_only_what_answers_it_counts(backlog: Backlog, head_a: User, provincial_officer: User) -> None:
    explanation_accept(explanation=explain(head_a, backlog.numbers("A-1")), remark="", user=provincial_officer, now=NOW)
    explain(head_a, backlog.numbers("A-2"), letter=backlog.letter)
    assert [codes(answer, Said(NOW, backlog.letter)) for answer in ("co", "cho")] == [set(), {"A-2"}]


def test_a_letters_lists_are_followed_into_what_a_past_night_knew(backlog: Backlog, unit_a: Agency) -> None:
    night(THURSDAY)
    observe(make_batch(midnight(THURSDAY)), "A-1", unit_a, received=date(2022, 10, 3), due=date(2022, 12, 1))
    past = listing(NIGHT)
    assert past
    assert past.known.model is not Dossier  # revisions: something newer came in
    found = of_letter(overdue_dossiers(past), backlog.letter)
    assert set(found.values_list("code", flat=True)) == {"A-1", "A-2", "A-3", "C-1", "B-1", "B-2"}
    said = Said(midnight_after(NIGHT))
    assert [answered(overdue_dossiers(past), answer, said).count() for answer in ANSWERS] == [0, 0, 7]
