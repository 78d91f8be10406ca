"""The files units come from: what their columns mean. UTF-8 CSV with a header."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agencies.rules import fold, sort_key

REMARK_SIZE = 200
# The lists say in English how far they were checked; screens speak Vietnamese.
REMARKS = {
    "yes": "",
    "inferred": "suy luận từ danh mục chuẩn, chưa đối chiếu",
    "yes (existence); parent inferred": "có thật; đơn vị cấp trên là suy luận",
    "yes (dataset); not re-read line by line against NQ 1677": "theo bộ dữ liệu sáp nhập; chưa đối chiếu từng dòng với NQ 1677",
}


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One unit as it will be stored; ``parent`` is a code or empty."""

    code: str
    name: str
    local_name: str
    level: str
    type: str
    parent: str
    code_system: str
    source: str
    verified: bool
    remark: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def attributes(self) -> dict[str, object]:
        """The columns of ``Agency`` except its code and its place in the tree."""
        return {
            "name": self.name,
            "local_name": self.local_name,
            "level": self.level,
            "type": self.type,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "code_system": self.code_system,
            "source": self.source,
            "verified": self.verified,
            "remark": self.remark[:REMARK_SIZE],
            "sort_key": sort_key(self.name),
            "search_key": fold(f"{self.name} {self.code}"),
        }


@dataclass(frozen=True, slots=True)
class AliasRow:
    code: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class MergerRow:
    """An old commune and the commune that takes over on ``effective_on``. Codes of new communes repeat old ones."""

    old_code: str
    old_district: str
    new_code: str
    new_name: str
    effective_on: date
    source: str
    verified: bool
    remark: str

    @property
    def new_id(self) -> str:
        """Our code of the new commune: the official list gives old numbers to new units."""
        return f"{self.effective_on.year}-{self.new_code}"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_agencies(path: Path) -> list[AgencyRow]:
    """The units of 2022; anything but a plain yes leaves them unverified, with a remark shown on screen."""
    return [
        AgencyRow(
            code=row["code"],
            name=row["name"],
            local_name=row["name_local_spelling"],
            level=row["level"],
            type=row["type"],
            parent=row["parent"],
            code_system=row["code_system"],
            source=row["source"],
            verified=row["confirmed"] == "yes",
            remark=REMARKS.get(row["confirmed"], row["confirmed"]),
        )
        for row in _rows(path)
    ]


def read_aliases(path: Path) -> list[AliasRow]:
    return [AliasRow(row["code"], row["text"], row["source"]) for row in _rows(path)]


def read_mergers(path: Path) -> list[MergerRow]:
    return [
        MergerRow(
            old_code=row["old_code"],
            old_district=row["old_district_code"],
            new_code=row["new_code"],
            new_name=row["new_name"],
            effective_on=date.fromisoformat(row["effective_date"]),
            source=row["source"],
            verified=row["confirmed"] == "yes",
            remark=REMARKS.get(row["confirmed"], row["confirmed"]),
        )
        for row in _rows(path)
    ]
