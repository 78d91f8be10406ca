"""Registers as they really arrive: titles above the header, synonyms, four separators, three encodings, one workbook."""

import gc
import io
import sys
import unicodedata
from datetime import date, datetime

import openpyxl
import pytest

from dossiers.messages import place_text
from dossiers.rules.cells import DATE_MARK, ERROR_MARK, NUMBER_MARK
from dossiers.rules.facts import Cells
from dossiers.sources.base import SHEET_LINES, Source, SourceError
from dossiers.sources.detect import open_source
from dossiers.sources.headers import header_key
from tests.factories.intake import HEADER, csv_file, row, xlsx_file


def rows(source: Source) -> list[tuple[int, Cells]]:
    return [(found.line, found.cells) for found in source.rows()]


def refusal(file: io.BytesIO) -> tuple[str, dict[str, str]]:
    with pytest.raises(SourceError) as refused:
        for _row in open_source(file).rows():
            pass
    return refused.value.reason, refused.value.parameters


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("quoted", [False, True])
def test_text_of_any_separator_and_encoding_gives_the_same_rows(separator: str, encoding: str, quoted: bool) -> None:
    source = open_source(
        csv_file([row(1, note="a; b, c | d"), row(2)], titles=5, separator=separator, encoding=encoding, quoted=quoted)
    )
    (first, cells), (second, _cells) = rows(source)
    assert (source.shape.name, source.shape.header_line, first, second) == ("register_csv", 6, 7, 8)
    assert (cells.code, cells.agency, cells.received) == ("000.00.16.H34-221024-0001", "UBND huyện Đăk Tô", "24/10/2022 08:00")
    assert cells.note == "a; b, c | d"
    assert source.shape.notes == ()
    assert rows(source)[0][1] == cells  # reads from the beginning each time


def test_utf16_without_a_mark_is_read_and_said() -> None:
    source = open_source(csv_file([row()], encoding="utf-16-le"))
    assert rows(source)[0][1].agency == "UBND huyện Đăk Tô"
    assert [note.reason for note in source.shape.notes] == ["encoding_utf16"]


def test_header_names_are_found_by_synonym_in_any_case_spacing_and_accent_placement() -> None:
    renamed = ("TT", "MÃ HỒ\nSƠ", "Cơ quan  giải quyết", "ngày nhận", "Hạn xử lý", "Tình trạng", "Người nộp", "Mã vạch")
    values = ("1", "H-1", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "4", "An", "x")
    source = open_source(csv_file([dict(zip(renamed, values, strict=True))], header=renamed))
    (_line, cells), *_ = rows(source)
    assert cells == Cells("H-1", agency=values[2], received=values[3], promised=values[4], status="4", applicant="An")
    assert source.shape.labels["agency"] == "Cơ quan giải quyết"
    assert [(note.reason, note.parameters) for note in source.shape.notes] == [("columns_unknown", {"columns": "Mã vạch"})]


def test_blank_rows_are_passed_over_and_lines_still_count() -> None:
    file = csv_file([row(1), {}, row(2)], header=HEADER[1:])
    assert [line for line, _cells in rows(open_source(file))] == [2, 4]


def test_a_cell_over_two_lines_does_not_shift_the_line_numbers() -> None:
    found = rows(open_source(csv_file([row(1, note="một\nhai"), row(2)])))
    assert [line for line, _cells in found] == [2, 4]
    assert found[0][1].note == "một\nhai"


def test_cells_beyond_the_header_are_kept_for_the_judge_to_refuse() -> None:
    text = csv_file([row()]).getvalue().decode().rstrip() + ",x,,y\r\n"
    assert rows(open_source(io.BytesIO(text.encode())))[0][1].extra == "x | y"


@pytest.mark.parametrize("name", ["Mã hồ sơ", "Đơn vị xử lý", "Ngày tiếp nhận", "Trạng thái"])
def test_a_missing_mandatory_column_is_named_with_those_seen(name: str) -> None:
    reason, parameters = refusal(csv_file([row()], header=[column for column in HEADER if column != name]))
    assert (reason, parameters["missing"]) == ("header_missing", name)
    assert "Cán bộ xử lý" in parameters["seen"]


def test_due_date_or_procedure_code_one_of_them_suffices() -> None:
    without = [column for column in HEADER if column not in ("Ngày hẹn trả", "Mã TTHC")]
    assert refusal(csv_file([row()], header=without))[1]["missing"] == "Ngày hẹn trả / Mã TTHC"
    assert rows(open_source(csv_file([row()], header=[*without, "Mã TTHC"])))


def test_two_columns_of_one_meaning_are_refused() -> None:
    reason, parameters = refusal(csv_file([row()], header=[*HEADER, "Cơ quan giải quyết"]))
    assert (reason, parameters) == ("header_twice", {"first": "Đơn vị xử lý", "second": "Cơ quan giải quyết"})


