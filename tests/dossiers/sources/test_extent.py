"""A cell far out in a small workbook is refused before it can end the process; what only looks far is taken."""

import io
import zipfile
from unittest.mock import patch

import pytest
import xlsxwriter

from dossiers import messages
from dossiers.sources import extent
from dossiers.sources.base import SourceError
from dossiers.sources.detect import open_source
from dossiers.sources.extent import MOST_PLACES, look_through
from tests.factories.intake import HEADER, row, xlsx_file

SHEET = "xl/worksheets/sheet1.xml"


def corner(place: str) -> zipfile.ZipFile:
    """A workbook with A1 and one other cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "a")
        sheet.write(place, "z")
    return zipfile.ZipFile(file)


def rewritten(old: str, new: str) -> io.BytesIO:
    """A register with one dossier whose sheet XML is changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(xlsx_file([row()])) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in given.infolist():
            content = given.read(part).decode()
            if part.filename == SHEET:
                assert old in content
                content = content.replace(old, new)
            archive.writestr(part, content)
    return file


@pytest.mark.parametrize("place", ["GR1", "GR30000", "AD200000", "Z230000"])
def test_a_long_or_wide_sheet_is_taken(place: str) -> None:
    look_through(corner(place))


@pytest.mark.parametrize(
    ("place", "named"), [("XFD1048576", "XFD1048576"), ("GS1", "GS1"), ("GR30001", "GR30001"), ("Z230770", "Z230770")]
)
def test_a_filled_cell_too_far_out_is_refused_and_named(place: str, named: str) -> None:
    with pytest.raises(SourceError) as refused:
        look_through(corner(place))
    assert refused.value.reason == "cells_far"
    sentence = messages.refusal("cells_far", refused.value.parameters)
    assert sentence.startswith(f"Trang tính có ô dữ liệu ở tận {named}, xa hơn mức nhận được (200 cột, 6 triệu ô)")


FAR = (
    '<c r="XFD1048576"><v>1</v></c>',
    "<c s='1' r='XFD1048576' t='n'><v>1</v></c>",
    '<x:c\n r = "XFD1048576" s=">"><v>1</v></x:c>',
    '<c r="XFD1048576" t="inlineStr"><is><t>' + "x" * 200_000 + "</t></is></c>",
    '<c r="XFD1048576"><v>1</v></c></row>' + '<row r="3">' + "".join(f'<c r="A3" s="{n}"/>' for n in range(150_000)),
)


@pytest.mark.parametrize("cell", FAR)
def test_however_it_is_written(cell: str) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(rewritten("</row></sheetData>", f"{cell}</row></sheetData>"))
    assert refused.value.reason == "cells_far"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<dimension ref=", '<dimension data="" ref='),
        ("</row></sheetData>", '<c r="XFD2" s="1"/></row></sheetData>'),
        ("</row></sheetData>", '</row><row r="1048576"><c r="XFD1048576" s="1" /></row></sheetData>'),
        ("</row></sheetData>", '<c r="R2" t="inlineStr"><is><t>r="XFD1048576"</t></is></c></row></sheetData>'),
    ],
)
def test_styled_empty_cells_and_words_that_look_like_places_are_no_reason(old: str, new: str) -> None:
    source = open_source(rewritten(old, new))
    assert [found.cells.code for found in source.rows()] == [row()["Mã hồ sơ"]]


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    with zipfile.ZipFile(xlsx_file([row()])) as given:
        said = given.read(SHEET).decode().split("<dimension ref=")[1].split("/>")[0]
    source = open_source(rewritten(f"<dimension ref={said}/>", '<dimension ref="A1:XFD1048576"/>'))
    assert len(list(source.rows())) == 1


def test_a_broken_part_is_a_broken_file() -> None:
    whole = bytearray(xlsx_file([row(n) for n in range(1, 50)]).getvalue())
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        start = archive.getinfo(SHEET).header_offset + 200
    whole[start : start + 20] = bytes(20)
    with pytest.raises(SourceError) as refused:
        open_source(io.BytesIO(bytes(whole)))
    assert refused.value.reason == "file_broken"


def test_the_limit_holds_two_hundred_thousand_rows_of_every_column_we_know() -> None:
    assert len(HEADER) * 200_000 <= MOST_PLACES


def test_a_long_sheet_may_be_as_high_as_any() -> None:
    with patch.object(extent, "LONG", 0):
        look_through(corner("Z1048576"))
        with pytest.raises(SourceError) as refused:
            look_through(corner("AF1048576"))
    assert refused.value.parameters == {"cell": "AF1048576", "columns": "200", "millions": "31"}
