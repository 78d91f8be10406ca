"""Fifty kinds of files as offices really send them, each through the front door: taken, repaired and said, refused or held.

design/import-corpus.md is the list; tests/data/intake holds the files, tests/corpus/files.py makes them.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from dossiers.messages import hold_text
from dossiers.models import Dossier, ImportBatch
from dossiers.rules.legacy_text import modern
from tests.corpus.files import FOLDER, files, tcvn3, vni
from tests.factories.intake import AS_OF, csv_file, make_world, row, take
from worktime.rules import in_vietnam

pytestmark = pytest.mark.django_db
LATER = AS_OF + timedelta(days=1)
Facts = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """What becomes of a file: its status, the counts that are not zero, what must be said, and what is then known."""

    status: str
    counts: dict[str, int] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    facts: Facts | None = None
    known: object = None
    before: str = ""  # a file that came before it
    settings: dict[str, int] = field(default_factory=dict)


def done(new: int, *said: str, facts: Facts | None = None, known: object = None, before: str = "", **counts: int) -> Case:
    return Case("done", {"new": new, **counts} if new else counts, said, facts, known, before)


def refused(*said: str, **settings: int) -> Case:
    return Case("refused", {}, said, settings=settings)


def held(*said: str, before: str = "", **counts: int) -> Case:
    return Case("held", counts, said, before=before)


def names() -> object:
    return sorted(set(Dossier.objects.values_list("agency__name", "applicant")))


def units() -> object:
    return sorted(set(Dossier.objects.values_list("agency__name", flat=True)))


def days() -> object:
    return [
        f"{in_vietnam(at):%d/%m/%Y %H:%M}" for at in Dossier.objects.order_by("code").values_list("received_at", flat=True) if at
    ]


def fields() -> object:
    return list(Dossier.objects.order_by("code").values_list("field", flat=True))


DAK_TO = ["UBND huyện Đăk Tô"]
AN = [("UBND huyện Đăk Tô", "Nguyễn Văn An")]
UNSAFE = refused("Tệp không an toàn")

CASES: dict[str, Case] = {
    "01-utf8.csv": done(2, facts=names, known=AN),
    "01-utf8-bom.csv": done(2, facts=names, known=AN),
    "02-utf16-bom.csv": done(2, facts=names, known=AN),
    "02-utf16-no-bom.csv": done(2, "UTF-16 không có dấu đầu tệp, đã chuyển sang Unicode", facts=names, known=AN),
    "03-windows-1258.csv": done(2, r"Windows-1258, đã chuyển sang Unicode; mời xem: .*Đăk Tô", facts=names, known=AN),
    "04-tcvn3.xlsx": held(
        r"Dòng 2, cột Đơn vị xử lý: 'UBND huyÖn §¨k T«'\. Chữ phông TCVN3 .*“UBND huyện Đăk Tô”", r"Dòng 3, cột Chủ hồ sơ\. Chữ",
        new=2, repaired=2,
    ),
    "04-tcvn3-8bit.csv": held("phông một byte", r"Dòng 2, cột §¬n vÞ xö lý: .*“UBND huyện Đăk Tô”", new=2, repaired=2),
    "05-vni.xlsx": held(r"Dòng 3, cột Đơn vị xử lý: .*Chữ phông VNI.*“UBND huyện Đăk Tô”", new=2, repaired=2),
    "06-mixed.xlsx": held(r"Dòng 2, cột Đơn vị xử lý: .*TCVN3", new=2, repaired=1),
    "06-undecided.xlsx": done(1, r"Dòng 2, cột Chủ hồ sơ\. Chữ bị hỏng và đọc được theo nhiều cách, không đoán", rejected=1),
    "07-mojibake.csv": done(2, r"Dòng 2, cột Đơn vị xử lý: .*đọc sai bảng mã, đã khôi phục: “UBND huyện Đăk Tô”", repaired=1, facts=units, known=DAK_TO),
    "08-nfd.csv": done(2, r"Đã chuẩn hóa .*tổ hợp thành “UBND huyện Đăk Tô”", repaired=2, facts=names, known=AN),
    "09-eth.csv": done(2, r"Dòng 2, cột Đơn vị xử lý: .*Chữ Ð .*“UBND huyện Đăk Tô”", repaired=1, facts=units, known=DAK_TO),
    "09-cyrillic-code.csv": done(1, r"Dòng 2, cột Mã hồ sơ: .*ký tự lạ “Н” \(U\+041D\)", rejected=1),
    "09-eth-code.csv": done(1, r"Dòng 2, cột Mã hồ sơ: .*ký tự lạ “Ð” \(U\+00D0\)", rejected=1),
    "10-invisible.csv": done(2, r"Dòng 2, cột Đơn vị xử lý", r"Dòng 3, cột Trạng thái", repaired=2, facts=units, known=DAK_TO),
    "11-tones.csv": done(2, facts=units, known=DAK_TO),
    "11-unknown-unit.csv": done(1, r"Dòng 2, cột Đơn vị xử lý: 'Đắc Tộ'\. Chưa nhận ra đơn vị", rejected=1),
    "12-semicolon.csv": done(2, facts=names, known=AN),
    "12-tab.txt": done(2, facts=names, known=AN),
    "12-bar.csv": done(2, facts=names, known=AN),
    "13-quotes.csv": done(2, r"Dòng 2, cột Ghi chú", repaired=1),
    "13-open-quote.csv": refused("Dòng 4 có dấu nháy kép không khép"),
    "14-titles.csv": done(2, facts=lambda: ImportBatch.objects.get().header_line, known=6),
    "15-two-row-header.xlsx": done(1, facts=days, known=["24/10/2022 00:00"]),
    "16-synonyms.csv": done(1, "Cột không dùng đến: Mã vạch"),
    "17-missing-column.csv": refused(r"Thiếu cột: Ngày hẹn trả / Mã TTHC\. Các cột đã thấy: Mã hồ sơ, Đơn vị xử lý"),
    "18-column-twice.csv": refused("Hai cột “Ngày hẹn trả” và “Hạn xử lý” cùng một ý nghĩa"),
    "19-totals-signature.csv": done(2, r"Dòng 4.*'Tổng cộng: 2 hồ sơ'\. Bỏ dòng", r"Dòng 6.*'Người lập biểu'\. Bỏ dòng", repaired=3),
    "20-blank-rows.csv": done(2),
    "21-sections.csv": done(2, "các dòng dưới thuộc lĩnh vực “Đất đai”", repaired=2, facts=fields, known=["Đất đai", "Hộ tịch"]),
    "22-day-first.csv": done(2, facts=days, known=["24/10/2022 00:00", "25/10/2022 08:15"]),
    "23-month-first.csv": done(2, r"Dòng 2, cột Ngày tiếp nhận: '10/24/2022'\. Cả cột viết tháng trước ngày sau, đã hiểu là 24/10/2022", repaired=2,
                               facts=days, known=["24/10/2022 00:00", "03/10/2022 00:00"]),
    "23-month-slip.csv": done(2, r"Dòng 2, cột Ngày tiếp nhận: '13/25/2022'\. Ngày không có thật", rejected=1),
    "24-either-way.csv": done(5, "Cột Ngày tiếp nhận: mọi ngày đều đọc được theo hai cách"),
    "25-excel-swapped.xlsx": done(2, r"Dòng 4, cột Ngày tiếp nhận: .*Excel đã đảo ngày và tháng", "Dòng 5, cột Ngày tiếp nhận", rejected=2),
    "26-serials.xlsx": done(2, "số thứ tự ngày của Excel, đã hiểu là 03/11/2022", repaired=2, facts=days, known=["03/11/2022 00:00", "03/11/2022 18:00"]),
    "27-1904.xlsx": done(1, facts=days, known=["24/10/2022 00:00"]),
    "28-ways-of-dates.csv": done(7, "đã hiểu là 24/10/2022", repaired=6, facts=lambda: {text[:10] for text in days()}, known={"24/10/2022"}),  # type: ignore[attr-defined]
    "29-no-dates.csv": done(1, r"Dòng 2, .*'31/02/2022'\. Ngày không có thật", "Dòng 3.*00/00/0000", "Dòng 4.*Năm ngoài khoảng", "Dòng 5", rejected=4),
    "30-order.csv": done(1, r"Dòng 2, cột Ngày hẹn trả: .*trước ngày tiếp nhận", r"Dòng 3, cột Ngày kết thúc xử lý: .*trước ngày tiếp nhận",
                         r"Dòng 4, cột Ngày tiếp nhận: .*sau thời điểm số liệu", rejected=2),
    "31-same-twice.csv": done(2, r"Dòng 3.*giống hệt dòng 2: chỉ lấy một", repaired=1),
    "32-two-tales.csv": done(1, r"Dòng 2.*xuất hiện ở các dòng 2, 3 với nội dung khác nhau", rejected=2),
    "33-code-number.xlsx": done(1, r"Dòng 2, cột Mã hồ sơ: '100020000000000'\. Mã hồ sơ bị đổi thành số", "Dòng 3, cột Mã hồ sơ", rejected=2),
    "34-numbers-as-text.csv": done(2),
    "35-formula.xlsx": done(2, "có công thức; đã lấy giá trị đang hiện"),
    "36-errors.xlsx": done(1, r"Dòng 2, cột Ngày hẹn trả: '#N/A'\. Ô chứa lỗi", r"Dòng 3, cột Đơn vị xử lý: '#REF!'", r"Dòng 4, cột Ngày tiếp nhận: .*công thức", rejected=3),
    "37-formula-text.csv": done(4, facts=lambda: sorted(Dossier.objects.exclude(note="").values_list("note", flat=True)), known=["+84", "-5", "=1+1"]),
    "38-hidden.xlsx": done(2, "có dòng hoặc cột đang ẩn; đã đọc cả phần ẩn"),
    "39-sheets-alike.xlsx": done(2, "được đọc chung thành một danh sách: Đăk Tô, Kon Tum"),
    "39-sheets-unlike.xlsx": refused("các cột khác nhau: Đăk Tô, Kon Tum"),
    "40-too-long.csv": refused(r"Tệp có hơn 10 dòng", INTAKE_MAX_ROWS=10),
    "41-cut-short.xlsx": refused("bị hỏng hoặc tải về chưa hết"),
    "41-web-page.xls": refused("Đây là trang HTML.*Lưu thành .xlsx"),
    "41-csv.xlsx": done(2, facts=names, known=AN),
    "41-biff.xls": refused(r"tệp Excel cũ \(\.xls\)"),
    "41-open-document.ods": refused("LibreOffice"),
    "41-word.docx": refused("tệp Word"),
    "42-password.xlsx": refused("Tệp có mật khẩu. Bỏ mật khẩu rồi nộp lại"),
    "43-bomb.xlsx": UNSAFE,
    "43-nested.xlsx": UNSAFE,
    "43-many-parts.xlsx": UNSAFE,
    "43-external-entity.xlsx": UNSAFE,
    "43-laughs.xlsx": UNSAFE,
    "43-outside.xlsx": UNSAFE,
    "43-macros.xlsm": UNSAFE,
    "44-far-cell.xlsx": refused("ô dữ liệu ở tận XFD1048576"),
    "45-again.csv": Case("done", {"new": 2}, before="45-again.csv"),
    "46-newer.csv": done(5),
    "46-older.csv": held("Bản đầy đủ này cũ hơn bản đã nhập", before="46-newer.csv", new=1, stale=5),
    "47-yesterday.csv": done(10),
    "47-smaller.csv": held(r"Bản đầy đủ có 6 dòng, ít hơn bản trước \(10\) 4 dòng", before="47-yesterday.csv", unchanged=6, vanished=4),
    "48-other-province.csv": held("5 trong 5 mã hồ sơ đầu tệp của tỉnh khác", "5 trong 5 dòng có đơn vị chưa nhận ra", rejected=5),
    "49-emoji.csv": done(2),
    "49-right-to-left.csv": done(1, r"Dòng 2, cột Chủ hồ sơ\. .*ký tự điều khiển", rejected=1),
    "49-nul.json": done(0, r"Dòng 1, cột DonViXuLy: .*ký tự điều khiển", rejected=1),
    "50-cut-upload.xlsx": refused("bị hỏng hoặc tải về chưa hết"),
}  # fmt: skip
NOT_KEPT = {"41-empty.csv"}  # nothing to keep: refused at the door, without a batch


def test_the_files_are_what_the_generator_writes_and_of_all_fifty_kinds() -> None:
    made = files()
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix != ".md"} == made
    assert {int(name[:2]) for name in made} == set(range(1, 51))
    assert made.keys() == CASES.keys() | NOT_KEPT
    assert max(map(len, made.values())) < 200_000


@pytest.mark.parametrize("name", CASES)
def test_every_kind_is_taken_repaired_refused_or_held_as_the_corpus_says(name: str, settings: Settings) -> None:
    make_world()
    settings.INTAKE_HOLD_LEAST = 3
    case = CASES[name]
    for key, value in case.settings.items():
        setattr(settings, key, value)
    if case.before:
        at = LATER if "older" in name else AS_OF
        assert take(io.BytesIO((FOLDER / case.before).read_bytes()), as_of=at, now=LATER).status == "done"
    at = LATER if case.before and "smaller" in name else AS_OF
    batch = take(io.BytesIO((FOLDER / name).read_bytes()), as_of=at, now=LATER, name=name)
    told = [batch.message, *batch.issues.values_list("message", flat=True), *holds(batch)]
    assert batch.status == case.status, told
    names = ("new", "changed", "unchanged", "rejected", "repaired", "stale", "vanished")
    assert {name: count for name in names if (count := getattr(batch, name))} == case.counts, told
    for pattern in case.said:
        assert any(re.search(pattern, text) for text in told), (pattern, told)
    if case.facts:
        assert case.facts() == case.known
    if case.status != "done":
        assert not Dossier.objects.filter(batch=batch).exists()


def holds(batch: ImportBatch) -> list[str]:
    return [hold_text(**hold) for hold in batch.review.get("holds", [])]


def test_a_cell_of_a_megabyte_is_refused_and_never_cut() -> None:
    make_world()
    batch = take(csv_file([row(1, applicant="x" * 1_000_000), row(2)]))
    assert batch.status == "refused"
    assert "ô quá dài" in batch.message


@pytest.mark.parametrize("font", [tcvn3, vni])
def test_the_fonts_of_before_are_what_the_generator_makes_of_unicode(font: Callable[[str], str]) -> None:
    for text in (
        "UBND huyện Đăk Tô",
        "Nguyễn Văn Mẫu",
        "Đã trả kết quả",
        "Ngày hẹn trả kết quả",
        "Lương Thị Mỹ Duyên",
        "ĐĂK GLEI",
    ):
        found = modern(font(text))
        assert found is not None
        assert found.text in (text, text.capitalize() if font is tcvn3 else text)


def test_generated_workbooks_are_whole() -> None:
    for name, content in files().items():
        if name.endswith(".xlsx") and CASES.get(name) and CASES[name].status == "done" and content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert archive.testzip() is None
                assert datetime(*archive.infolist()[0].date_time).year == 2022  # noqa: DTZ001
