"""COPY: rows stream into PostgreSQL, which pulls them; nothing is held in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import NoneType
from typing import Any, Protocol

from django.db import Error, connection

from dossiers.sources.base import escaped

CHUNK = 1 << 16


class CopyCursor(Protocol):
    """The part of psycopg2's cursor COPY needs; Django's own cursor hands it through."""

    def copy_expert(self, sql: str, file: object) -> None: ...


# How a value is written in COPY's text format, by its type; bytes become bytea.
FIELDS: Mapping[type, Callable[[Any], str]] = {
    str: escaped,
    NoneType: lambda _none: r"\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    bytes: lambda value: rf"\\x{value.hex()}",
    memoryview: lambda value: rf"\\x{value.hex()}",
}


def copy_rows(cursor: CopyCursor, table: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """COPY typed rows. ``table`` and ``columns`` are ours, never a caller's input."""
    copy_lines(cursor, table, columns, (f"{copy_line(row)}\n" for row in rows))


def copy_line(values: Iterable[object]) -> str:
    """Typed values as COPY's text format wants them, without the end of the line."""
    return "\t".join([FIELDS[type(value)](value) for value in values])


def copy_lines(cursor: CopyCursor, table: str, columns: Iterable[str], lines: Iterator[str]) -> None:
    """COPY lines already in COPY's text format. An error while they are made is raised as it is."""
    copy_blocks(cursor, table, columns, _blocks(lines))


def copy_blocks(cursor: CopyCursor, table: str, columns: Iterable[str], blocks: Iterator[bytes]) -> None:
    """The same of lines that are put together already."""
    stream = _Stream(blocks)
    try:
        with connection.wrap_database_errors:  # Django does not do it for COPY
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", stream)
    except Error:
        if stream.error:  # the driver turns it into its own and loses it
            raise stream.error from None
        raise


def _blocks(lines: Iterator[str]) -> Iterator[bytes]:
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= CHUNK:
            yield "".join(block).encode()
            block, size = [], 0
    yield "".join(block).encode()


class _Stream:
    """A file to read over blocks. The driver takes an empty one for the end, so none is handed on but at the end."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = filter(None, blocks)
        self.error: Exception | None = None

    def read(self, _size: int = -1) -> bytes:
        try:
            return next(self._blocks, b"")
        except Exception as error:
            self.error = error
            raise
