"""Letters as in 2022: a second cites the first, a third the second; it quotes 07/11. Nights of 24/10, 07/11 and 09/11."""

from datetime import date

import pytest

from agencies.models import Agency
from directives.models import Directive
from tests.factories import figures
from tests.factories.directives import make_directive, quote_figure
from tests.factories.explanations import Backlog, make_backlog

AUGUST, OCTOBER, NOVEMBER = date(2022, 8, 12), date(2022, 10, 24), date(2022, 11, 10)
QUOTED, TODAY = date(2022, 11, 7), date(2022, 11, 9)


@pytest.fixture
def letter(unit_a: Agency, unit_b: Agency, commune_a: Agency) -> Directive:
    figures.systems()
    first = make_directive("2624/UBND", AUGUST, remark="Chưa có toàn văn")
    second = make_directive("3566/UBND", OCTOBER, cites=[first])
    third = make_directive("3812/UBND", NOVEMBER, cites=[second], text="Kính gửi: Các huyện\n\nYêu cầu <nghiêm túc> thực hiện./.")
    make_directive("9/KHAC", date(2022, 9, 9))
    third.addressees.create(label="Ủy ban nhân dân các huyện, thành phố").agencies.set([unit_a, unit_b])
    for agency, system, value in ((unit_a, "old", 857), (unit_a, "new", 464), (unit_b, "old", 331)):
        quote_figure(third, agency, system, QUOTED, value)
    for day in (OCTOBER, QUOTED, TODAY):
        figures.night(day)
    figures.count(unit_a, "old", 900, OCTOBER)
    figures.count(commune_a, "new", 10, OCTOBER)
    figures.count(unit_b, "new", 300, OCTOBER)
    figures.count(unit_a, "old", 860, QUOTED)
    figures.count(commune_a, "old", 2, QUOTED)
    figures.count(unit_b, "old", 331, QUOTED)
    figures.count(unit_a, "old", 850, TODAY)
    figures.count(unit_a, "new", 5, TODAY)
    figures.count(unit_b, "old", 340, TODAY)
    return third


@pytest.fixture
def backlog(unit_a: Agency, commune_a: Agency, unit_b: Agency) -> Backlog:
    return make_backlog(unit_a, commune_a, unit_b)
