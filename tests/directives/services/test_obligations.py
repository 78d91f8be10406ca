"""Orders judged by the night from frozen figures, and answered by units where no figure measures them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive, Obligation, ObligationAnswer, ObligationCheck
from directives.services.obligations import obligation_answer
from dossiers.models import ImportBatch
from journal.selectors import entry_text, last_entry
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)  # a Monday
DAY = timedelta(days=1)
LATE = {"received": D - 30 * DAY, "due": D - 9 * DAY}
LETTER = D + 2 * DAY


@pytest.fixture
def batch(unit_a: Agency, unit_b: Agency) -> ImportBatch:
    """Both systems tell of D + 1; four late at A on the old one, one on the new one, none at B."""
    make_calendar()
    batch = make_batch(midnight(D))
    observe(make_batch(midnight(D), system="new"), "N1", unit_a, **LATE)
    for number in range(4):
        observe(batch, f"A{number}", unit_a, **LATE)
    return batch


@pytest.fixture
def letter(batch: ImportBatch, unit_a: Agency, unit_b: Agency) -> Directive:
    """Issued on D + 2: its mark is the night of D + 1."""
    letter = make_directive("3812/UBND", LETTER)
    letter.addressees.create(label="Các huyện").agencies.set([unit_a, unit_b])
    return letter


def order(letter: Directive, kind: str, *units: Agency, system: str | None = None, **columns: object) -> Obligation:
    number = letter.obligations.count() + 1
    made = Obligation.objects.create(
        directive=letter, number=number, sentence="…", addressee="…", kind=kind, system_id=system, **columns
    )
    made.agencies.set(units)
    return made


def finish(day: date, unit: Agency, *codes: str, system: str = "old") -> None:
    """The day's change extract: these are done; it tells of the day even without any."""
    batch = make_batch(midnight(day), system=system, kind="delta")
    for code in codes:
        observe(batch, code, unit, **LATE, status=9, ended=day)


def nights(first: date, last: date) -> None:
    for number in range((last - first).days + 1):
        day = first + number * DAY
        nightly.run(as_of=day, now=moment(day + DAY, 0, 15), trigger="beat")


def checks(obligation: Obligation, unit: Agency) -> dict[date, tuple[str, str, int | None, int | None]]:
    """By day: state, reason, value, value at the due date."""
    rows = ObligationCheck.objects.filter(obligation=obligation, agency=unit).order_by("as_of")
    return {row.as_of: (row.state, row.reason, row.value, row.at_due) for row in rows}


def test_each_night_says_where_each_unit_stands(letter: Directive, unit_a: Agency, unit_b: Agency) -> None:
    settled, cleared = order(letter, "settled", unit_a, unit_b), order(letter, "cleared", unit_a, system="old")
    nights(D, D + DAY)
    finish(LETTER, unit_a, "A0")
    finish(LETTER, unit_a, system="new")
    nights(LETTER, LETTER)
    finish(LETTER + DAY, unit_a, "A1", "A2", "A3")
    finish(LETTER + DAY, unit_a, "N1", system="new")
    nights(LETTER + DAY, LETTER + DAY)
    assert checks(settled, unit_a) == {
        LETTER: ("on_course", "falling", 4, None),
        LETTER + DAY: ("fulfilled", "met", 0, None),
    }
    assert checks(settled, unit_b) == dict.fromkeys((LETTER, LETTER + DAY), ("fulfilled", "met", 0, None))
    assert checks(cleared, unit_a) == {
        LETTER: ("on_course", "falling", 3, None),
        LETTER + DAY: ("fulfilled", "met", 0, None),
    }
    row = ObligationCheck.objects.get(obligation=settled, agency=unit_a, as_of=LETTER)
    assert (row.start, row.target) == (5, 0)


def test_newcomers_undo_a_cleared_backlog_but_not_a_settled_list(letter: Directive, unit_a: Agency) -> None:
    settled, cleared = order(letter, "settled", unit_a), order(letter, "cleared", unit_a)
    nights(D, D + DAY)
    finish(LETTER, unit_a, "A0", "A1", "A2", "A3")
    finish(LETTER, unit_a, "N1", system="new")
    observe(make_batch(midnight(LETTER), kind="delta"), "LATER", unit_a, received=D - 9 * DAY, due=LETTER)
    nights(LETTER, LETTER + DAY)
    assert checks(settled, unit_a)[LETTER + DAY][0] == "fulfilled"
    assert checks(cleared, unit_a)[LETTER + DAY] == ("on_course", "falling", 1, None)


def test_leaving_the_figure_otherwise_settles_nothing(letter: Directive, unit_a: Agency) -> None:
    """A due date moved into the future takes a dossier out of the total, not off the list."""
    settled, cleared = order(letter, "settled", unit_a, system="new"), order(letter, "cleared", unit_a, system="new")
    nights(D, D + DAY)
    moved = LATE | {"due": D + 90 * DAY}
    observe(make_batch(midnight(LETTER), system="new", kind="delta"), "N1", unit_a, **moved)
    nights(LETTER, LETTER)
    assert checks(cleared, unit_a)[LETTER] == ("fulfilled", "met", 0, None)
    assert checks(settled, unit_a)[LETTER] == ("behind", "not_falling", 1, None)


