"""The register (sổ theo dõi, danh sách hồ sơ) as a table, whether it came as a workbook or as text."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from dossiers.rules.facts import WARNING, Cells
from dossiers.sources.base import Note, RawRow, Source
from dossiers.sources.headers import CALLED, Header

Lines = Callable[[], Iterable[tuple[int, list[str]]]]


def register(shape: str, header: Header, lines: Lines, *, header_line: int, total: int, notes: Iterable[Note]) -> Source:
    """The rows below a found header. ``lines`` yields (line number, that row's cells as text, ours to fill up)."""
    unknown = [Note(WARNING, "columns_unknown", {"columns": ", ".join(header.unknown)})] if header.unknown else []
    return Source(
        shape=shape,
        rows=lambda: _rows(header, lines()),
        total=total,
        columns=frozenset(header.columns),
        labels=CALLED | header.labels,
        header_line=header_line,
        notes=(*notes, *unknown),
    )


def _rows(header: Header, lines: Iterable[tuple[int, list[str]]]) -> Iterator[RawRow]:
    """Every row that has any cell filled; blank rows are passed over."""
    width = header.width
    pick = itemgetter(*(header.columns.get(column, width) for column in Cells._fields))  # the place after the last is ""
    for line, row in lines:
        if not any(row):
            continue
        beyond = " | ".join(filter(None, row[width:])) if len(row) > width else ""
        row[width:] = [""] * (width + 1 - min(len(row), width))
        cells = Cells._make(pick(row))
        yield RawRow(line, cells._replace(extra=beyond) if beyond else cells)
