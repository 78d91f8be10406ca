"""The list of procedures: what its columns mean. UTF-8 CSV with a header."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

UNITS = {"calendar_day": "day", "": "unstated"}
# The list says in English how far it was checked; screens speak Vietnamese.
REMARKS = {
    "yes (code, name, field, level_2026, time_raw); level_2022 inferred": "cấp thực hiện năm 2022 là suy luận",
    "code only": "chỉ mã thủ tục có nguồn; tên và thời hạn chưa đối chiếu",
    "NO - verify before showing to users": "chưa đối chiếu nguồn nào; phải kiểm tra trước khi dùng",
    "2022-era code; name and limit from memory": "mã của năm 2022; tên và thời hạn chưa có nguồn",
    "code seen; name recalled": "tên chưa có nguồn",
    "code seen; name/time recalled": "tên và thời hạn chưa có nguồn",
    "code seen (also public API clients : mai táng, bảo trợ xã hội 1.001731); time recalled": "thời hạn chưa có nguồn",
    "code seen mapped to local 2.002621; name/time recalled": "tên và thời hạn chưa có nguồn; mã địa phương 2.002621",
    "recalled, no source found in this search": "chưa tìm được nguồn",
}


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure as it will be stored; ``time_limit`` None and unit ``unstated`` when the source gives none."""

    code: str
    local_code: str
    name: str
    field: str
    level: str
    time_limit: Decimal | None
    time_unit: str
    time_text: str
    source: str
    verified: bool
    remark: str


def read_procedures(path: Path) -> list[ProcedureRow]:
    """A limit counts as verified only when its number and its unit stand in the source: a note says where they do not."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_procedure(row) for row in csv.DictReader(file)]


def _procedure(row: dict[str, str]) -> ProcedureRow:
    doubts = [REMARKS.get(text, text) for text in (row["confirmed"], row["note"]) if text]
    return ProcedureRow(
        code=row["code"],
        local_code=row["code_local_2022_form"],
        name=row["name"],
        field=row["field"],
        level=row["level_2022"],
        time_limit=Decimal(row["time_value"]) if row["time_value"] else None,
        time_unit=UNITS.get(row["time_unit"], row["time_unit"]),
        time_text=row["time_raw"],
        source=REMARKS.get(row["source"], row["source"]),
        verified=row["confirmed"].startswith("yes") and not row["note"],
        remark="; ".join(doubts),
    )
