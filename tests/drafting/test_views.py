"""Drafting as the office does it: the figures of a night in a letter, its template, and what is refused."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from directives.models import Directive
from directives.wordfiles import text_of
from dossiers.models import AgencyDayCount
from drafting.models import LetterTemplate, MadeDraft
from drafting.template import VARIABLES, built_in
from journal.models import Entry
from kontum_tthc import nightly
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

pytestmark = pytest.mark.django_db
PAGE, TEMPLATE = "/cong-van/soan-thao/", "/cong-van/soan-thao/mau/"
DAY = date(2022, 11, 9)
SAID = {
    "don_vi": ["608", "612"],
    "van_ban": ["3573-cv-vptu"],
    "trich_yeu": "giải quyết <dứt điểm> hồ sơ & báo cáo",
    "han": "2022-11-25",
    "tu_ngay": "2022-11-01",
}


@pytest.fixture(autouse=True)
def world(db: None, settings: Settings, tmp_path: Path, unit_a: Agency, unit_b: Agency) -> Directive:
    """A: three overdue, one finished late lately and one before the last letter; B: one overdue."""
    settings.MEDIA_ROOT, settings.CLOCK_PINNED_AT = tmp_path, moment(date(2022, 11, 10), 7, 30)
    make_calendar()
    batch = make_batch(midnight(DAY))
    late = {"received": date(2022, 10, 3), "due": date(2022, 10, 14)}
    for code, unit in (("A-1", unit_a), ("A-2", unit_a), ("A-3", unit_a), ("B-1", unit_b)):
        observe(batch, code, unit, **late)
    observe(batch, "A-LATELY", unit_a, ended=date(2022, 11, 3), status=9, **late)
    observe(batch, "A-LONG-AGO", unit_a, ended=date(2022, 10, 20), status=9, **late)
    nightly.run(as_of=DAY, now=moment(date(2022, 11, 10), 0, 15), trigger="command")
    return make_directive("3573-CV/VPTU", date(2022, 11, 1))


@pytest.fixture
def office(client: Client, provincial_officer: User) -> Client:
    client.force_login(provincial_officer)
    return client


def page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    text: bytes = answer.content
    return text.decode()


def letter(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content.decode()
    content: bytes = answer.getvalue()
    return content


def test_the_page_proposes_the_units_with_most_every_letter_and_ten_working_days(office: Client) -> None:
    html = page(office.get(PAGE))
    assert re.findall(r'name="don_vi" value="(\d+)" checked', html) == ["608", "612"]
    assert 'value="3573-cv-vptu" checked' in html
    assert 'value="23/11/2022"' in html
    assert 'value="01/11/2022"' in html
    assert "tinh_trang=overdue&amp;don_vi=608" in html


def test_a_letter_says_the_published_figures_and_lists_the_dossiers_behind_them(office: Client) -> None:
    content = letter(office.post(PAGE, SAID))
    text = " ".join(text_of(content).split())
    assert "V/v giải quyết <dứt điểm> hồ sơ & báo cáo" in text
    assert "Công văn số 3573-CV/VPTU ngày 01 tháng 11 năm 2022" in text
    assert "còn 4 hồ sơ quá hạn" in text
    assert "¹ Đến 24:00 ngày 09/11/2022" in text
    assert (
        "UBND thành phố Kon Tum trên hệ thống cũ có 3 hồ sơ, hệ thống mới có 0 hồ sơ;"
        " UBND huyện Đăk Tô trên hệ thống cũ có 1 hồ sơ, hệ thống mới có 0 hồ sơ." in text
    )
    assert "trước ngày 25/11/2022" in text
    assert "tháng 11 năm 2022" in text
    made = docx.Document(BytesIO(content))
    done, overdue = made.tables[-2:]
    assert [row.cells[2].text for row in done.rows] == ["Mã hồ sơ", "A-LATELY"]
    assert [row.cells[2].text for row in overdue.rows] == ["Mã hồ sơ", "A-1", "A-2", "A-3", "B-1"]
    run = MadeDraft.objects.get().run
    assert run.as_of == DAY
    assert "mã số liệu" in made.sections[-1].footer.paragraphs[0].text
    assert made.sections[-1].page_width > made.sections[-1].page_height  # type: ignore[operator]
    assert "{{" not in text
    assert "{%" not in text


def test_a_made_draft_is_on_record_and_comes_again_byte_for_byte(office: Client) -> None:
    content = letter(office.post(PAGE, SAID))
    made = MadeDraft.objects.get()
    assert (made.units, made.cited, made.template) == (["608", "612"], ["3573-CV/VPTU"], None)
    assert letter(office.get(f"{PAGE}{made.pk}/tai-ve.docx")) == content
    assert made.sha256 in Entry.objects.get(event="letter_drafted").body
    assert "Dự thảo" in page(office.get(PAGE))


def test_figures_that_differ_from_their_list_make_no_letter(office: Client, unit_a: Agency) -> None:
    AgencyDayCount.objects.filter(agency=unit_a, field="").update(overdue=2, overdue_30=2, open=2)
    assert "Số đã công bố của UBND thành phố Kon Tum là 2 nhưng danh sách có 3 hồ sơ" in page(office.post(PAGE, SAID), 422)
    assert not MadeDraft.objects.exists()
    assert not Entry.objects.filter(event="letter_drafted").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"don_vi": []}, "Hãy chọn ít nhất một đơn vị."),
        ({"trich_yeu": ""}, "Hãy ghi trích yếu của công văn."),
        ({"han": "2022-11-09"}, "Hạn giải quyết phải sau ngày của số liệu."),
        ({"han": "2022-11-26"}, "Ngày này là ngày nghỉ. Hãy chọn ngày làm việc."),
        ({"han": "2050-01-04"}, "Chưa nạp lịch nghỉ năm 2050"),
        ({"tu_ngay": "2022-11-09"}, "Phải trước ngày của số liệu."),
        ({"tu_ngay": "hôm qua"}, "Ngày không đọc được."),
    ],
)
def test_what_is_missing_is_said_and_what_was_filled_in_stays(office: Client, changes: dict[str, Any], sentence: str) -> None:
    html = page(office.post(PAGE, SAID | changes), 422)
    assert sentence in html
    assert not MadeDraft.objects.exists()
    if "trich_yeu" not in changes:
        assert "giải quyết &lt;dứt điểm&gt; hồ sơ &amp; báo cáo" in html


def test_a_day_without_figures_makes_no_letter(office: Client) -> None:
    assert "Chưa có số liệu ngày 01/12/2022" in page(office.get(PAGE, {"ngay": "2022-12-01"}))
    assert "Chưa có số liệu ngày 01/12/2022" in page(office.post(f"{PAGE}?ngay=2022-12-01", SAID))
    assert not MadeDraft.objects.exists()


# The template


def edited(change: Callable[[Any], None]) -> bytes:
    """The built-in template after somebody's work in Word."""
    document = docx.Document(BytesIO(built_in()))
    change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def put(client: Client, content: bytes) -> Any:
    return client.post(TEMPLATE, {"tep": SimpleUploadedFile("mau.docx", content)})