def test_no_header_in_thirty_rows_is_no_register() -> None:
    assert refusal(csv_file([row()], titles=30))[0] == "header_absent"
    assert rows(open_source(csv_file([row()], titles=29)))


def test_a_file_closed_while_it_is_read_is_no_error_later(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    file = csv_file([row(1), row(2)])
    reading = open_source(file).rows()
    next(reading)
    file.close()
    del reading
    gc.collect()
    assert ignored == []


def test_of_a_file_broken_above_its_header_the_line_under_its_own_separator_is_named() -> None:
    text = csv_file([row()], titles=2, separator=";", quoted=True).getvalue().decode().splitlines(keepends=True)
    broken = "".join(['"Tỉnh";"Kon Tum"\r\n', *text[:2], '"Lập ngày" 07/11/2022;"x"\r\n', *text[2:]])
    assert refusal(io.BytesIO(broken.encode())) == ("csv_broken", {"line": "4"})


def test_an_unbalanced_quote_and_a_foreign_byte_name_their_line() -> None:
    text = csv_file([row(1), row(2)]).getvalue()
    assert refusal(io.BytesIO(text + b'3,"never closed')) == ("csv_broken", {"line": "4"})
    many = csv_file(row(n) for n in range(1, 100)).getvalue()
    assert refusal(io.BytesIO(many + "3,Kon Tum à\r\n".encode("cp1258") + many)) == ("encoding_unknown", {"line": "101"})
    wide = csv_file([row(1), row(2)], encoding="utf-16").getvalue()
    assert refusal(io.BytesIO(wide + b"\x00\xd8\x00\x00")) == ("encoding_unknown", {"line": "4"})
    assert refusal(io.BytesIO(wide + b"x")) == ("encoding_unknown", {"line": "4"})


def test_a_workbook_keeps_real_dates_and_numbers_apart_from_text() -> None:
    made = row(received=datetime.fromisoformat("2022-10-24 08:30"), due=date(2022, 10, 31), code=100020000000000, note=5.5)
    source = open_source(xlsx_file([made, row(2, status="=A1")], titles=3))
    (line, cells), (_second, formula) = rows(source)
    assert (source.shape.name, source.shape.header_line, line, source.shape.total) == ("register_xlsx", 4, 5, 2)
    assert cells.received == f"{DATE_MARK}2022-10-24T08:30:00"
    assert cells.promised == f"{DATE_MARK}2022-10-31"
    assert (cells.code, cells.note) == (f"{NUMBER_MARK}100020000000000", f"{NUMBER_MARK}5.5")
    assert formula.status == "Đang xử lý"  # what the formula last showed


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (44872.3402777, "2022-11-07T08:10:00"),  # 08:09:59.993
        (44871.9999999, "2022-11-07"),
        (44871.99998, "2022-11-06T23:59:58"),
        (2958465.9999999, "9999-12-31T23:59:59"),  # the last there is; no date of a dossier, but no error either
    ],
)
def test_a_spreadsheets_moment_is_the_second_it_was_meant_to_be(kept: float, shown: str) -> None:
    book = openpyxl.load_workbook(xlsx_file([row()]))
    cell = book.active.cell(2, HEADER.index("Ngày tiếp nhận") + 1, kept)
    cell.number_format = "dd/mm/yyyy hh:mm"
    file = io.BytesIO()
    book.save(file)
    assert rows(open_source(file))[0][1].received == f"{DATE_MARK}{shown}"


def test_hidden_sheets_are_not_read_and_other_visible_ones_are_said() -> None:
    book = openpyxl.load_workbook(xlsx_file([row()]))
    book.create_sheet("Ghi chú").append(["Lập ngày 7/11"])
    hidden = book.copy_worksheet(book["Danh sách"])
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    source = open_source(file)
    assert len(rows(source)) == 1
    assert [(note.reason, note.parameters["sheets"]) for note in source.shape.notes] == [("sheets_ignored", "Ghi chú")]


def test_sheets_with_the_same_columns_are_one_list_whose_lines_name_their_sheet() -> None:
    source = open_source(xlsx_file([row(1), row(2)], sheets=("Đăk Tô", "Kon Tum")))
    assert [line for line, _cells in rows(source)] == [2, 3, SHEET_LINES + 2, SHEET_LINES + 3]
    assert [(note.reason, note.parameters) for note in source.shape.notes] == [("sheets_joined", {"sheets": "Đăk Tô, Kon Tum"})]
    assert place_text(SHEET_LINES + 3) == "Trang tính thứ 2, dòng 3"


