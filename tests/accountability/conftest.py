"""Two units over three months: A is late all the time and silent, B became late lately."""

from datetime import date, timedelta

import pytest

from agencies.models import Agency
from directives.models import Directive
from kontum_tthc import nightly
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from tests.factories.explanations import call, make_list

MONTHS = [date(2022, 8, 31), date(2022, 9, 30), date(2022, 10, 31)]
FIRST, DAY = date(2022, 11, 9), date(2022, 11, 16)


@pytest.fixture
def letter(unit_a: Agency, commune_a: Agency, unit_b: Agency) -> Directive:
    """Letter 3812 with lists of both units, who are called to explain by 15/11; nights to 16/11."""
    make_calendar()
    batch = make_batch(midnight(FIRST))
    long, lately = (
        {"received": date(2022, 7, 1), "due": date(2022, 7, 29)},
        {"received": date(2022, 10, 3), "due": date(2022, 11, 4)},
    )
    a = [observe(batch, code, unit_a, officer="Y Nga", **long) for code in ("A-1", "A-2")]
    a.append(observe(batch, "A-3", unit_a, **lately))
    b = [observe(batch, "B-1", unit_b, **lately)]
    for as_of in (FIRST, *MONTHS):  # what lies before the first night is filled in
        run = nightly.run(as_of=as_of, now=moment(FIRST + timedelta(days=1), 0, 15), trigger="command")
    made = make_directive("3812/UBND-TTHCC", date(2022, 11, 10), text="Kính gửi: các đơn vị")
    make_list(made, unit_a, a, run=run)
    make_list(made, unit_b, b, run=run)
    call(made, unit_a, unit_b, answer_by=date(2022, 11, 15))
    nightly.run_range(since=FIRST, until=DAY, now=moment(DAY + timedelta(days=1), 0, 15), trigger="command")
    return made
