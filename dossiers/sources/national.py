"""National exchange bodies: DongBoHoSoMC (whole dossiers) and CapNhatTienDoHoSoMC (progress events), law.md §2."""

import json
from collections.abc import Iterator, Mapping

from dossiers.rules.facts import Cells
from dossiers.sources.base import RawRow, Shape, Source, in_blocks
from dossiers.sources.headers import CALLED
from dossiers.sources.items import cell, items

# Our column ← their field.
FIELDS = {
    "code": "MaHoSo",
    "procedure_code": "MaTTHC",
    "procedure_name": "TenTTHC",
    "field": "TenLinhVuc",
    "agency": "DonViXuLy",
    "receiver": "NoiNopHoSo",
    "applicant": "ChuHoSo",
    "channel": "KenhThucHien",
    "received": "NgayTiepNhan",
    "promised": "NgayHenTra",
    "finished": "NgayKetThucXuLy",
    "returned": "NgayTra",
    "refused": "NgayTuChoi",
    "status": "TrangThaiHoSo",
    "note": "GhiChu",
}
PROGRESS_FIELDS = {
    "code": "MaHoSo",
    "status": "TrangThai",
    "event_at": "ThoiDiemXuLy",
    "officer": "NguoiXuLy",
    "note": "NoiDungXuLy",
}
# Of the dossier itself an event states no more; it may name an officer.
PROGRESS_COLUMNS = frozenset({"code", "status", "event_at"})
STOPS = "DanhSachHoSoBoSung"
STOP_FIELDS = ("NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi")


def national(data: list[object], *, progress: bool) -> Source:
    """One body's ``data`` list; the line is the item's number in it."""
    fields = PROGRESS_FIELDS if progress else FIELDS
    shape = Shape(
        name="national_progress" if progress else "national",
        total=len(data),
        columns=PROGRESS_COLUMNS if progress else frozenset({*FIELDS, "stops"}),
        labels=CALLED | fields | {"stops": STOPS, "stop_from": STOPS, "stop_to": STOPS},
        progress_only=progress,
    )
    return Source(shape, lambda: in_blocks(_rows(data, fields)))


def _rows(data: list[object], fields: Mapping[str, str]) -> Iterator[RawRow]:
    for number, item in enumerate(items(data), start=1):
        cells = {column: cell(item.get(name)) for column, name in fields.items()}
        yield RawRow(number, Cells(**cells, stops=_stops(item.get(STOPS))))


def is_progress(service: object, data: list[object]) -> bool:
    """By the service's name, else by the fields only progress events have."""
    if isinstance(service, str) and service:
        return "CapNhatTienDo" in service
    return any("ThoiDiemXuLy" in item and "NgayTiepNhan" not in item for item in items(data)[:1])


def _stops(listed: object) -> str:
    """An entry with nothing in it holds a place and is no stop."""
    told = ([cell(stop.get(name)) for name in STOP_FIELDS] for stop in items(listed))
    found = [[*dates, "supplement"] for dates in told if any(dates)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""
