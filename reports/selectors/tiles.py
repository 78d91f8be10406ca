"""The units that have a place on the tile map, with their figures alone and with all under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from agencies.models import Agency
from reports.rules.ranking import Figures, Row, together
from reports.selectors.ranking import Ranking
from reports.sources import TilePlace, read_tile_map

FEWEST = 2  # one tile alone is no map


@dataclass(frozen=True, slots=True)
class Tile:
    """``shown`` is the one of ``own`` and ``area`` the map was asked for, ``other`` the other one."""

    place: TilePlace
    own: Row
    area: Row
    scope: str

    @property
    def shown(self) -> Row:
        return self.area if self.scope == "area" else self.own

    @property
    def other(self) -> Row:
        return self.own if self.scope == "area" else self.area


@dataclass(frozen=True, slots=True)
class TileMap:
    """``on_map + communes + rest`` is the total. In scope ``area`` the communes are in their tiles: None.

    ``beside``: the units without a tile that are no communes, most overdue first.
    """

    scope: str
    tiles: tuple[Tile, ...]
    beside: tuple[Row, ...]
    on_map: int
    communes: int | None
    rest: int


def tile_map(*, own: Ranking, area: Ranking, scope: str) -> TileMap | None:
    """``own`` and ``area``: the same units and date in the two scopes. None when too few of them have a place."""
    alone, wide = _by_code(own.rows), _by_code(area.rows)
    places = [place for place in _places() if place.code in alone and place.code in wide]
    if len(places) < FEWEST or own.total is None:
        return None
    tiles = tuple(Tile(place, alone[place.code], wide[place.code], scope) for place in places)
    placed = {place.code for place in places}
    beside = tuple(row for row in own.rows if row.unit.code not in placed and row.unit.level != Agency.Level.COMMUNE)
    on_map = _sum(tile.shown.now for tile in tiles)
    communes = None if scope == "area" else _sum(row.now for row in own.rows if row.unit.level == Agency.Level.COMMUNE)
    rest = own.total.now.total - on_map - (communes or 0)
    return TileMap(scope, tiles, beside, on_map, communes, rest)


def _by_code(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.unit.code: row for row in rows}


def _sum(figures: Iterable[Figures]) -> int:
    return together(figures).total


@lru_cache(maxsize=1)
def _places() -> tuple[TilePlace, ...]:
    return tuple(read_tile_map(settings.BASE_DIR / "data" / "tile_map.csv"))
