"""The tile map: where a unit stands, which shade it has, and that its numbers add up to the total."""

import csv
from datetime import date

import pytest
from django.conf import settings

from agencies.models import Agency
from reports.rules.tiles import bands, shade
from reports.selectors.ranking import ranking
from reports.selectors.tiles import TileMap, tile_map
from reports.sources import read_tile_map
from tests.factories.agencies import make_agency
from tests.factories.figures import NIGHT, count, night, systems, workdates

FILE = settings.BASE_DIR / "data" / "tile_map.csv"
APART = {("Ngọc Hồi", "Tu Mơ Rông")}  # neighbours a grid of squares has to part


def lines() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {line["code"]: line for line in csv.DictReader(file)}


def test_each_of_the_ten_districts_has_one_place_of_its_own() -> None:
    places = read_tile_map(FILE)
    assert len(places) == 10
    assert len({(place.row, place.column) for place in places}) == 10
    assert places[0].short_name == "Đăk Glei"  # the north
    assert places[-1].short_name == "Ia H'Drai"  # the far south-west


def test_the_file_names_only_districts_of_the_units_list_and_says_where_it_knows_from() -> None:
    with (settings.BASE_DIR / "data" / "agencies_2022.csv").open(encoding="utf-8", newline="") as file:
        districts = {line["code"] for line in csv.DictReader(file) if line["type"] in ("huyện", "thành phố")}
    assert set(lines()) == districts
    assert all(line["source"] for line in lines().values())


def test_neighbours_stand_side_by_side_or_corner_to_corner() -> None:
    held, apart = lines(), set()
    for code, line in held.items():
        for other in (held[neighbour] for neighbour in line["neighbours"].split()):
            assert code in other["neighbours"].split(), (line["short_name"], other["short_name"])
            steps = (abs(int(line[axis]) - int(other[axis])) for axis in ("row", "column"))
            if max(steps) > 1:
                apart.add(tuple(sorted((line["short_name"], other["short_name"]))))
    assert apart == APART


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, 0), (1, 1), (25, 1), (26, 2), (50, 2), (51, 3), (100, 3), (101, 4), (500, 4), (501, 5), (9999, 5)],
)
def test_a_shade_is_a_fixed_band_of_numbers(number: int, expected: int) -> None:
    assert shade(number) == expected
    least, most = bands()[expected]
    assert least <= number
    assert most is None or number <= most


@pytest.fixture
def province_with_figures(unit_a: Agency, unit_b: Agency, commune_a: Agency, province: Agency) -> None:
    office = make_agency("Sở Tài nguyên và Môi trường", code="KT-STNMT", level=Agency.Level.PROVINCE, parent=province)
    branch = make_agency("Chi nhánh Đăk Tô", code="KT-CN-612", level=Agency.Level.DISTRICT, parent=office)
    systems()
    workdates(date(2022, 1, 3), date(2022, 12, 30))
    night()
    for unit, overdue in ((unit_a, 857), (unit_b, 331), (commune_a, 20), (office, 9), (branch, 11)):
        count(unit, "old", overdue)
    count(unit_a, "new", 464)


def mapped(scope: str, agencies: list[str] | None = None) -> TileMap | None:
    units = Agency.objects.all() if agencies is None else Agency.objects.filter(code__in=agencies)
    own = ranking(agencies=units, as_of=NIGHT)
    return tile_map(own=own, area=ranking(agencies=units, as_of=NIGHT, scope="area", level="district"), scope=scope)


@pytest.mark.django_db
@pytest.mark.usefixtures("province_with_figures")
def test_the_map_shows_the_scope_asked_for_and_says_the_other_one() -> None:
    own, area = mapped("own"), mapped("area")
    assert own is not None
    assert area is not None
    told = {(tile.place.short_name, tile.shown.now.total, tile.other.now.total) for tile in own.tiles}
    assert told == {("TP Kon Tum", 1321, 1341), ("Đăk Tô", 331, 331)}
    assert [(tile.shown.now.total, tile.other.now.total) for tile in area.tiles] == [(331, 331), (1341, 1321)]


@pytest.mark.django_db
@pytest.mark.usefixtures("province_with_figures")
def test_what_is_on_the_map_and_beside_it_makes_the_total_in_both_scopes() -> None:
    own, area = mapped("own"), mapped("area")
    assert own is not None
    assert area is not None
    assert (own.on_map, own.communes, own.rest) == (1652, 20, 20)
    assert (area.on_map, area.communes, area.rest) == (1672, None, 20)
    assert [row.unit.code for row in own.beside] == ["KT-CN-612", "KT-STNMT"]


@pytest.mark.django_db
@pytest.mark.usefixtures("province_with_figures")
def test_one_unit_alone_is_no_map() -> None:
    assert mapped("own", ["608", "23281"]) is None
