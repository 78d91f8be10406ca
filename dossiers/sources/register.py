"""The register (sổ theo dõi, danh sách hồ sơ) as a table, whether it came as a workbook or as text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from dossiers.rules.cells import shown
from dossiers.rules.facts import WARNING, Cells
from dossiers.sources.base import Block, Note, RawRow, RecordSource, Shape, Source, in_blocks
from dossiers.sources.headers import CALLED, Header

Table = Iterable[tuple[Sequence[int], list[list[str]]]]  # some rows at a time: their line numbers, their cells as text
# "I. Lĩnh vực đất đai": the heading of a group, which says the field of the rows below it.
_SECTION = re.compile(r"(?:\s*(?:[IVXLC]+|[A-Z]|\d+)\s*[.):/-]?){0,2}\s*lĩnh vực\s*:?\s*(\S.*)", re.IGNORECASE)

# "(1) (2) (3)": the row under a header that numbers its columns.
_NUMBERED = re.compile(r"\s*[(\[]?\d{1,2}[)\]]?\s*", re.ASCII)


def register(
    name: str,
    header: Header,
    table: Callable[[], Table],
    *,
    header_line: int,
    total: int,
    notes: Iterable[Note],
    lines: RecordSource | None = None,
) -> Source:
    """The rows below a found header. The lists ``table`` yields are ours to fill up."""
    unknown = [Note(WARNING, "columns_unknown", {"columns": ", ".join(header.unknown)})] if header.unknown else []
    shape = Shape(
        name=name,
        total=total,
        columns=frozenset(header.columns),
        labels=CALLED | header.labels,
        header_line=header_line,
        notes=(*notes, *unknown),
    )
    return Source(shape, lambda: _blocks(header, table()), lines)


def is_grouped(header: Header) -> bool:
    """Whether a row's field may have to be told by a heading above it."""
    return "field" not in header.columns


def _blocks(header: Header, table: Table) -> Iterator[Block]:
    """Every row that has any cell filled; blank rows are passed over."""
    rows = Rows(header)
    for lines, some in table:
        if rows.are_plain(some):
            yield Block(lines, rows.picked(some))
        else:
            yield from in_blocks(rows.looked_at(lines, some))


class Rows:
    """Rows of a table, read one after another: what stands above them may say something of them.

    ``above``: whether what comes may still belong to the header.
    """

    def __init__(self, header: Header, *, above: bool = True) -> None:
        self._width = width = header.width
        # The place after the last is "".
        self._pick = itemgetter(*(header.columns.get(column, width) for column in Cells._fields))
        self._code, self._grouped, self._section = header.columns["code"], is_grouped(header), ""
        self.above = above

    def are_plain(self, rows: list[list[str]]) -> bool:
        """Whether each is a dossier's with all its cells, as nearly always."""
        return not self.above and not self._grouped and set(map(len, rows)) == {self._width} and all(map(any, rows))

    def picked(self, rows: list[list[str]]) -> list[tuple[str, ...]]:
        """Of plain rows."""
        for row in rows:
            row.append("")
        return list(map(self._pick, rows))

    def looked_at(self, lines: Sequence[int], rows: list[list[str]]) -> Iterator[RawRow]:
        width = self._width
        for line, row in zip(lines, rows, strict=True):
            if not any(row):
                continue
            if self.above and all(_NUMBERED.fullmatch(shown(cell)) for cell in row if cell):
                continue
            self.above = False
            beyond = " | ".join(filter(None, row[width:])) if len(row) > width else ""
            row[width:] = [""] * (width + 1 - min(len(row), width))
            if self._grouped and sum(map(bool, row)) <= 2 and (heading := _section(row)):
                self._section = heading
                yield RawRow(line, Cells(field=heading))
                continue
            cells = Cells._make(self._pick(row))
            if self._section and row[self._code]:
                cells = cells._replace(field=self._section)
            yield RawRow(line, cells._replace(extra=beyond) if beyond else cells)


def _section(row: list[str]) -> str:
    """The field a heading names; a number may stand in front of it in a cell of its own."""
    found = _SECTION.fullmatch(unicodedata.normalize("NFC", " ".join(filter(None, map(shown, row)))))
    return found[1].strip().capitalize() if found else ""
