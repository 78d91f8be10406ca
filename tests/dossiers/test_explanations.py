"""A deadline in Vietnamese sentences."""

import json
from datetime import time
from decimal import Decimal

import pytest

from dossiers.explanations import _SENTENCES, as_json, sentence
from dossiers.rules.deadlines import Stop, TimeLimit, deadline
from dossiers.rules.steps import StepKind
from tests.factories.worktime import at, real_calendar


def told(
    received: str,
    value: str,
    unit: str,
    *stops: tuple[str, str | None, str],
    policy: str = "pause",
    cutoff: time | None = None,
) -> list[str]:
    found = deadline(
        at(received),
        TimeLimit(Decimal(value), unit),
        stops=[Stop(at(start), at(end) if end else None, kind) for start, end, kind in stops],
        policy=policy,
        cutoff=cutoff,
        calendar=real_calendar(),
    )
    return [sentence(step) for step in found.steps]


def test_working_days_over_a_weekend() -> None:
    assert told("2022-08-01 09:00", "5", "working_day") == [
        "Tiếp nhận lúc 09:00 01/08/2022.",
        "Tính 4 ngày làm việc: 02/08/2022–05/08/2022.",
        "Không tính: 06/08/2022 (Thứ Bảy), 07/08/2022 (Chủ Nhật).",
        "Tính 1 ngày làm việc: 08/08/2022.",
        "Hạn trả: 08/08/2022.",
    ]


def test_hours_over_the_night() -> None:
    assert told("2022-11-10 15:30", "4", "working_hour") == [
        "Tiếp nhận lúc 15:30 10/11/2022.",
        "Tính 1,5 giờ làm việc: 15:30 10/11/2022–17:00 10/11/2022.",
        "Tính 2,5 giờ làm việc: 07:00 11/11/2022–09:30 11/11/2022.",
        "Hạn trả: 09:30 11/11/2022.",
    ]


def test_a_receipt_after_closing_on_friday_names_the_days_off() -> None:
    assert told("2022-08-12 17:20", "1", "working_day")[1] == (
        "Thời điểm 17:20 12/08/2022 đã hết giờ làm việc: tính từ 07:00 15/08/2022."
        " Ngày nghỉ: 13/08/2022 (Thứ Bảy), 14/08/2022 (Chủ Nhật)."
    )


def test_a_period_that_ends_on_a_holiday_and_a_makeup_day() -> None:
    assert told("2022-08-03 09:00", "30", "day")[1:3] == [
        "Tính 30 ngày: 04/08/2022–02/09/2022.",
        "Ngày cuối 02/09/2022 là ngày nghỉ: chuyển sang ngày làm việc kế tiếp 05/09/2022."
        " Ngày nghỉ: 02/09/2022 (Quốc khánh), 03/09/2022 (Thứ Bảy), 04/09/2022 (Chủ Nhật).",
    ]
    assert told("2025-04-24 09:00", "2", "working_day")[1] == (
        "Tính 2 ngày làm việc: 25/04/2025–26/04/2025. Ngày làm bù: 26/04/2025 (Làm bù cho 02/05/2025)."
    )


def test_a_stop_says_what_it_did_not_count_and_where_the_due_date_went() -> None:
    stop = ("2022-10-06 09:00", "2022-10-12 09:00", "financial")
    assert told("2022-10-03 09:00", "10", "working_day", stop)[-5:] == [
        "Hạn gốc: 17/10/2022.",
        "Tạm dừng (nghĩa vụ tài chính) từ 09:00 06/10/2022 đến 09:00 12/10/2022: 4 ngày làm việc không tính."
        " Trong đó ngày nghỉ: 08/10/2022 (Thứ Bảy), 09/10/2022 (Chủ Nhật).",
        "Cộng thêm 4 ngày làm việc: 18/10/2022–21/10/2022.",
        "Hạn chuyển từ 17/10/2022 sang 21/10/2022.",
        "Hạn trả: 21/10/2022.",
    ]


def test_an_open_a_late_and_a_restarting_stop() -> None:
    assert told("2022-10-03 09:00", "10", "working_day", ("2022-10-06 09:00", None, "supplement"))[-2] == (
        "Đang tạm dừng (chờ bổ sung) từ 09:00 06/10/2022: đồng hồ đứng, hạn vẫn ghi 17/10/2022."
    )
    assert told("2022-09-26 09:00", "10", "working_day", ("2022-10-20 09:00", None, "another"))[-2] == (
        "Tạm dừng (lý do khác) từ 09:00 20/10/2022, sau hạn 10/10/2022: hạn không dời."
    )
    restart = told("2022-10-03 09:00", "1", "week", ("2022-10-06 09:00", "2022-10-12 09:00", "supplement"), policy="restart")
    assert "Thời hạn tính lại từ đầu từ 09:00 12/10/2022, thay cho hạn 10/10/2022." in restart


def test_a_cut_off_and_a_short_month() -> None:
    assert told("2022-11-10 15:10", "1", "same_day", cutoff=time(15))[1] == (
        "Tiếp nhận sau mốc 15:00: trả trong ngày làm việc kế tiếp 11/11/2022."
    )
    assert told("2023-01-31 09:00", "1", "month")[1].endswith("tháng cuối không có ngày tương ứng nên lấy ngày cuối tháng.")


@pytest.mark.parametrize("kind", StepKind)
def test_every_kind_of_step_has_a_sentence(kind: StepKind) -> None:
    assert any(known == kind for known, _variant in _SENTENCES)


def test_as_json_is_the_data_and_the_sentence_of_every_step() -> None:
    found = deadline(at("2022-08-31 10:00"), TimeLimit(Decimal(3), "working_day"), calendar=real_calendar())
    written = json.loads(json.dumps(as_json(found)))
    assert written[1] == {
        "kind": "skipped",
        "start": "2022-09-01",
        "end": "2022-09-04",
        "amount": "4",
        "unit": "day",
        "reason": "",
        "days": [
            {"date": "2022-09-01", "reason": "Quốc khánh"},
            {"date": "2022-09-02", "reason": "Quốc khánh"},
            {"date": "2022-09-03", "reason": "saturday"},
            {"date": "2022-09-04", "reason": "sunday"},
        ],
        "text": "Không tính: 01/09/2022 (Quốc khánh), 02/09/2022 (Quốc khánh), 03/09/2022 (Thứ Bảy), 04/09/2022 (Chủ Nhật).",
    }
