"""A sheet read in slices is the sheet read whole."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.sources import extent, slices
from dossiers.sources.base import RawRow, SourceError
from dossiers.sources.detect import open_source, top_rows
from tests.corpus.files import files
from tests.factories.intake import HEADER, row, xlsx_file

CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "x", "Đăk Tô", "=1+1", "\x0e2022"]),
    st.integers(-5, 10**6),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  # as Excel keeps them
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)
ROWS = st.lists(st.one_of(st.just([]), st.lists(CELLS, min_size=1, max_size=len(HEADER) + 1)), max_size=40)


def read(content: bytes, *, rows: int = 0) -> list[RawRow] | str:
    """Its rows, or why they are refused; in slices of about so many ``rows``."""
    with (
        patch.object(extent, "LONG", 0 if rows else 1 << 40),
        patch.object(slices, "SLICE", 300 * rows),
        patch.object(slices, "BLOCK", 500),
    ):
        try:
            return list(open_source(io.BytesIO(content)).rows())
        except SourceError as error:
            return error.reason


def workbook(rows: list[list[object]], *, right: int, down: int, inline: bool) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": inline, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet("Danh sách")
        for number, cells in enumerate([list(HEADER), *rows]):
            sheet.write_row(down + number, right, cells)
    return file.getvalue()


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 2), st.integers(0, 3), st.booleans(), st.integers(1, 9))
def test_any_sheet_is_read_alike(rows: list[list[object]], right: int, down: int, inline: bool, size: int) -> None:
    content = workbook(rows, right=right, down=down, inline=inline)
    assert read(content, rows=size) == read(content)


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".xlsx")])
def test_what_offices_send_is_read_alike(name: str) -> None:
    content = files()[name]
    assert read(content, rows=1) == read(content)


def test_the_top_is_that_of_the_longest_sheet() -> None:
    content = xlsx_file([row(number) for number in range(1, 9)]).getvalue()
    with patch.object(extent, "LONG", 0), patch.object(slices, "SLICE", 300):
        assert top_rows(io.BytesIO(content), 3)[0] == list(HEADER)


def changed(change: Callable[[str], str]) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(xlsx_file([row(number) for number in range(1, 30)])) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in whole.namelist():
            xml = whole.read(part)
            made.writestr(part, change(xml.decode()) if part == "xl/worksheets/sheet1.xml" else xml)
    return file.getvalue()


def swapped(xml: str) -> str:
    found = re.findall(r"<row .*?</row>", xml)
    return xml.replace("".join(found), "".join([found[0], *reversed(found[1:])]))


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w+)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=", 1)


def test_a_sheet_whose_tags_have_a_prefix_is_cut_too() -> None:
    content = changed(prefixed)
    assert read(content, rows=4) == read(content)
    assert len(read(content)) == 29


@pytest.mark.parametrize("change", [swapped, lambda xml: re.sub(r' r="[A-Z]*\d+"', "", xml)])
def test_rows_that_are_not_numbered_in_order_are_refused_not_lost(change: Callable[[str], str]) -> None:
    assert read(changed(change), rows=4) == "file_broken"


def test_a_row_that_never_ends_is_refused() -> None:
    long = changed(lambda xml: xml.replace("</sheetData>", f"<row r='99'>{'<c/>' * 5_000}</row></sheetData>"))
    with patch.object(slices, "LONGEST_ROW", 10_000):
        assert read(long, rows=4) == "file_heavy"
