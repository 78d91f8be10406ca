"""R12: responsibility passes to the successor, the due date does not move."""

from datetime import date
from decimal import Decimal

import pytest

from agencies.models import Agency, AgencySuccession
from agencies.rules import Succession, responsible
from agencies.selectors import agencies_on, responsible_agency
from dossiers.rules.deadlines import TimeLimit, deadline
from dossiers.rules.overdue import Facts, overdue_from, verdict
from tests.factories.agencies import make_agency
from tests.factories.worktime import at, real_calendar

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
ENDS = {1: LAST, 2: None, 3: LAST, 4: date(2027, 1, 1), 5: None}
MOVES = [Succession(1, 2, FIRST), Succession(3, 4, FIRST), Succession(4, 5, date(2027, 1, 2))]


@pytest.mark.parametrize(
    ("agency", "on", "answering"),
    [
        (1, LAST, 1),  # its last day
        (1, FIRST, 2),  # the first after
        (2, date(2030, 1, 1), 2),  # never ended
        (3, date(2026, 1, 1), 4),
        (3, date(2027, 1, 2), 5),  # the successor ended too
    ],
)
def test_responsibility_follows_the_chain_as_of_the_date(agency: int, on: date, answering: int) -> None:
    assert responsible(agency, on, ends=ENDS, successions=MOVES) == answering


@pytest.mark.parametrize(
    "moves",
    [[], [Succession(1, 2, FIRST), Succession(1, 5, FIRST)], [Succession(1, 2, date(2026, 1, 1))]],
    ids=["no successor", "two successors", "not yet in force"],
)
def test_without_a_single_successor_nobody_is_guessed(moves: list[Succession]) -> None:
    assert responsible(1, FIRST, ends=ENDS, successions=moves) is None


def test_a_circle_of_successions_ends_without_an_answer() -> None:
    moves = [Succession(1, 3, FIRST), Succession(3, 1, FIRST)]
    assert responsible(1, FIRST, ends=ENDS, successions=moves) is None


@pytest.mark.django_db
def test_case_53_after_the_district_ended_its_successor_answers_and_the_unit_of_the_time_keeps_its_name() -> None:
    district = make_agency("UBND huyện Đăk Tô", level=Agency.Level.DISTRICT, valid_to=LAST)
    commune = make_agency("UBND xã Đăk Tô", valid_from=FIRST)
    AgencySuccession.objects.create(predecessor=district, successor=commune, effective_on=FIRST, source="tests")
    assert responsible_agency(district, date(2025, 6, 10)) == district
    assert responsible_agency(district, date(2025, 7, 15)) == commune
    assert list(agencies_on(date(2025, 6, 10))) == [district]
    assert list(agencies_on(date(2025, 7, 15))) == [commune]


def test_case_53_the_due_date_and_the_lateness_do_not_change_with_the_unit() -> None:
    due = deadline(at("2025-06-10 09:00"), TimeLimit(Decimal(20), "working_day"), calendar=real_calendar()).due
    facts = Facts(
        received_on=date(2025, 6, 10),
        status=4,
        due_on=due.date(),
        overdue_from=overdue_from(due, hourly=False),
        stopped_on=None,
        ended_on=None,
    )
    state = verdict(facts, date(2025, 7, 15), real_calendar())
    assert due.date() == date(2025, 7, 8)
    assert (state.state, state.calendar_days, state.working_days) == ("overdue", 7, 5)
    assert responsible(1, date(2025, 7, 15), ends=ENDS, successions=MOVES) == 2