def test_sheets_with_different_columns_are_refused_by_name() -> None:
    book = openpyxl.load_workbook(xlsx_file([row()], sheets=("Đăk Tô", "Kon Tum")))
    book["Kon Tum"].cell(1, HEADER.index("Ghi chú") + 1, "Mã vạch")
    assert refusal(saved(book)) == ("sheets_several", {"sheets": "Đăk Tô, Kon Tum"})


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_a_header_of_two_rows_is_read_as_one() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["TT", "Mã hồ sơ", "Đơn vị xử lý", "Ngày", None, "Trạng thái"])
    sheet.append([None, None, None, "tiếp nhận", "hẹn trả", None])
    sheet.append([1, "H-1", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "4"])
    sheet.merge_cells("D1:E1")
    source = open_source(saved(book))
    ((line, cells),) = rows(source)
    assert (source.shape.header_line, line) == (2, 3)
    assert (cells.code, cells.received, cells.promised) == ("H-1", "24/10/2022", "31/10/2022")
    assert source.shape.labels["promised"] == "Ngày hẹn trả"


def test_the_row_that_numbers_the_columns_is_no_dossier() -> None:
    numbers = {name: f"({place})" for place, name in enumerate(HEADER, start=1)}
    assert [line for line, _cells in rows(open_source(csv_file([numbers, row()])))] == [3]


def test_the_heading_of_a_group_gives_its_rows_their_field_when_no_column_does() -> None:
    without = [name for name in HEADER if name != "Lĩnh vực"]
    listed = [{"Mã hồ sơ": "I. Lĩnh vực đất đai"}, row(1), {"Mã hồ sơ": "II. LĨNH VỰC: HỘ TỊCH"}, row(2)]
    found = [cells for _line, cells in rows(open_source(csv_file(listed, header=without)))]
    assert [cells.field for cells in found] == ["Đất đai", "Đất đai", "Hộ tịch", "Hộ tịch"]
    assert [bool(cells.code) for cells in found] == [False, True, False, True]


def test_errors_and_formulas_without_a_value_are_seen_where_they_stand() -> None:
    book = openpyxl.load_workbook(xlsx_file([row(1), row(2), row(3)]))
    place = HEADER.index("Ngày hẹn trả") + 1
    book.active.cell(2, place, "#N/A").data_type = "e"
    book.active.cell(4, place, "=A1")  # openpyxl keeps no value of a formula
    found = [cells.promised for _line, cells in rows(open_source(saved(book)))]
    assert found == [f"{ERROR_MARK}#N/A", "31/10/2022 17:00", f"{ERROR_MARK}="]


def test_hidden_rows_are_read_and_said() -> None:
    book = openpyxl.load_workbook(xlsx_file([row(1), row(2)]))
    book.active.row_dimensions[2].hidden = True
    source = open_source(saved(book))
    assert len(rows(source)) == 2
    assert [note.reason for note in source.shape.notes] == ["rows_hidden"]


def test_windows_1258_is_read_and_shown() -> None:
    text = csv_file([row(agency="UBND thành phố Kon Tum", applicant="Trần Thị Huệ")]).getvalue().decode()
    source = open_source(io.BytesIO(in_windows_1258(text)))
    ((_line, cells),) = rows(source)
    assert (cells.agency, cells.applicant) == ("UBND thành phố Kon Tum", "Trần Thị Huệ")
    (note,) = source.shape.notes
    assert (note.kind, note.reason) == ("repair", "encoding_1258")
    assert "Trần Thị Huệ" in note.parameters["lines"]


def in_windows_1258(text: str) -> bytes:
    """Vowels with their own mark are letters there, tones are characters behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((part for part in parts if part in tones), "")
        found.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else letter)
    return "".join(found).encode("cp1258")


def test_a_file_in_a_font_of_one_byte_finds_its_header_and_keeps_its_cells() -> None:
    header = ("M· hå s¬", "§¬n vÞ xö lý", "Ngµy tiÕp nhËn", "Ngµy hÑn tr¶", "Tr¹ng th¸i")
    made = dict(zip(header, ("H-1", "UBND huyÖn §¨k T«", "24/10/2022", "31/10/2022", "4"), strict=True))
    source = open_source(csv_file([made], header=header, encoding="cp1252"))
    ((_line, cells),) = rows(source)
    assert (cells.code, cells.agency) == ("H-1", "UBND huyÖn §¨k T«")
    assert [note.reason for note in source.shape.notes] == ["encoding_8bit"]


def test_a_system_may_call_its_columns_otherwise() -> None:
    header = ("Ký hiệu", "Nơi làm", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái")
    made = dict(zip(header, ("H-1", "UBND huyện Đăk Tô", "24/10/2022", "31/10/2022", "4"), strict=True))
    names = {header_key("Ký hiệu"): "code", header_key("Nơi làm"): "agency"}
    ((_line, cells),) = rows(open_source(csv_file([made], header=header), names))
    assert (cells.code, cells.agency) == ("H-1", "UBND huyện Đăk Tô")
