"""Rows told apart by their lines are the rows the csv module finds."""

import csv
import io
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.facts import Cells
from dossiers.sources import lines
from dossiers.sources.base import RawRow, Source, SourceError
from dossiers.sources.detect import open_source
from tests.factories.intake import HEADER, csv_file, row

BLOCKS = st.sampled_from([16, 90, 1 << 20])  # bytes: rows go on in the next block, or all are in one
CODES = st.one_of(st.sampled_from(["HS-1", "hs-2", "HS 3", "", "Tổng", 'H"S', "(1)"]), st.text(max_size=5))
CELLS = st.one_of(
    st.sampled_from(["", "24/10/2022", "(2)", "x,y", 'a "b" c', 'ends"', "one\ntwo", "one\r\ntwo", "\x0e2022", "\x1f"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
ROWS = st.lists(st.tuples(CELLS, CODES, st.lists(CELLS, min_size=len(HEADER) - 3, max_size=len(HEADER))), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


def written(rows: list[tuple[str, str, list[str]]], end: str, *, quoted: bool) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(HEADER)
    writer.writerows([first, code, *rest] for first, code, rest in rows)
    return text.getvalue().encode()


def by_lines(source: Source) -> Iterator[RawRow]:
    assert source.lines
    for records in list(source.lines.records()):
        found = source.lines.cells(records.lines)
        for line, code, cells in zip(records.lines, records.codes, map(Cells._make, found), strict=True):
            assert cells.code == code
            yield RawRow(line, cells)


def read(content: bytes, *, csv_only: bool = False) -> list[RawRow] | str:
    """Its rows, or why they are refused."""
    try:
        source = open_source(io.BytesIO(content))
        return list(source.rows() if csv_only or not source.lines else by_lines(source))
    except SourceError as error:
        return error.reason


@given(ROWS, ENDS, BLOCKS, st.booleans())
def test_what_is_written_properly_is_read_alike(
    rows: list[tuple[str, str, list[str]]], end: str, block: int, quoted: bool
) -> None:
    content = written(rows, end, quoted=quoted)
    with patch.object(lines, "BLOCK", block):
        assert read(content) == read(content, csv_only=True)


def words(content: bytes, block: int) -> list[tuple[int, str, bytes]] | None:
    """How each row is known."""
    with patch.object(lines, "BLOCK", block):
        source = open_source(io.BytesIO(content))
        return [one for records in source.lines.records() for one in zip(*records, strict=True)] if source.lines else None


@given(ROWS, ENDS, BLOCKS, st.booleans())
def test_a_row_is_known_by_the_same_words_whatever_stands_near_it(
    rows: list[tuple[str, str, list[str]]], end: str, block: int, quoted: bool
) -> None:
    content = written(rows, end, quoted=quoted)
    assert words(content, block) == words(content, 1 << 20)


@given(st.lists(st.sampled_from(['"', ",", "\n", "\r", "a", "HS-1", "1,HS-2,", '"x"', "é"]), max_size=30), BLOCKS)
def test_of_anything_else_nothing_is_read_otherwise(parts: list[str], block: int) -> None:
    """A quote left open in a line's middle may be refused where the csv module would find its end lines later."""
    content = ",".join(HEADER).encode() + b"\n" + "".join(parts).encode()
    with patch.object(lines, "BLOCK", block):
        assert read(content) in ("csv_broken", read(content, csv_only=True))


def test_a_byte_that_is_no_text_is_named_by_its_line() -> None:
    rows = 8_000  # near the beginning it would make the file another code page's, where any byte is text
    whole = csv_file([row(number) for number in range(1, rows + 1)]).getvalue()
    before, after = whole.rsplit("Đang".encode(), 1)
    source = open_source(io.BytesIO(before + b"\xff" + after))
    with pytest.raises(SourceError) as refused:
        list(by_lines(source))
    assert (refused.value.reason, refused.value.parameters) == ("encoding_unknown", {"line": str(rows + 1)})


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    content = csv_file([row()]).getvalue()
    with patch.object(lines, "LONGEST", 1_000), patch.object(lines, "BLOCK", 300):
        source = open_source(io.BytesIO(content + b"x" * 5_000))
        with pytest.raises(SourceError) as refused:
            list(by_lines(source))
    assert (refused.value.reason, refused.value.parameters) == ("csv_broken", {"line": "3"})
