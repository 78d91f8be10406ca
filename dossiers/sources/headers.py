"""Finds the header row of a register among titles and blank rows, and reads which column is which."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from agencies.rules import fold
from dossiers.rules.cells import shown
from dossiers.rules.legacy_text import modern
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
    """Case, accents, spaces, line breaks and punctuation decide nothing; nor does a font from before Unicode."""
    text = shown(text)
    found = modern(text)
    return _NOT_WORD.sub("", fold(found.text if found else text))


_BY_KEY = {header_key(name): column for column, names in NAMES.items() for name in names}
_IGNORED = {header_key(name) for name in IGNORED}
Names = Mapping[str, str]  # what a column is called (by header_key) → ours


@dataclass(frozen=True, slots=True)
class Header:
    """``position`` counts rows from 0, of a header of two rows it is the lower one's; ``columns`` maps ours to cells' places."""

    position: int
    columns: dict[str, int]
    labels: dict[str, str]
    width: int
    unknown: tuple[str, ...]


def find_header(rows: Iterable[Sequence[str]], names: Names) -> Header | None:
    """The first row with at least four known names among the first thirty, or None. Refuses one that lacks a mandatory column.

    ``names``: what the system's columns are called besides the usual. A header may stand on two rows, a word over several
    columns and the rest below it: "Ngày" over "tiếp nhận" and "hẹn trả".
    """
    known = {**_BY_KEY, **names}
    top = [[" ".join(shown(cell).split()) for cell in row] for row in islice(rows, SEARCHED_ROWS + 1)]
    for position, row in enumerate(top[:SEARCHED_ROWS]):
        below = top[position + 1] if position + 1 < len(top) else []
        joined = _joined(row, below, known) if any(below) else row
        counts = [_known(cells, known) for cells in (row, joined)]
        if not counts[0] or max(counts) < ENOUGH_NAMES:
            continue
        if counts[1] > counts[0] and _missing(_columns(row, known)):
            return _read_header(position + 1, joined, known)
        return _read_header(position, row, known)
    return None


def _known(cells: Sequence[str], known: Names) -> int:
    return sum((key := header_key(cell)) in known or key in _IGNORED for cell in cells)


def _joined(row: Sequence[str], below: Sequence[str], known: Names) -> list[str]:
    """Two rows of a header as one: a merged cell holds its word in the first place only."""
    found, over = [], ""
    for place in range(max(len(row), len(below))):
        upper, lower = (cells[place] if place < len(cells) else "" for cells in (row, below))
        over = upper or (over if lower else "")
        alone = not over or header_key(lower) in known
        found.append(lower if lower and alone else f"{over} {lower}".strip() if lower else upper)
    return found


def _columns(row: Sequence[str], known: Names) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = known.get(header_key(cell))
        if column in columns:
            raise SourceError("header_twice", first=row[columns[column]], second=cell)
        if column:
            columns[column] = place
    return columns


def _missing(columns: Collection[str]) -> list[str]:
    missing = [CALLED[column] for column in MANDATORY if column not in columns]
    if "promised" not in columns and "procedure_code" not in columns:
        missing.append(f"{CALLED['promised']} / {CALLED['procedure_code']}")
    return missing


def _read_header(position: int, row: Sequence[str], known: Names) -> Header:
    columns = _columns(row, known)
    if missing := _missing(columns):
        raise SourceError("header_missing", missing=", ".join(missing), seen=", ".join(filter(None, row)))
    keys = [header_key(cell) for cell in row]
    unknown = tuple(row[place] for place, key in enumerate(keys) if key and key not in known and key not in _IGNORED)
    width = max(place for place, key in enumerate(keys) if key) + 1
    return Header(position, columns, {column: row[place] for column, place in columns.items()}, width, unknown)
