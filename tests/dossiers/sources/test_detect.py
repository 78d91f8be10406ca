"""A file is what is in it, whatever it is called; what cannot be taken is named."""

import io
import json
import zipfile

import pytest

from dossiers.rules.cells import MARKS
from dossiers.sources.base import SEPARATOR, SourceError, packed, unpacked
from dossiers.sources.detect import open_source
from tests.factories.intake import csv_file, igate, json_file, national, national_file, row, xlsx_file


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"),
        (OLE, "file_xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file_password"),
        (b"<!DOCTYPE html><html><table>", "file_html"),
        (b"\xef\xbb\xbf <html>", "file_html"),
        (b"<?xml version='1.0'?><a/>", "file_xml"),
        (b"%PDF-1.7", "file_pdf"),
        (b"Rar!\x1a\x07", "file_archive"),
        (b"PK\x03\x04 cut short", "file_broken"),
        (xlsx_file([row()]).getvalue()[:-400], "file_broken"),
        (zipped({"word/document.xml": b"<w/>"}), "file_docx"),
        (zipped({"content.xml": b"<o/>"}), "file_ods"),
        (zipped({"xl/workbook.bin": b"1"}), "file_xlsb"),
        (zipped({"note.txt": b"x"}), "file_not_xlsx"),
        (zipped({"xl/workbook.xml": b"<x/>", "../../etc/passwd": b"x"}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"<x/>", "/tmp/x": b"x"}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"<x/>", "xl/inner.zip": b"PK"}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"<x/>", **{f"xl/{n}.xml": b"" for n in range(1_001)}}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"0" * 50_000_000}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"macro"}), "file_unsafe"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "file_broken"),
        (b'{"data": [', "json_broken"),
        (b'{"rows": []}', "json_shape"),
        (b"[1, 2]", "json_shape"),
        (b'{"data": "\xff"}', "encoding_unknown"),
        (b"[" * 200_000, "file_unsafe"),
        (b'{"data": [' + b"9" * 5_000 + b"]}", "file_unsafe"),
        ("Công văn về việc hồ sơ quá hạn".encode(), "header_absent"),
    ],
)
def test_what_cannot_be_taken_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(io.BytesIO(content))
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        (csv_file([row()]), "register_csv"),
        (xlsx_file([row()]), "register_xlsx"),
        (national_file([national()]), "national"),
        (
            national_file([{"MaHoSo": "1", "TrangThai": "4", "ThoiDiemXuLy": "20221024080000"}], "CapNhatTienDoHoSoMC"),
            "national_progress",
        ),
        (json_file({"data": [{"MaHoSo": "1", "TrangThai": "4", "ThoiDiemXuLy": "20221024080000"}]}), "national_progress"),
        (json_file({"content": [igate()]}), "igate"),
        (json_file([{"content": [igate()]}, {"content": []}]), "igate"),
    ],
)
def test_each_shape_is_recognised_by_its_content(file: io.BytesIO, shape: str) -> None:
    assert open_source(file).shape.name == shape


def test_a_national_dossier_fills_our_columns() -> None:
    stops = [{"NgayBoSung": "20221026080000", "NgayTiepNhanBoSung": None, "NgayHenTraTruoc": "20221031170000"}]
    source = open_source(national_file([national(), national(2, DanhSachHoSoBoSung=stops, TrangThaiHoSo=5, MaHoSo=12)]))
    (_, first), (line, second) = source.rows()
    assert (first.received, first.promised, first.status, first.channel) == ("20221024080000", "20221031170000", "4", "2")
    assert line == 2
    assert json.loads(second.stops) == [["20221026080000", "", "20221031170000", "", "supplement"]]
    assert second.code == "\x0f12"  # a number where a text belongs is marked, for the judge to refuse
    assert source.shape.labels["received"] == "NgayTiepNhan"


def test_an_igate_item_fills_our_columns_and_its_own_status_numbers_decide_nothing() -> None:
    several = [{"languageId": 228, "name": "UBND huyện Đăk Tô"}]
    odd = igate(
        2, agency={"code": "612", "name": several}, appointmentDate=None, dueDate="2022-10-31T10:00:00.000+0000", currentTask=None
    )
    source = open_source(json_file({"content": [igate(dossierStatus={"id": 2, "name": "Yêu cầu bổ sung"}), odd]}))
    (_, first), (_, second) = source.rows()
    assert (first.status, first.officer) == ("Yêu cầu bổ sung", "Trần Thị Bình##Lê Văn Chung")
    assert (first.procedure_code, first.procedure_name) == ("1.000001.000.00.00.H34", "Thủ tục 1.000001")
    assert (second.agency, second.agency_code, second.officer) == ("UBND huyện Đăk Tô", "612", "")
    assert second.promised == "2022-10-31T10:00:00.000+0000"


@pytest.mark.parametrize("item", [None, 5, "x", [], {"agency": 5, "applicant": [], "procedure": {"translate": []}}])
def test_an_item_of_the_wrong_shape_becomes_an_empty_row_not_an_error(item: object) -> None:
    assert len(list(open_source(json_file({"data": [item], "service": "DongBoHoSoMC"})).rows())) == 1
    assert [line for line, _cells in open_source(json_file([{"content": [item]}, {"content": [igate()]}])).rows()] == [1, 2]


def test_an_empty_entry_in_the_list_of_supplements_is_no_stop() -> None:
    placeholder = {"NgayBoSung": None, "NgayTiepNhanBoSung": "", "NgayHenTraTruoc": None, "NgayHenTraMoi": None}
    ((_, cells),) = open_source(national_file([national(DanhSachHoSoBoSung=[placeholder, None])])).rows()
    assert cells.stops == ""


def test_characters_the_database_cannot_keep_are_replaced_for_the_judge_to_refuse() -> None:
    source = open_source(
        io.BytesIO(b'{"data": [{"MaHoSo": "A", "GhiChu": "\\ud800", "TenTTHC": "a\\u0000b", "DonViXuLy": "x\\u001fy"}]}')
    )
    ((_, cells),) = source.rows()
    (text,) = packed([cells])
    kept = unpacked(text)
    assert kept.note == "\ufffd"
    assert (kept.procedure_name, kept.agency) == ("a\ufffdb", "x\ufffdy")
    assert SEPARATOR not in "".join(kept)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("kind", ["csv", "quoted", "xlsx", "json"])
def test_no_file_can_pass_a_text_for_what_a_spreadsheet_stored(kind: str, mark: str) -> None:
    """Our marks say that Excel kept a date or a number. Typed into a cell they are characters nobody types."""
    typed = row(1, note=f"{mark}2022-11-07")
    made = {
        "csv": lambda: csv_file([typed]),
        "quoted": lambda: csv_file([typed], quoted=True),
        "xlsx": lambda: xlsx_file([typed]),
        "json": lambda: national_file([national(GhiChu=f"{mark}2022-11-07")]),
    }
    ((_, cells),) = open_source(made[kind]()).rows()
    assert cells.note == "\ufffd2022-11-07"
