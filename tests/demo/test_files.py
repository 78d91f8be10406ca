import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from demo.files import MARK
from demo.history import Extract, History, extracts, rows, write
from demo.world import World
from dossiers.sources.base import Source
from dossiers.sources.detect import open_source
from worktime.rules import VIETNAM

pytestmark = pytest.mark.django_db  # the world is read from the reference tables


def extract_of(world: World, system: str, day: int, month: int = 11) -> Extract:
    found = (each for each in extracts(world.calendar.is_working) if each.system == system)
    return next(each for each in found if each.at.date() == date(2022, month, day))


@pytest.fixture(
    params=[("old", 7), ("old", 8), ("new", 7), ("new", 3), ("new", 4), ("new", 8)], ids=lambda case: f"{case[0]}-{case[1]}"
)
def extract(request: pytest.FixtureRequest, world: World) -> Extract:
    system, day = request.param
    return extract_of(world, system, day)


@pytest.fixture
def stream(told: History, extract: Extract, tmp_path: Path) -> Iterator[BinaryIO]:
    with write(told, extract, tmp_path).open("rb") as file:
        yield file


def test_the_same_history_gives_the_same_bytes(told: History, extract: Extract, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    assert write(told, extract, first).read_bytes() == write(told, extract, second).read_bytes()


def test_the_product_reads_every_row_back(told: History, extract: Extract, stream: BinaryIO) -> None:
    source: Source = open_source(stream)
    read = [(row.cells.code, row.cells.applicant, row.cells.agency) for row in source.rows()]
    written = [
        (entry.static.code, entry.static.applicant, wrong.get("agency", entry.static.agency))
        for entry, wrong in rows(told, extract)
    ]
    assert read == written
    assert read


def test_the_product_sees_no_column_it_does_not_know(stream: BinaryIO) -> None:
    assert not open_source(stream).shape.notes


@pytest.mark.parametrize(
    ("system", "day", "shape"),
    [
        ("old", 7, "register_xlsx"),
        ("new", 7, "register_csv"),
        ("new", 3, "register_csv"),
        ("new", 4, "national"),
        ("new", 8, "igate"),
    ],
)
def test_both_systems_speak_their_formats(told: History, world: World, tmp_path: Path, system: str, day: int, shape: str) -> None:
    with write(told, extract_of(world, system, day), tmp_path).open("rb") as file:
        assert open_source(file).shape.name == shape


def test_a_register_has_three_lines_of_title_that_say_it_is_a_demo(told: History, world: World, tmp_path: Path) -> None:
    lines = write(told, extract_of(world, "new", 7), tmp_path).read_text(encoding="utf-8-sig").splitlines()
    assert MARK in lines[2]
    assert lines[3].startswith("STT;Mã hồ sơ;")
    assert write(told, extract_of(world, "new", 7), tmp_path).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("day", "key"), [(4, "ghiChu"), (8, "title")])
def test_json_says_so_too(told: History, world: World, tmp_path: Path, day: int, key: str) -> None:
    body = json.loads(write(told, extract_of(world, "new", day), tmp_path).read_text(encoding="utf-8"))
    assert MARK in body[key]


def test_dates_are_written_as_each_format_wants_them(told: History, world: World, tmp_path: Path) -> None:
    national = json.loads(write(told, extract_of(world, "new", 4), tmp_path).read_text(encoding="utf-8"))["data"][0]
    igate = json.loads(write(told, extract_of(world, "new", 8), tmp_path).read_text(encoding="utf-8"))["content"][0]
    assert datetime.strptime(national["NgayTiepNhan"], "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM).year == 2022
    assert igate["acceptedDate"].endswith(":00.000+0700")


def test_no_number_of_a_person_is_in_any_file(told: History, extract: Extract, tmp_path: Path) -> None:
    for entry, _ in rows(told, extract):
        assert not any(letter.isdigit() for letter in entry.static.applicant + entry.static.officer)
