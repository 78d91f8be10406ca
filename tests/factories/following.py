"""A letter with lists of two units, followed for three nights, for tests."""

from datetime import date, timedelta

from agencies.models import Agency
from directives.models import Directive
from kontum_tthc import nightly
from tests.factories.directives import make_directive, quote_figure
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

MARK = date(2022, 11, 7)
DAY = timedelta(days=1)
ISSUED, LAST = MARK + 2 * DAY, MARK + 3 * DAY
LATE = {"received": MARK - 30 * DAY, "due": MARK - 9 * DAY}


def make_followed(unit_a: Agency, unit_b: Agency) -> Directive:
    """At the mark A holds three on the old system and one on the new, B two. Later one of A's is finished, one moved in date,
    one of B's handed over to A; a newcomer comes to A. Orders: settle the list, report.
    """
    make_calendar()
    batch = make_batch(midnight(MARK))
    for code, unit in (("A1", unit_a), ("A2", unit_a), ("A3", unit_a), ("B1", unit_b), ("B2", unit_b)):
        observe(batch, code, unit, **LATE)
    observe(make_batch(midnight(MARK), system="new"), "N1", unit_a, **LATE)
    letter = make_directive("3812/UBND", ISSUED, text="Yêu cầu")
    letter.addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    quote_figure(letter, unit_a, "old", MARK, 4)
    for number, kind in ((1, "settled"), (2, "task")):
        order = letter.obligations.create(number=number, sentence=f"Câu {kind}", addressee="Chủ tịch các huyện", kind=kind)
        order.agencies.set([unit_a, unit_b])
    night(MARK)
    night(MARK + DAY)
    later = make_batch(midnight(ISSUED))
    observe(later, "A1", unit_a, **LATE, status=9, ended=ISSUED)
    observe(later, "A2", unit_a, received=MARK - 30 * DAY, due=MARK + 60 * DAY)
    observe(later, "B1", unit_a, **LATE)
    observe(later, "A9", unit_a, received=MARK - 9 * DAY, due=MARK)
    make_batch(midnight(ISSUED), system="new")
    night(ISSUED)
    night(LAST)
    return letter


def night(day: date) -> None:
    nightly.run(as_of=day, now=moment(day + DAY, 0, 15), trigger="beat")
