"""``manage.py explain``."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_batch, make_calendar, midnight, observe

pytestmark = pytest.mark.django_db
D = date(2022, 11, 7)


@pytest.fixture(autouse=True)
def dossier() -> None:
    make_calendar()
    unit = make_agency("UBND huyện Đăk Tô", code="612")
    observe(make_batch(midnight(D)), "H34-1", unit, received=date(2022, 8, 5), due=date(2022, 8, 12))
    observe(
        make_batch(midnight(D + timedelta(days=1))), "H34-1", unit, received=date(2022, 8, 5), due=date(2022, 8, 12), status=5
    )


def explain(*options: str) -> str:
    out = StringIO()
    call_command("explain", "H34-1", "--system", "old", *options, stdout=out)
    return out.getvalue()


def test_json_tells_facts_verdict_reasons_and_every_revision() -> None:
    told = json.loads(explain("--as-of", "2022-11-07", "--format", "json"))
    assert list(told) == [
        "code", "agency", "status", "received_at", "promised_due", "computed_due", "original_due", "effective_due",
        "verdict", "explanation", "revisions",
    ]  # fmt: skip
    assert (told["code"], told["agency"], told["status"]) == ("H34-1", "612", 5)
    assert told["promised_due"] == "2022-08-12T23:59:59+07:00"
    assert told["computed_due"] is None
    assert told["verdict"] == {"as_of": "2022-11-07", "state": "overdue", "calendar_days": 87, "working_days": 59}
    assert told["explanation"][-1]["text"] == "Hạn hiện hành là ngày hẹn trả 23:59 12/08/2022."
    assert [revision["status"] for revision in told["revisions"]] == [4, 5]


def test_text_reads_from_top_to_bottom() -> None:
    head, *rest = explain("--as-of", "2022-11-07").splitlines()
    assert head == "H34-1 – UBND huyện Đăk Tô: Quá hạn 87 ngày, 59 ngày làm việc (07/11/2022)"
    assert rest == ["Hạn hiện hành là ngày hẹn trả 23:59 12/08/2022."]


@pytest.mark.parametrize("typed", ["h34-1", " H34-1 "])
def test_a_code_is_found_however_its_letters_are_typed(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("explain", typed, "--system", "old", "--as-of", "2022-11-07")
    assert capsys.readouterr().out.startswith("H34-1 – ")


def test_an_unknown_code_ends_in_one_clear_sentence() -> None:
    with pytest.raises(CommandError, match="Không có hồ sơ “X-9” trên hệ thống new"):
        call_command("explain", "X-9", "--system", "new")


@pytest.mark.parametrize(("text", "sentence"), [("7/11/2022", "không phải ngày"), ("2031-01-05", "Chưa nạp lịch nghỉ năm 2031")])
def test_a_date_that_cannot_be_answered_says_why(text: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        explain("--as-of", text)
