"""Finds the header row of a register among titles and blank rows, and reads which column is which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agencies.rules import fold
from dossiers.rules.cells import shown
from dossiers.sources.base import SourceError

SEARCHED_ROWS = 30
ENOUGH_NAMES = 4
_NOT_WORD = re.compile(r"[\W_]+")

# Folded words; the first is how the column is called in our sentences. Sources: formats.md, export_fields.csv.
NAMES: dict[str, tuple[str, ...]] = {
    "code": ("Mã hồ sơ", "Số hồ sơ", "Mã số hồ sơ", "Số biên nhận", "MaHoSo"),
    "procedure_code": ("Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính", "MaTTHC"),
    "procedure_name": ("Tên thủ tục hành chính", "Tên thủ tục", "Tên TTHC", "Thủ tục hành chính", "Thủ tục", "TenTTHC"),
    "field": ("Lĩnh vực", "Tên lĩnh vực", "TenLinhVuc"),
    "agency": ("Đơn vị xử lý", "Đơn vị giải quyết", "Cơ quan giải quyết", "Cơ quan xử lý", "Cơ quan thực hiện", "DonViXuLy"),
    "receiver": ("Đơn vị tiếp nhận", "Cơ quan tiếp nhận", "Nơi tiếp nhận"),
    "applicant": (
        "Chủ hồ sơ",
        "Người nộp",
        "Người nộp hồ sơ",
        "Tổ chức/cá nhân",
        "Tổ chức, cá nhân",
        "Cá nhân, tổ chức",
        "Tên chủ hồ sơ",
        "ChuHoSo",
    ),
    "channel": ("Kênh thực hiện", "Hình thức nộp", "Hình thức tiếp nhận", "Kênh tiếp nhận", "KenhThucHien"),
    "received": ("Ngày tiếp nhận", "Ngày nhận", "Ngày nhận hồ sơ", "Ngày tiếp nhận hồ sơ", "Thời gian tiếp nhận", "NgayTiepNhan"),
    "promised": ("Ngày hẹn trả", "Hạn trả", "Hạn xử lý", "Ngày hẹn trả kết quả", "Hạn giải quyết", "NgayHenTra"),
    "finished": (
        "Ngày kết thúc xử lý",
        "Ngày có kết quả",
        "Ngày hoàn thành",
        "Ngày kết thúc",
        "Ngày xử lý xong",
        "NgayKetThucXuLy",
    ),
    "returned": ("Ngày trả kết quả", "Ngày trả", "NgayTra"),
    "refused": ("Ngày từ chối", "NgayTuChoi"),
    "status": ("Trạng thái", "Trạng thái hồ sơ", "Tình trạng", "Tình trạng hồ sơ", "TrangThaiHoSo"),
    "officer": ("Cán bộ xử lý", "Cán bộ đang xử lý", "Người xử lý", "Cán bộ thụ lý", "NguoiXuLy"),
    "note": ("Ghi chú", "GhiChu"),
    "stop_from": ("Ngày yêu cầu bổ sung",),
    "stop_to": ("Ngày nhận bổ sung", "Ngày bổ sung"),
    "extension_no": ("Số văn bản gia hạn",),
    "extension_on": ("Ngày văn bản gia hạn",),
}
CALLED = {column: names[0] for column, names in NAMES.items()}
# Known, so they help to find the header, but not kept: personal data the figures do not need (law.md §10).
IGNORED = ("STT", "TT", "Số định danh", "CCCD/CMND", "Số định danh (CCCD/CMND)", "Địa chỉ", "Số điện thoại", "Email")
MANDATORY = ("code", "agency", "received", "status")


def header_key(text: str) -> str:
    """Case, accents, spaces, line breaks and punctuation decide nothing."""
    return _NOT_WORD.sub("", fold(shown(text)))


_BY_KEY = {header_key(name): column for column, names in NAMES.items() for name in names}
_KNOWN = {*_BY_KEY, *(header_key(name) for name in IGNORED)}


@dataclass(frozen=True, slots=True)
class Header:
    """``position`` counts rows from 0; ``columns`` maps our column to the cell's place."""

    position: int
    columns: dict[str, int]
    labels: dict[str, str]
    width: int
    unknown: tuple[str, ...]


def find_header(rows: Iterable[Sequence[str]]) -> Header | None:
    """The first row with at least four known names among the first thirty, or None. Refuses one that lacks a mandatory column."""
    for position, row in zip(range(SEARCHED_ROWS), rows, strict=False):
        keys = [header_key(cell) for cell in row]
        if sum(key in _KNOWN for key in keys) >= ENOUGH_NAMES:
            return _read_header(position, row, keys)
    return None


def _read_header(position: int, row: Sequence[str], keys: list[str]) -> Header:
    columns: dict[str, int] = {}
    labels = {place: " ".join(shown(cell).split()) for place, cell in enumerate(row)}
    for place, key in enumerate(keys):
        column = _BY_KEY.get(key)
        if column in columns:
            raise SourceError("header_twice", first=labels[columns[column]], second=labels[place])
        if column:
            columns[column] = place
    missing = [CALLED[column] for column in MANDATORY if column not in columns]
    if "promised" not in columns and "procedure_code" not in columns:
        missing.append(f"{CALLED['promised']} / {CALLED['procedure_code']}")
    seen = [label for label in labels.values() if label]
    if missing:
        raise SourceError("header_missing", missing=", ".join(missing), seen=", ".join(seen))
    unknown = tuple(labels[place] for place, key in enumerate(keys) if key and key not in _KNOWN)
    width = max(place for place, key in enumerate(keys) if key) + 1
    return Header(position, columns, {column: labels[place] for column, place in columns.items()}, width, unknown)
