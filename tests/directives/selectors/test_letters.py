"""The chain of letters and the quoted figures: only the caller's units are counted, and an unknown day is not a zero."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from directives.selectors.letters import ChainLink, citation_chain, directives_listed, quoted_figures
from dossiers.models import AgencyDayCount, SweepRun
from tests.directives.conftest import OCTOBER, QUOTED, TODAY
from tests.factories.directives import make_directive, quote_figure
from tests.factories.figures import night

pytestmark = pytest.mark.django_db


def told(links: list[ChainLink]) -> list[tuple[str, int | None, int | None, int | None, int | None]]:
    return [(link.directive.reference, link.days_since, link.old, link.new, link.total) for link in links]


def test_letters_are_listed_newest_first_with_what_they_cite_and_quote(letter: Directive, unit_a: Agency) -> None:
    extra = make_directive("1/TU", date(2022, 1, 1))
    letter.citations.create(cited=extra)
    rows: list[Any] = list(directives_listed())
    listed = [(row.reference, row.citing, row.quoted) for row in rows]
    assert listed == [("3812/UBND", 2, 3), ("3566/UBND", 1, 0), ("9/KHAC", 0, 0), ("2624/UBND", 0, 0), ("1/TU", 0, 0)]


def test_the_chain_is_in_order_with_days_between_and_totals_of_known_days(letter: Directive, provincial_officer: User) -> None:
    assert told(citation_chain(directive=letter, user=provincial_officer)) == [
        ("2624/UBND", None, None, None, None),
        ("3566/UBND", 73, 900, 310, 1210),
        ("3812/UBND", 17, None, None, None),
    ]


def test_the_chain_is_the_same_from_any_of_its_letters(letter: Directive, provincial_officer: User) -> None:
    first = Directive.objects.get(reference="2624/UBND")
    chains = [told(citation_chain(directive=each, user=provincial_officer)) for each in (first, letter)]
    assert chains[0] == chains[1]
    alone = Directive.objects.get(reference="9/KHAC")
    assert told(citation_chain(directive=alone, user=provincial_officer)) == [("9/KHAC", None, None, None, None)]


def test_letters_citing_each_other_do_not_go_round_for_ever(letter: Directive, provincial_officer: User) -> None:
    Directive.objects.get(reference="2624/UBND").citations.create(cited=letter)
    assert len(citation_chain(directive=letter, user=provincial_officer)) == 3


def test_the_chain_counts_the_callers_units_only(letter: Directive, head_a: User, head_b: User, stranger: User) -> None:
    totals = {who.username: told(citation_chain(directive=letter, user=who))[1][2:] for who in (head_a, head_b, stranger)}
    assert totals == {"thu-truong-a": (900, 10, 910), "thu-truong-b": (0, 300, 300), "nguoi-la": (0, 0, 0)}


def test_figures_stand_beside_ours_with_difference_and_change_since(letter: Directive, provincial_officer: User) -> None:
    lines = quoted_figures(directive=letter, user=provincial_officer, today=TODAY)
    assert [(line.figure.value, line.ours, line.difference, line.area, line.now, line.since) for line in lines] == [
        (857, 860, 3, 862, 850, -10),
        (464, 0, -464, 0, 5, 5),  # a known day without a row is a counted zero
        (331, 331, 0, 331, 340, 9),
    ]


def test_a_day_without_a_night_has_no_figure_of_ours(letter: Directive, unit_a: Agency, provincial_officer: User) -> None:
    quote_figure(letter, unit_a, "old", date(2022, 11, 1), 870)
    line = quoted_figures(directive=letter, user=provincial_officer, today=TODAY)[-1]
    assert (line.visible, line.ours, line.difference, line.now, line.since) == (True, None, None, 850, None)


def test_a_day_that_knew_nothing_of_a_system_has_no_figure_of_it(letter: Directive, provincial_officer: User) -> None:
    SweepRun.objects.filter(as_of__in=(QUOTED, OCTOBER)).delete()
    for day in (QUOTED, OCTOBER):
        night(day, new=None)
    AgencyDayCount.objects.filter(system="new", as_of=OCTOBER).delete()
    lines = quoted_figures(directive=letter, user=provincial_officer, today=TODAY)
    assert [(line.figure.value, line.ours, line.difference, line.now, line.since) for line in lines][:2] == [
        (857, 860, 3, 850, -10),
        (464, None, None, 5, None),
    ]
    assert told(citation_chain(directive=letter, user=provincial_officer))[1] == ("3566/UBND", 73, 900, None, 900)


def test_before_the_first_night_nothing_of_ours_is_known(letter: Directive, provincial_officer: User) -> None:
    lines = quoted_figures(directive=letter, user=provincial_officer, today=None)
    assert {(line.now, line.since) for line in lines} == {(None, None)}
    assert lines[0].ours == 860


def test_a_head_learns_what_the_letter_says_of_all_and_what_we_count_of_the_own_unit(letter: Directive, head_b: User) -> None:
    lines = quoted_figures(directive=letter, user=head_b, today=QUOTED)
    assert [(line.figure.value, line.visible, line.ours, line.now) for line in lines] == [
        (857, False, None, None),
        (464, False, None, None),
        (331, True, 331, 331),
    ]
