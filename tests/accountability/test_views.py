"""Pages and files: what they say, what each act leaves behind, and in what words it is refused."""

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponseBase
from django.test import Client
from docx.shared import Mm

from accountability.models import Criteria
from accounts.models import User
from directives.models import Directive
from journal.models import Entry
from tests.accountability.conftest import DAY

pytestmark = pytest.mark.django_db
HOME, CRITERIA = "/ho-so-kiem-diem/", "/ho-so-kiem-diem/tieu-chi/"
LIMITS = {"periods": 3, "late_periods": 3, "floor": 2, "letters": 1, "least": 2, "reason": "Ý kiến Sở Nội vụ"}
TOLD = {"ngay": DAY.isoformat()}


@pytest.fixture
def office(client: Client, provincial_officer: User) -> Client:
    client.force_login(provincial_officer)
    return client


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    page: bytes = answer.content
    return page.decode()


def content(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200
    return answer.getvalue()


def test_a_decided_version_holds_from_then_on_and_is_printed_with_the_facts(office: Client, letter: Directive) -> None:
    assert "phiên bản 0, mức hệ thống đặt sẵn" in text(office.get(HOME))
    assert office.post(CRITERIA, LIMITS).status_code == 302
    made = Criteria.objects.get()
    page = text(office.get(HOME))
    assert f"phiên bản {made.pk}, Cán bộ Văn phòng" in page
    assert "có ít nhất 3 tháng mà lúc 24:00 ngày cuối tháng đơn vị có từ 2 hồ sơ quá hạn trở lên" in page
    assert "<strong>1</strong> đơn vị đáp ứng đủ tiêu chí" in page
    assert page.index("UBND thành phố Kon Tum") < page.index("đơn vị khác có hồ sơ quá hạn") < page.index("UBND huyện Đăk Tô")
    entry = Entry.objects.get(event="review_criteria_decided")
    assert (entry.subject, '"floor":2' in entry.body) == (str(made.pk), True)
    assert "Ý kiến Sở Nội vụ" in text(office.get(CRITERIA))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Hãy ghi căn cứ, lý do đổi tiêu chí."),
        ({"late_periods": 4}, "Số tháng có hồ sơ quá hạn không thể nhiều hơn số tháng xét."),
        ({"floor": 5, "letters": 3}, "Các mức vừa nhập giống hệt phiên bản đang áp dụng."),
        ({"least": 4}, "nhỏ hơn hoặc bằng"),
    ],
)
def test_what_cannot_be_a_version_is_refused_in_words(office: Client, db: None, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in text(office.post(CRITERIA, LIMITS | changes), 422)
    assert not Criteria.objects.exists()


def test_a_version_is_never_changed(office: Client) -> None:
    office.post(CRITERIA, LIMITS)
    for act in (lambda: Criteria.objects.update(floor=9), lambda: Criteria.objects.all().delete()):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()


def test_a_head_reads_what_is_said_of_the_own_unit_and_makes_no_file(client: Client, letter: Directive, head_a: User) -> None:
    client.force_login(head_a)
    page = text(client.get(f"{HOME}608/"))
    assert "A-1" in page
    assert "không phải kết luận về trách nhiệm" in page
    assert "Lập tệp" not in page
    assert client.get(HOME).status_code == 403
    assert client.post(f"{HOME}608/tai-ve.docx", TOLD).status_code == 403
    assert not Entry.objects.filter(event="review_file_made").exists()


def test_the_document_says_what_the_page_says_and_is_put_on_record(office: Client, letter: Directive) -> None:
    office.post(CRITERIA, LIMITS)
    made = docx.Document(BytesIO(content(office.post(f"{HOME}608/tai-ve.docx", TOLD))))
    paragraphs = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "HỒ SƠ PHỤC VỤ XEM XÉT TRÁCH NHIỆM\nUBND thành phố Kon Tum" in paragraphs
    assert "không phải kết luận về trách nhiệm" in paragraphs
    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert ["Trễ hạn nhiều lần", "3 trên 3 tháng có số liệu", "đáp ứng"] in rows
    assert [row[:2] for row in rows if row[0].startswith("A-")] == [[code, "Hệ thống cũ"] for code in ("A-1", "A-2", "A-3")]
    assert next(row[:3] for row in rows if row[0] == "31/10/2022") == ["31/10/2022", "2", ""]
    entry = Entry.objects.get(event="review_file_made")
    assert entry.subject == "608"
    assert f'"criteria":{Criteria.objects.get().pk}' in entry.body
    footer = made.sections[0].footer.paragraphs[0].text
    assert "24:00 ngày 16/11/2022" in footer
    assert made.sections[0].page_width == pytest.approx(Mm(210), abs=Mm(0.1))


def test_the_workbooks_hold_units_and_dossiers(office: Client, letter: Directive) -> None:
    office.post(CRITERIA, LIMITS)
    units = openpyxl.load_workbook(BytesIO(content(office.post(f"{HOME}tai-ve.xlsx", TOLD)))).active
    told = [[cell.value for cell in row] for row in units.iter_rows()]
    assert [row[:4] for row in told if row[1] in ("608", "612")] == [
        ["UBND thành phố Kon Tum", "608", 3, 0],
        ["UBND huyện Đăk Tô", "612", 1, 0],
    ]
    unit = openpyxl.load_workbook(BytesIO(content(office.post(f"{HOME}608/tai-ve.xlsx", TOLD)))).active
    assert [row[0].value for row in unit.iter_rows() if str(row[0].value).startswith("A-")] == ["A-1", "A-2", "A-3"]


def test_a_day_without_a_night_says_which_days_there_are(office: Client, letter: Directive) -> None:
    for address in (HOME, f"{HOME}608/"):
        page = text(office.get(address, {"ngay": "2022-12-01"}))
        assert "Chưa có số liệu ngày 01/12/2022" in page
        assert "Có số liệu từ 31/08/2022 đến 16/11/2022" in page
        assert text(office.get(address, {"ngay": "khong-phai-ngay"}), 422)
    assert office.post(f"{HOME}608/tai-ve.docx", {"ngay": "2022-12-01"}).status_code == 404


def test_before_the_first_night_the_way_to_it_is_shown(office: Client, db: None) -> None:
    assert "Chưa có số liệu nào" in text(office.get(HOME))