def test_without_a_newer_file_of_every_system_nothing_is_said(letter: Directive, unit_a: Agency) -> None:
    both, old = order(letter, "cleared", unit_a), order(letter, "cleared", unit_a, system="old")
    nights(D, D + DAY)
    finish(LETTER, unit_a, "A0", "A1", "A2", "A3")
    nights(LETTER, LETTER)
    assert checks(old, unit_a)[LETTER] == ("fulfilled", "met", 0, None)
    assert checks(both, unit_a)[LETTER][:2] == ("unknown", "not_renewed")
    nights(LETTER + DAY, LETTER + 5 * DAY)  # Thursday to Monday: three working days without a file
    states = {day: state[:2] for day, state in checks(old, unit_a).items()}
    assert states[LETTER + 4 * DAY] == ("fulfilled", "met")
    assert states[LETTER + 5 * DAY] == ("unknown", "stale")


def test_the_end_of_the_due_date_decides_once_data_reach_it(letter: Directive, unit_a: Agency) -> None:
    due = LETTER + 2 * DAY
    cleared = order(letter, "cleared", unit_a, system="old", due_on=due)
    nights(D, D + DAY)
    finish(LETTER, unit_a, "A0")
    nights(LETTER, due)  # no file tells of the due date that night
    finish(due + DAY, unit_a, "A1", "A2")
    nights(due + DAY, due + DAY)
    finish(due + 2 * DAY, unit_a, "A3")
    nights(due + 2 * DAY, due + 2 * DAY)
    assert checks(cleared, unit_a) == {
        LETTER: ("on_course", "on_pace", 3, None),
        LETTER + DAY: ("behind", "off_pace", 3, None),
        due: ("unknown", "due_untold", 3, None),
        due + DAY: ("breached", "missed", 1, 1),
        due + 2 * DAY: ("fulfilled", "met_late", 0, 1),
    }


def test_a_reduction_is_measured_against_the_mark(letter: Directive, unit_a: Agency) -> None:
    reduced = order(letter, "reduced", unit_a, system="old", percent=50, due_on=LETTER + DAY)
    nights(D, D + DAY)
    finish(LETTER, unit_a, "A0")
    nights(LETTER, LETTER)
    finish(LETTER + DAY, unit_a, "A1")
    nights(LETTER + DAY, LETTER + DAY)
    assert checks(reduced, unit_a) == {
        LETTER: ("on_course", "on_pace", 3, None),
        LETTER + DAY: ("fulfilled", "met_at_due", 2, 2),
    }


def test_an_order_written_down_late_is_judged_for_the_nights_before(letter: Directive, unit_a: Agency) -> None:
    nights(D, LETTER + DAY)
    late = order(letter, "settled", unit_a)
    nights(LETTER + 2 * DAY, LETTER + 2 * DAY)
    assert list(checks(late, unit_a)) == [LETTER, LETTER + DAY, LETTER + 2 * DAY]


def test_tasks_are_not_judged_and_orders_of_letters_to_come_neither(letter: Directive, unit_a: Agency) -> None:
    order(letter, "task", unit_a)
    order(make_directive("9/UBND", LETTER + 9 * DAY), "cleared", unit_a)
    nights(D, LETTER)
    assert not ObligationCheck.objects.exists()


def test_many_units_cost_as_many_queries_as_one(letter: Directive, unit_a: Agency) -> None:
    made, many = order(letter, "cleared", unit_a), [make_agency(f"Đơn vị {number}") for number in range(20)]
    nights(D, LETTER)
    counts = []
    for day in (LETTER + DAY, LETTER + 2 * DAY):
        with CaptureQueriesContext(connection) as queries:
            nights(day, day)
        counts.append(len(queries))
        made.agencies.set(many)
    assert counts[0] == counts[1]
    assert ObligationCheck.objects.filter(as_of=LETTER + 2 * DAY).count() == 20


def test_an_answer_is_added_and_put_on_record(letter: Directive, unit_a: Agency, head_a: User) -> None:
    task = order(letter, "task", unit_a)
    for state, text in ((ObligationAnswer.State.DOING, "Đang quán triệt."), (ObligationAnswer.State.DONE, "Đã xong.")):
        obligation_answer(obligation=task, agency=unit_a, state=state, text=text, user=head_a, now=moment(LETTER, 9))
    said = [(answer.state, answer.text, answer.author) for answer in task.answers.all()]
    assert said == [
        ("done", "Đã xong.", "Thủ trưởng A (thu-truong-a)"),
        ("doing", "Đang quán triệt.", "Thủ trưởng A (thu-truong-a)"),
    ]
    entry = last_entry("obligation_answered")
    assert entry
    assert entry_text(entry) == (
        "Thủ trưởng A (thu-truong-a) báo cáo đơn vị 608 thực hiện yêu cầu 1 của Công văn 3812/UBND: đã thực hiện."
    )
    assert "Đã xong." not in entry.body
