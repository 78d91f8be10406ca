"""The drawings of a letter's page: who cites whom, and the list beside what came."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import User
from agencies.models import Agency
from directives.charts import burn_down, chain_graph
from directives.models import Directive
from directives.rules.fate import FATES
from directives.rules.flow import Flow
from directives.selectors.following import DayFlow
from directives.selectors.letters import ChainLink, citation_chain, citations
from tests.factories.directives import make_directive

DAY = date(2022, 11, 7)


def days(*numbers: tuple[int, int]) -> list[DayFlow]:
    """(still overdue of ten, newcomers) day by day."""
    made = []
    for back, (left, inflow) in enumerate(numbers):
        fates = dict.fromkeys(FATES, 0) | {"overdue": left, "finished": 10 - left}
        made.append(DayFlow(DAY + timedelta(days=back), Flow(10, fates, 0, inflow, left + inflow)))
    return made


def test_a_bar_is_the_whole_backlog_of_a_day_the_list_below() -> None:
    letter = Directive(reference="3812/UBND", issued_on=DAY + timedelta(days=1))
    chart = burn_down(days((10, 0), (7, 2), (4, 9)), letter)
    assert [list(series.values) for series in chart.series] == [[10, 7, 4], [0, 2, 9]]
    assert chart.stacked
    assert [(mark.at, mark.name) for mark in chart.marks] == [(letter.issued_on, "3812/UBND")]
    assert burn_down(days((10, 0)), letter).marks == []  # its day is not among them


@pytest.mark.django_db
def test_arcs_lead_from_a_letter_back_to_those_it_cites(unit_a: Agency) -> None:
    first = make_directive("1/UBND", DAY)
    second = make_directive("2/UBND", DAY + timedelta(days=3), cites=[first])
    third = make_directive("3/UBND", DAY + timedelta(days=5), cites=[first, second])
    chain = [
        replace(ChainLink(letter, None, None, None), old=10, new=number) for number, letter in enumerate((first, second, third))
    ]
    graph = chain_graph(chain, citations())
    assert [station.cites for station in graph.stations] == [(), ("1/UBND",), ("1/UBND", "2/UBND")]
    assert [arc.text for arc in graph.arcs] == ["2/UBND dẫn 1/UBND", "3/UBND dẫn 1/UBND", "3/UBND dẫn 2/UBND"]
    assert graph.arcs[1].path.startswith("M250 22.5C250")  # from the third letter's place
    assert graph.arcs[1].path.endswith(" 50 20")  # to the first one's
    assert graph.box == "0 0 300 22.5"
    assert [(station.old, station.new) for station in graph.stations] == [
        ("83.33", "0.00"),
        ("83.33", "8.33"),
        ("83.33", "16.67"),
    ]


@pytest.mark.django_db
def test_a_letter_alone_has_no_arc(unit_a: Agency, provincial_officer: User) -> None:
    letter = make_directive("1/UBND", DAY)
    graph = chain_graph(citation_chain(directive=letter, user=provincial_officer), citations())
    assert graph.arcs == ()
    assert [station.link.total for station in graph.stations] == [None]