def test_the_office_writes_with_its_own_template_and_goes_back(office: Client) -> None:
    own = edited(lambda document: document.add_paragraph("Câu của văn phòng, {{ tong }} hồ sơ."))
    assert put(office, own).status_code == 302
    assert letter(office.get(f"{TEMPLATE}tai-ve.docx")) == own
    assert "Câu của văn phòng, 4 hồ sơ." in text_of(letter(office.post(PAGE, SAID)))
    assert MadeDraft.objects.get().template == LetterTemplate.objects.get()
    assert office.post(f"{TEMPLATE}co-san/").status_code == 302
    assert "Câu của văn phòng" not in text_of(letter(office.post(PAGE, SAID)))
    assert [bool(one.file) for one in LetterTemplate.objects.all()] == [False, True]
    assert Entry.objects.filter(event="letter_template_changed").count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ ten_la }}", "Mẫu dùng tên không có (&#x27;ten_la&#x27; is undefined). Các tên dùng được: trich_yeu"),
        ("{% if tong %}", "Mẫu có lệnh không đọc được"),
        ("{{ tong.__class__.__mro__ }}", "Mẫu có lệnh không đọc được"),
        ("{{ 'a' * 1000000000 }}", "Mẫu có lệnh không đọc được"),
        ("{% for i in range(1000000000) %}{% endfor %}", "Mẫu dùng tên không có"),
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused_by_name(office: Client, text: str, sentence: str) -> None:
    assert sentence in page(put(office, edited(lambda document: document.add_paragraph(text))), 422)
    assert not LetterTemplate.objects.exists()


def test_what_is_no_template_is_refused(office: Client) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", compression=8) as parts:
        parts.writestr("word/document.xml", b" " * 70 * 1024 * 1024)
    empty = docx.Document()
    plain = BytesIO()
    empty.save(plain)
    for content, sentence in (
        (b"khong phai word", "Không phải tệp Word .docx"),
        (bomb.getvalue(), "bung ra quá lớn"),
        (plain.getvalue(), "Mẫu không nêu đơn vị hay danh sách nào"),
        (b"", "Tệp mẫu rỗng."),
    ):
        assert sentence in page(put(office, content), 422)
    assert not LetterTemplate.objects.exists()


def test_every_name_of_the_template_is_explained_on_its_page(office: Client) -> None:
    html = page(office.get(TEMPLATE))
    assert [name for name in VARIABLES if f"<code>{name}</code>" not in html] == []


def test_the_page_costs_the_same_for_ten_and_for_fifty_drafts(office: Client, django_assert_num_queries: Any) -> None:
    for size in (2, 6):
        while MadeDraft.objects.count() < size:
            office.post(PAGE, SAID)
        office.get(PAGE)
        with django_assert_num_queries(7):
            office.get(PAGE)
