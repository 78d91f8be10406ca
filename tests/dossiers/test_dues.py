"""The four due dates beside one another: which decides, and how far the others lie from it, in words."""

from datetime import date, datetime

import pytest

from dossiers.dues import due_dates
from dossiers.models import Dossier
from tests.factories.dossiers import moment
from ui.definitions import DEFINITIONS
from ui.formats import sentence
from worktime.rules import WorkCalendar

FRIDAY, MONDAY = date(2022, 11, 4), date(2022, 11, 7)
CALENDAR = WorkCalendar.build([2022], {date(2022, 9, 2): "Quốc khánh"}, {})


def told(**dues: datetime | None) -> dict[str, tuple[str, str]]:
    names = ("effective_due", "promised_due", "computed_due", "original_due")
    facts = Dossier(**{name: dues.get(name) for name in names})
    return {sentence(str(DEFINITIONS[due.name].word)): (due.stands, str(due.note)) for due in due_dates(facts, CALENDAR)}


def test_the_deciding_one_comes_first_and_says_why_it_decides() -> None:
    promised = told(effective_due=moment(FRIDAY, 17), promised_due=moment(FRIDAY, 17))
    assert next(iter(promised.items())) == ("Hạn hiện hành", ("decides", "Là ngày hẹn trả, như nguồn ghi"))
    computed = told(effective_due=moment(FRIDAY, 17), computed_due=moment(FRIDAY, 17))
    assert computed["Hạn hiện hành"] == ("decides", "Là hạn tính toán, vì nguồn không ghi ngày hẹn trả")


@pytest.mark.parametrize(
    ("day", "stands", "note"),
    [
        (FRIDAY, "earlier", "Sớm hơn hạn hiện hành 1 ngày làm việc (3 ngày lịch)"),
        (date(2022, 11, 6), "earlier", "Sớm hơn hạn hiện hành 1 ngày làm việc (1 ngày lịch)"),  # a Sunday
        (MONDAY, "same", "Cùng ngày với hạn hiện hành"),
        (date(2022, 11, 8), "later", "Muộn hơn hạn hiện hành 1 ngày làm việc (1 ngày lịch)"),
        (date(2022, 8, 31), "earlier", "Sớm hơn hạn hiện hành 47 ngày làm việc (68 ngày lịch)"),
        (date(2021, 11, 8), "earlier", "Sớm hơn hạn hiện hành 364 ngày"),  # a year whose days off are not loaded
    ],
)
def test_another_one_says_how_far_it_lies_from_the_deciding_one(day: date, stands: str, note: str) -> None:
    for hour in (8, 23):
        found = told(effective_due=moment(MONDAY, 17), promised_due=moment(MONDAY, 17), original_due=moment(day, hour))
        assert found["Hạn gốc"] == (stands, note)


def test_what_is_missing_says_so() -> None:
    assert told() == {
        "Hạn hiện hành": ("missing", "Hồ sơ không có hạn"),
        "Ngày hẹn trả": ("missing", "Nguồn không ghi"),
        "Hạn tính toán": ("missing", "Không có thời hạn của thủ tục để tính"),
        "Hạn gốc": ("missing", "Chưa từng có hạn"),
    }
