"""The file that says where a unit stands on the tile map: a sketch, not to scale. UTF-8 CSV with a header."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TilePlace:
    """Row 1 is the north, column 1 the west."""

    code: str
    row: int
    column: int
    short_name: str


def read_tile_map(path: Path) -> list[TilePlace]:
    """From north to south, then west to east."""
    with path.open(encoding="utf-8", newline="") as file:
        places = [TilePlace(row["code"], int(row["row"]), int(row["column"]), row["short_name"]) for row in csv.DictReader(file)]
    return sorted(places, key=lambda place: (place.row, place.column))
