"""Small source files for tests, in each shape the intake reads, as they really arrive."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from agencies.models import Agency
from dossiers.models import ImportBatch, Procedure
from dossiers.services.intake import batch_open, batch_run
from tests.factories.agencies import make_agency
from tests.factories.dossiers import make_systems
from tests.factories.rows import HEADER, row
from tests.factories.worktime import at, load_calendar

__all__ = ["HEADER", "row"]

AS_OF = at("2022-11-07 17:00")
NOW = at("2022-11-08 08:00")


def make_world() -> Agency:
    """The calendar, both systems, three units (two communes of one name) and two procedures; answers huyện Đăk Tô."""
    load_calendar()
    make_systems()
    make_agency("UBND thành phố Kon Tum", code="608", level=Agency.Level.DISTRICT)
    dak_to = make_agency("UBND huyện Đăk Tô", code="612", level=Agency.Level.DISTRICT)
    for district, code in (("UBND huyện Đăk Hà", "615"), ("UBND huyện Kon Plông", "613")):
        parent = make_agency(district, code=code, level=Agency.Level.DISTRICT)
        make_agency("UBND xã Đăk Long", code=f"{code}-dl", parent=parent)
    for code, limit, unit in (("1.000001", 5, "working_day"), ("1.000002", 4, "working_hour"), ("1.000003", None, "unstated")):
        Procedure.objects.create(
            code=code,
            local_code=f"{code}.000.00.00.H34",
            name=f"Thủ tục {code}",
            field="Hộ tịch",
            level="huyện",
            time_limit=limit,
            time_unit=unit,
            source="tests",
            verified=True,
        )
    return dak_to


def csv_file(
    rows: Iterable[Mapping[str, str]],
    *,
    header: Sequence[str] = HEADER,
    titles: int = 0,
    separator: str = ",",
    encoding: str = "utf-8",
    quoted: bool = False,
) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    for number in range(titles):
        writer.writerow([f"ỦY BAN NHÂN DÂN TỈNH KON TUM {number}"])
    writer.writerow(header)
    for number, values in enumerate(rows, start=1):
        writer.writerow([number if name == "STT" else values.get(name, "") for name in header])
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(
    rows: Iterable[Mapping[str, Any]], *, header: Sequence[str] = HEADER, titles: int = 0, sheets: Sequence[str] = ("Danh sách",)
) -> io.BytesIO:
    """Python dates become real Excel dates, numbers numbers, text text; a text beginning with = becomes a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    dates = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    listed = list(rows)
    for name in sheets:
        sheet = book.add_worksheet(name)
        for number in range(titles):
            sheet.write_string(number, 0, "ỦY BAN NHÂN DÂN TỈNH KON TUM")
        sheet.write_row(titles, 0, header)
        for line, values in enumerate(listed, start=titles + 1):
            for place, column in enumerate(header):
                _write(sheet, line, place, line if column == "STT" else values.get(column), dates)
    book.close()
    file.seek(0)
    return file


def _write(sheet: Any, line: int, place: int, value: Any, dates: Any) -> None:
    if isinstance(value, date):  # and datetime
        sheet.write_datetime(line, place, value, dates)
    elif isinstance(value, str) and value.startswith("="):
        sheet.write_formula(line, place, value, None, "Đang xử lý")
    elif value is not None:
        sheet.write(line, place, value)


def json_file(body: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(body, ensure_ascii=False).encode())


def national(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One dossier of a DongBoHoSoMC body."""
    return {
        "MaHoSo": f"000.00.16.H34-221024-{number:04d}",
        "MaTTHC": "1.000001",
        "TenTTHC": "Thủ tục 1.000001",
        "TenLinhVuc": "Hộ tịch",
        "KenhThucHien": "2",
        "ChuHoSo": "Nguyễn Văn An",
        "NgayTiepNhan": "20221024080000",
        "NgayHenTra": "20221031170000",
        "TrangThaiHoSo": "4",
        "DonViXuLy": "UBND huyện Đăk Tô",
        "DanhSachHoSoBoSung": [],
        **changes,
    }


def national_file(items: Iterable[Mapping[str, Any]], service: str = "DongBoHoSoMC") -> io.BytesIO:
    return json_file({"service": service, "isUpdating": False, "data": list(items)})


def igate(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One dossier of an iGate page."""
    return {
        "id": f"{number:024x}",
        "code": f"000.00.16.H34-221024-{number:04d}",
        "dossierStatus": {"id": 4, "name": "Đang xử lý"},
        "applyMethod": {"id": 1, "name": "Trực tuyến"},
        "procedure": {"code": "1.000001.000.00.00.H34", "translate": {"name": "Thủ tục 1.000001"}, "sector": {"id": "1"}},
        "agency": {"code": "000.09.23.H34", "name": "UBND huyện Đăk Tô"},
        "applicant": {"data": {"fullname": "Nguyễn Văn An"}},
        "acceptedDate": "2022-10-24T08:00:00.000+0700",
        "appointmentDate": "2022-10-31T10:00:00.000+0000",
        "currentTask": [{"assignee": {"fullname": "Trần Thị Bình"}}, {"assignee": {"fullname": "Lê Văn Chung"}}],
        **changes,
    }


def take(
    file: io.BytesIO, *, system: str = "old", kind: str = "full", as_of: datetime = AS_OF, now: datetime = NOW, name: str = "tep"
) -> ImportBatch:
    """The file through the front door."""
    batch = batch_open(source=file, file_name=name, system=system, kind=kind, data_as_of=as_of, now=now, actor="tests")
    return batch_run(batch=batch, now=now)
