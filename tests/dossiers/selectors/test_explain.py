"""One dossier explained: the facts of the date asked for, the verdict, the steps, and which due date decides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agencies.models import Agency
from dossiers.models import Procedure
from dossiers.selectors.explain import dossier_explanation
from kontum_tthc import nightly
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe
from worktime.rules import end_of_day
from worktime.selectors import calendar

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)
DAY = timedelta(days=1)
FRIDAY = date(2022, 11, 11)


@pytest.fixture
def unit() -> Agency:
    make_calendar()
    return make_agency("UBND huyện Đăk Tô", code="612")


@pytest.fixture
def procedure() -> Procedure:
    return Procedure.objects.create(
        code="1.001193",
        name="Đăng ký",
        field="Hộ tịch",
        time_limit=Decimal(4),
        time_unit="working_day",
        source="thử",
        verified=True,
    )


def test_the_due_date_is_explained_with_the_stops_on_record(unit: Agency, procedure: Procedure) -> None:
    stop = {"kind": "supplement", "from": moment(D + DAY).isoformat(), "to": moment(D + 2 * DAY).isoformat()}
    due = end_of_day(date(2022, 11, 14))
    said = {
        "received": D,
        "procedure": procedure,
        "computed_due": due,
        "promised_due": None,
        "effective_due": due,
        "stops": [stop],
    }
    dossier = observe(make_batch(midnight(D)), "H1", unit, **said)
    told = dossier_explanation(dossier, D, calendar())
    assert told.steps[0]["text"] == "Tiếp nhận lúc 08:00 07/11/2022."
    assert told.steps[-1]["end"] == "2022-11-14"
    assert told.basis == "Nguồn không ghi ngày hẹn trả: hạn hiện hành là hạn tính toán 23:59 14/11/2022."


def test_without_a_limit_there_are_no_steps_and_the_promise_decides(unit: Agency) -> None:
    told = dossier_explanation(observe(make_batch(midnight(D)), "H1", unit, received=D, due=FRIDAY), D, calendar())
    assert (told.steps, told.basis) == ([], "Hạn hiện hành là ngày hẹn trả 23:59 11/11/2022.")


def test_a_promise_that_differs_from_the_rules_is_said_to_differ(unit: Agency, procedure: Procedure) -> None:
    said = {"received": D, "due": D + DAY, "procedure": procedure, "computed_due": end_of_day(FRIDAY), "due_differs": True}
    told = dossier_explanation(observe(make_batch(midnight(D)), "H1", unit, **said), D, calendar())
    assert told.basis == "Hạn hiện hành là ngày hẹn trả 23:59 08/11/2022, khác hạn tính toán 23:59 11/11/2022."


def test_steps_that_no_longer_lead_to_the_date_on_record_say_so(unit: Agency, procedure: Procedure) -> None:
    said = {"received": D, "due": FRIDAY, "procedure": procedure, "computed_due": end_of_day(FRIDAY)}
    dossier = observe(make_batch(midnight(D)), "H1", unit, **said)
    assert dossier_explanation(dossier, D, calendar()).basis == "Hạn hiện hành là ngày hẹn trả 23:59 11/11/2022."
    Procedure.objects.update(time_limit=Decimal(3))
    dossier.refresh_from_db()
    assert dossier_explanation(dossier, D, calendar()).basis == (
        "Hạn hiện hành là ngày hẹn trả 23:59 11/11/2022. Lịch nghỉ hoặc thời hạn đã đổi từ khi nhập: "
        "lúc đó hạn tính toán là 23:59 11/11/2022, nay là 23:59 10/11/2022."
    )


def test_a_dossier_without_any_due_date_says_so(unit: Agency) -> None:
    told = dossier_explanation(observe(make_batch(midnight(D)), "H1", unit, received=D), D, calendar())
    assert told.verdict.state == "undated"
    assert told.basis.startswith("Không có ngày hẹn trả")


def test_a_receipt_outside_the_loaded_years_is_not_explained_but_judged(unit: Agency, procedure: Procedure) -> None:
    said = {"received": date(2015, 5, 5), "due": D - DAY, "procedure": procedure}
    told = dossier_explanation(observe(make_batch(midnight(D)), "H1", unit, **said), D, calendar())
    assert told.verdict.state == "overdue"
    assert told.steps == []
    assert "Chưa nạp lịch nghỉ năm 2015" in told.basis


def test_a_date_with_a_night_is_explained_as_that_night_knew_it(unit: Agency) -> None:
    observe(make_batch(midnight(D)), "H1", unit, received=D - 9 * DAY, due=D - DAY)
    nightly.run(as_of=D, now=midnight(D), trigger="beat")
    dossier = observe(make_batch(midnight(D + DAY)), "H1", unit, received=D - 9 * DAY, due=D - DAY, status=9, ended=D)
    then, now = dossier_explanation(dossier, D, calendar()), dossier_explanation(dossier, D + DAY, calendar())
    assert (then.verdict.state, then.facts.status) == ("overdue", 4)
    assert (now.verdict.state, now.facts.status) == ("done_late", 9)
