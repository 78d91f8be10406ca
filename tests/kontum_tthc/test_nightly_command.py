"""``manage.py nightly``."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    """10/11/2022 07:30, one dossier due on D."""
    settings.CLOCK_PINNED_AT = moment(D + 3 * DAY, 7, 30)
    make_calendar()
    unit = make_agency("UBND huyện Đăk Tô", code="612")
    observe(make_batch(midnight(D - DAY)), "H1", unit, received=D - 20 * DAY, due=D)


def nights(*options: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("nightly", *options, "--format", "json", stdout=out)
    runs: list[dict[str, Any]] = json.loads(out.getvalue())["runs"]
    return runs


def days(runs: list[dict[str, Any]]) -> list[str]:
    return [run["as_of"][-2:] for run in runs]


def test_the_first_night_is_alone_and_tells_its_figures() -> None:
    (run,) = nights("--as-of", "2022-11-08")
    assert run.pop("seconds") > 0
    assert run == {"as_of": "2022-11-08", "status": "done", "opened": 1, "closed": 0, "overdue": 1}


def test_later_dates_come_after_the_missing_ones_and_done_ones_come_back() -> None:
    nights("--as-of", "2022-11-06")
    assert days(nights("--as-of", "2022-11-08")) == ["07", "08"]
    assert days(nights("--as-of", "2022-11-07")) == ["07"]


def test_until_runs_the_whole_range() -> None:
    assert days(nights("--as-of", "2022-11-05", "--until", "2022-11-08")) == ["05", "06", "07", "08"]


def test_without_a_date_it_is_the_day_that_ended_and_a_second_time_nothing() -> None:
    assert days(nights()) == ["09"]
    assert nights() == []
    out = StringIO()
    call_command("nightly", stdout=out)
    assert "Không có ngày nào cần rà soát" in out.getvalue()


def test_today_may_be_run_and_tomorrow_not() -> None:
    assert days(nights("--as-of", "2022-11-10")) == ["10"]
    with pytest.raises(CommandError, match="Ngày 11/11/2022 chưa đến"):
        nights("--as-of", "2022-11-11")


@pytest.mark.parametrize(
    ("asked", "sentence"), [("2020-03-01", "Chưa nạp lịch nghỉ năm"), ("7/11/2022", "--as-of: “7/11/2022” không")]
)
def test_what_cannot_be_done_ends_in_one_clear_sentence(asked: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        nights("--as-of", asked)


def test_text_says_it_in_words() -> None:
    out = StringIO()
    call_command("nightly", "--as-of", "2022-11-08", stdout=out)
    assert out.getvalue().startswith("08/11/2022: mới quá hạn 1, hết quá hạn 0, đang quá hạn 1 (")
