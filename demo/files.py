"""The export files themselves: register as xlsx and csv, national exchange JSON, pages of an iGate list.

The same entries give the same bytes: no clock, no random order, fixed workbook properties.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

from demo.register import STATUS_WORDS, Entry

# An entry and the cells written wrongly in its place ({} for an honest row).
Row: TypeAlias = tuple[Entry, Mapping[str, str]]
JSON: TypeAlias = "str | int | list[JSON] | dict[str, JSON] | None"

MARK = "DỮ LIỆU MINH HOẠ"
MADE_AT = datetime(2022, 8, 1)  # noqa: DTZ001  # a workbook property has no zone
HEADERS = {
    "old": {
        "code": "Mã hồ sơ", "procedure_code": "Mã TTHC", "procedure_name": "Tên thủ tục hành chính", "field": "Lĩnh vực",
        "agency": "Đơn vị giải quyết", "receiver": "Đơn vị tiếp nhận", "applicant": "Người nộp", "channel": "Hình thức nộp",
        "received": "Ngày\ntiếp nhận", "promised": "Hạn trả", "finished": "Ngày có kết quả", "returned": "Ngày trả",
        "status": "Trạng thái", "officer": "Cán bộ đang xử lý", "note": "Ghi chú", "stop_from": "Ngày yêu cầu bổ sung",
        "stop_to": "Ngày nhận bổ sung", "extension": "Số văn bản gia hạn", "extension_on": "Ngày văn bản gia hạn",
    },
    "new": {
        "code": "Mã hồ sơ", "procedure_code": "Mã TTHC", "procedure_name": "Tên thủ tục hành chính", "field": "Lĩnh vực",
        "agency": "Đơn vị xử lý", "receiver": "Đơn vị tiếp nhận", "applicant": "Chủ hồ sơ", "channel": "Kênh thực hiện",
        "received": "Ngày tiếp nhận", "promised": "Ngày hẹn trả", "finished": "Ngày kết thúc xử lý",
        "returned": "Ngày trả kết quả", "status": "Trạng thái", "officer": "Cán bộ xử lý", "note": "Ghi chú",
        "stop_from": "Ngày yêu cầu bổ sung", "stop_to": "Ngày nhận bổ sung", "extension": "Số văn bản gia hạn",
        "extension_on": "Ngày văn bản gia hạn",
    },
}  # fmt: skip
NATIONAL_CHANNEL = {"Trực tiếp": "1", "Trực tuyến": "2", "Bưu chính": "3"}


def titles(system: str, about: str, at: datetime) -> tuple[str, str, str]:
    which = "hệ thống cũ" if system == "old" else "hệ thống mới"
    return (
        "ỦY BAN NHÂN DÂN TỈNH KON TUM",
        f"DANH SÁCH HỒ SƠ THỦ TỤC HÀNH CHÍNH – {which} – {about}",
        f"{MARK} – số liệu đến {at:%H:%M} ngày {at:%d/%m/%Y}",
    )


def write_xlsx(path: Path, system: str, about: str, at: datetime, rows: Iterable[Row]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": MARK, "created": MADE_AT})
        sheet = book.add_worksheet("Danh sách hồ sơ")
        for line, title in enumerate(titles(system, about, at)):
            sheet.write_string(line, 0, title)
        for line, cells in enumerate(_table(system, rows), start=4):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(line, column, text)


def write_csv(path: Path, system: str, about: str, at: datetime, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerows([title] for title in titles(system, about, at))
        writer.writerows(_table(system, rows))


def write_national(path: Path, system: str, about: str, at: datetime, rows: Iterable[Row]) -> None:
    """A DongBoHoSoMC body (domain law.md §2)."""
    data: list[JSON] = [_national(entry, wrong) for entry, wrong in rows]
    body = {"service": "DongBoHoSoMC", "isUpdating": "1", "ghiChu": " – ".join(titles(system, about, at)), "data": data}
    path.write_text(json.dumps(body, ensure_ascii=False, indent=0), encoding="utf-8")


def write_igate(path: Path, system: str, about: str, at: datetime, rows: Iterable[Row]) -> None:
    """One page of an iGate 2.0 style list."""
    content: list[JSON] = [_igate(system, entry, wrong) for entry, wrong in rows]
    page = {"title": " – ".join(titles(system, about, at)), "content": content, "totalElements": len(content), "last": True}
    path.write_text(json.dumps(page, ensure_ascii=False, indent=0), encoding="utf-8")


def _table(system: str, rows: Iterable[Row]) -> Iterator[list[str]]:
    headers = HEADERS[system]
    yield ["STT", *headers.values()]
    for number, (entry, wrong) in enumerate(rows, start=1):
        cells = _cells(system, entry)
        if wrong:
            cells = [wrong.get(column, cell) for column, cell in zip(headers, cells, strict=True)]
        yield [str(number), *cells]


def _cells(system: str, entry: Entry) -> list[str]:
    """In the order of ``HEADERS``."""
    fixed = entry.static
    return [
        fixed.code,
        fixed.procedure_code,
        fixed.procedure_name,
        fixed.field,
        fixed.agency,
        fixed.receiver,
        fixed.applicant,
        fixed.channel,
        _written(entry.received),
        _written(entry.promised),
        _written(entry.finished),
        _written(entry.returned),
        STATUS_WORDS[system][entry.status],
        fixed.officer,
        entry.note,
        _written(entry.stop_from),
        _written(entry.stop_to),
        entry.extension,
        _written(entry.extension_on)[:10],
    ]


def _written(at: datetime | None) -> str:
    return f"{at.day:02d}/{at.month:02d}/{at.year} {at.hour:02d}:{at.minute:02d}" if at else ""


def _compact(at: datetime | None) -> str | None:
    return f"{at:%Y%m%d%H%M%S}" if at else None


def _national(entry: Entry, wrong: Mapping[str, str]) -> JSON:
    fixed = entry.static
    item: dict[str, JSON] = {
        "MaHoSo": fixed.code,
        "MaTTHC": fixed.procedure_code,
        "TenTTHC": fixed.procedure_name,
        "TenLinhVuc": fixed.field,
        "KenhThucHien": NATIONAL_CHANNEL[fixed.channel],
        "ChuHoSo": fixed.applicant,
        "NgayTiepNhan": "20220231080000" if "received" in wrong else _compact(entry.received),
        "NgayHenTra": _compact(entry.promised),
        "TrangThaiHoSo": wrong.get("status") or str(entry.status),
        "NgayTra": _compact(entry.returned),
        "NgayKetThucXuLy": _compact(entry.finished),
        "DonViXuLy": wrong.get("agency") or fixed.agency,
        "NoiNopHoSo": wrong.get("receiver") or fixed.receiver,
        "GhiChu": entry.note,
    }
    if entry.stop_from:
        item["DanhSachHoSoBoSung"] = [
            {
                "NgayBoSung": _compact(entry.stop_from),
                "NgayTiepNhanBoSung": _compact(entry.stop_to),
                "NgayHenTraTruoc": _compact(entry.promised_first),
                "NgayHenTraMoi": _compact(entry.promised if entry.stop_to else None),
            }
        ]
    return item


def _iso(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%S.000%z}" if at else None


def _igate(system: str, entry: Entry, wrong: Mapping[str, str]) -> JSON:
    fixed = entry.static
    return {
        "code": fixed.code,
        "acceptedDate": "2022-02-31T08:00:00.000+0700" if "received" in wrong else _iso(entry.received),
        "appointmentDate": _iso(entry.promised),
        "completedDate": _iso(entry.finished),
        "returnedDate": _iso(entry.returned),
        "dossierStatus": {"name": wrong.get("status") or STATUS_WORDS[system][entry.status]},
        "applyMethod": {"name": fixed.channel},
        "procedure": {"code": fixed.procedure_code, "translate": {"name": fixed.procedure_name}, "sector": {"name": fixed.field}},
        "agency": {
            "code": "" if wrong.get("agency") else fixed.agency_code,
            "name": wrong.get("agency") or fixed.agency,
            "parent": {"name": wrong.get("receiver") or fixed.receiver},
        },
        "applicant": {"data": {"fullname": fixed.applicant}},
        "currentTask": [{"assignee": {"fullname": fixed.officer}}],
    }
