"""The list as a file: dossiers, columns and order of the screen, what it is of in its head, on record if it names people."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from dossiers import documents
from journal.models import Entry
from journal.selectors import entry_text, night_seal
from kontum_tthc import nightly
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]

NIGHT = date(2022, 11, 7)
FILE = "/ho-so/tai-ve.xlsx"


@pytest.fixture
def night(settings: Settings, unit_a: Agency, unit_b: Agency) -> None:
    settings.CLOCK_PINNED_AT = moment(NIGHT + timedelta(days=1), 7, 30)
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    said = {"officer": "=HYPERLINK(1)", "procedure_name": "Đăng ký khai sinh"}
    observe(batch, "A-LATE", unit_a, received=date(2022, 10, 3), due=date(2022, 11, 4), **said)
    observe(batch, "A-OLD", unit_a, received=date(2022, 1, 4), due=date(2022, 2, 7))
    observe(batch, "A-TIME", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 30))
    observe(batch, "B-LATE", unit_b, received=date(2022, 10, 3), due=date(2022, 11, 3))
    nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")


def downloaded(client: Client, query: str = "") -> tuple[dict[str, str], list[list[Any]]]:
    """(what the file says of itself, its table with the head first)."""
    answer = client.post(f"{FILE}?{query}")
    assert answer.status_code == 200
    lines = [list(line) for line in openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values]
    blank = next(place for place, line in enumerate(lines) if not any(line))
    return {str(line[0]): str(line[1]) for line in lines[1:blank]}, lines[blank + 1 :]


def test_the_file_holds_what_the_screen_shows_in_its_order(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    _facts, (heads, *rows) = downloaded(client, "tinh_trang=overdue&sap_xep=-due")
    assert heads[:5] == ["Mã hồ sơ", "Hệ thống", "Đơn vị", "Thủ tục", "Chủ hồ sơ"]
    assert [row[0] for row in rows] == ["A-LATE", "B-LATE", "A-OLD"]
    late = dict(zip(heads, rows[0], strict=True))
    assert late["Hệ thống"] == "Hệ thống cũ"
    assert late["Đơn vị"] == "UBND thành phố Kon Tum"
    assert late["Chủ hồ sơ"] == "Nguyễn V. A."
    assert late["Hạn hiện hành"].date() == date(2022, 11, 4)
    assert late["Tình trạng"] == "Quá hạn 1 ngày làm việc"
    assert late["Cán bộ xử lý"] == "=HYPERLINK(1)"  # a text, see test_workbook


def test_the_columns_are_those_asked_for(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    _facts, (heads, *rows) = downloaded(client, "cot=code,late,stopped&don_vi=608")
    assert heads == ["Mã hồ sơ", "Hệ thống", "Số ngày làm việc quá hạn", "Tạm dừng từ"]
    assert {row[0]: row[2] for row in rows} == {"A-LATE": 1, "A-OLD": 193, "A-TIME": None}


def test_the_head_says_of_what_when_and_by_whom(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    facts, _table = downloaded(client, "tinh_trang=overdue&he_thong=old")
    assert facts["Ngày số liệu"] == "Tình trạng lúc 24:00 ngày 07/11/2022"
    assert facts["Mã số liệu"] == night_seal(NIGHT) != ""
    assert facts["Điều kiện"] == "Tình trạng: Quá hạn; Hệ thống: Hệ thống cũ"
    assert facts["Thứ tự"] == "Hạn hiện hành, tăng dần"
    assert facts["Số hồ sơ"] == "3"
    assert facts["Người tải"] == "Cán bộ Văn phòng (van-phong), lúc 07:30 08/11/2022"


def test_a_list_too_long_for_a_file_is_cut_and_says_so(
    client: Client, provincial_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LIST_MOST", 2)
    client.force_login(provincial_officer)
    facts, (_heads, *rows) = downloaded(client)
    assert [row[0] for row in rows] == ["A-OLD", "B-LATE"]
    assert facts["Số hồ sơ"].startswith("2 hồ sơ đầu theo thứ tự này; danh sách còn nữa.")


def test_names_that_leave_are_put_on_record_and_counts_alone_are_not(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    downloaded(client, "cot=code,agency,due")
    assert not Entry.objects.filter(event="list_downloaded").exists()
    downloaded(client, "tinh_trang=overdue")
    entry = Entry.objects.get(event="list_downloaded")
    assert entry_text(entry) == (
        "Cán bộ Văn phòng (van-phong) tải về danh sách 3 hồ sơ của ngày 2022-11-07, tên chủ hồ sơ đã che. "
        "Điều kiện: Tình trạng: Quá hạn"
    )
    assert "applicant" in json.loads(entry.body)["columns"]


def test_a_head_takes_away_the_own_units_dossiers_only(client: Client, head_b: User) -> None:
    client.force_login(head_b)
    _facts, (_heads, *rows) = downloaded(client)
    assert [row[0] for row in rows] == ["B-LATE"]
    assert client.post(f"{FILE}?don_vi=608").status_code == 422


def test_wrong_words_are_refused_as_on_the_page_and_reading_the_address_takes_nothing(
    client: Client, provincial_officer: User
) -> None:
    client.force_login(provincial_officer)
    answer = client.post(f"{FILE}?cot=matkhau")
    assert answer.status_code == 422
    assert "Không có cột “matkhau”" in answer.content.decode()
    assert client.get(FILE).status_code == 405


def test_a_day_without_a_night_leads_to_the_page_that_says_so(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    answer = client.post(f"{FILE}?ngay=2022-12-24")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ho-so/?ngay=2022-12-24"


def test_the_button_asks_for_exactly_what_the_page_shows(client: Client, provincial_officer: User) -> None:
    client.force_login(provincial_officer)
    html = client.get(reverse("dossiers:list"), {"tinh_trang": "overdue", "cot": "code,due", "trang": "1"}).content.decode()
    assert 'form="tai-ve" formaction="/ho-so/tai-ve.xlsx?tinh_trang=overdue&amp;cot=code,due"' in html
    assert '<form id="tai-ve" method="post" action="/ho-so/tai-ve.xlsx" hidden>' in html
