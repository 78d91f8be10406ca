"""A register kept as .xlsx, read through calamine."""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import partial
from html import unescape
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from dossiers.rules.cells import DATE_MARK, ERROR_MARK, MARKS, NUMBER_MARK
from dossiers.rules.facts import WARNING
from dossiers.sources.base import ROWS, SHEET_LINES, Note, Source, SourceError, unmarked
from dossiers.sources.extent import Looked, look_through
from dossiers.sources.headers import Header, Names, find_header
from dossiers.sources.register import Table, register
from dossiers.sources.slices import Slices, calamine, rows_of

# Far above any honest export; below what a compressed bomb needs to hurt.
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 1_000, 2 * 1024**3, 200
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*>""")
_RELATION = re.compile(rb"""<(?:\w+:)?Relationship\s[^>]*>""")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
OTHER_KINDS = {"word/document.xml": "file_docx", "content.xml": "file_ods", "xl/workbook.bin": "file_xlsb"}


class _Sheet(NamedTuple):
    """A visible sheet. ``rows`` reads from the first one each time it is called; ``height``: to the last filled one."""

    name: str
    height: int
    rows: Callable[[], Iterator[list[Any]]]
    looked: Looked

    def texts(self) -> Iterator[list[str]]:
        return ([cell if type(cell) is str and cell[:1] not in MARKS else _text(cell) for cell in row] for row in self.rows())


class _Found(NamedTuple):
    sheet: _Sheet
    header: Header


def open_workbook(stream: BinaryIO, names: Names) -> Source:
    """The visible sheet that has a header row; several with the same columns are read as one list."""
    sheets = _opened(stream)
    headers = [find_header(sheet.texts(), names) for sheet in sheets]
    found = [_Found(sheet, header) for sheet, header in zip(sheets, headers, strict=True) if header]
    if not found:
        raise SourceError("header_absent")
    if len({frozenset(one.header.columns) for one in found}) > 1:
        raise SourceError("sheets_several", sheets=", ".join(one.sheet.name for one in found))
    others = [sheet.name for sheet, header in zip(sheets, headers, strict=True) if not header and sheet.height]
    return _together(found, others)


def top_of_workbook(stream: BinaryIO, most: int) -> list[list[str]]:
    """The first rows of the visible sheet that holds the most."""
    fullest = max(_opened(stream), key=lambda sheet: sheet.height, default=None)
    return list(islice(fullest.texts(), most)) if fullest else []


def _opened(stream: BinaryIO) -> list[_Sheet]:
    looked = _looked_through(stream)
    with calamine():
        workbook = CalamineWorkbook.from_filelike(stream)
        visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        parts = {one.part for one in looked.values()}
        return [_sheet(stream, workbook, name, looked.get(name, Looked()), parts) for name in visible]


def _sheet(stream: BinaryIO, workbook: CalamineWorkbook, name: str, looked: Looked, parts: Collection[str]) -> _Sheet:
    if looked.long:
        return _Sheet(name, looked.rows, Slices(stream, name, looked.part, parts).rows, looked)
    whole = workbook.get_sheet_by_name(name)
    return _Sheet(name, whole.total_height + 1 if whole.height else 0, partial(rows_of, whole), looked)


def _together(found: list[_Found], others: list[str]) -> Source:
    first, *more = (_register(number, one) for number, one in enumerate(found))
    names = ", ".join(one.sheet.name for one in found)
    notes = list(first.shape.notes)
    if others:
        notes.append(Note(WARNING, "sheets_ignored", {"sheets": ", ".join(others), "sheet": names}))
    if more:
        notes.append(Note(WARNING, "sheets_joined", {"sheets": names}))
    if any(one.sheet.looked.hidden for one in found):
        notes.append(Note(WARNING, "rows_hidden", {"sheets": names}))
    if any(one.sheet.looked.formulas for one in found):
        notes.append(Note(WARNING, "formulas", {"sheets": names}))
    total = first.shape.total + sum(one.shape.total for one in more)
    return Source(
        replace(first.shape, notes=tuple(notes), total=total), lambda: chain(first.blocks(), *(one.blocks() for one in more))
    )


def _register(number: int, found: _Found) -> Source:
    top, lines_before = found.header.position + 1, number * SHEET_LINES
    wrong: dict[int, dict[int, str]] = defaultdict(dict)  # what the sheet shows where calamine sees an empty cell
    for (row, column), said in found.sheet.looked.errors.items():
        wrong[row][column - 1] = said

    def table() -> Table:
        line, rest = top, islice(found.sheet.texts(), top, None)
        while rows := list(islice(rest, ROWS)):
            lines = range(line + 1, line + 1 + len(rows))
            for row in wrong.keys() & lines:
                _mark(rows[row - lines.start], wrong[row])
            yield [lines_before + line for line in lines], rows
            line += len(rows)

    total = max(found.sheet.height - top, 0)
    return register("register_xlsx", found.header, table, header_line=top, total=total, notes=())


def _mark(cells: list[str], wrong: dict[int, str]) -> None:
    for place, said in wrong.items():
        cells[place:] = [f"{ERROR_MARK}{said}", *cells[place + 1 :]]


def _looked_through(stream: BinaryIO) -> dict[str, Looked]:
    """By sheet. Refuses what is not a whole workbook, or one that would unpack or spread its cells beyond reason."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_parts(archive.infolist())  # before a byte is unpacked
            parts = look_through(archive)
            sheets = _parts_of_sheets(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError("file_broken") from error
    stream.seek(0)
    return {name: parts[part] for name, part in sheets.items() if part in parts}


def _parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet; none where the workbook does not say it in the usual way."""
    try:
        listed, related = (archive.read(f"xl/{name}") for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in _attributes(_RELATION, related)}
    pairs = ((one.get("name", ""), targets.get(one.get("r:id"), "")) for one in _attributes(_SHEET, listed))
    return {name: target.removeprefix("/") if target.startswith("/") else f"xl/{target}" for name, target in pairs if target}


def _attributes(tags: re.Pattern[bytes], xml: bytes) -> Iterator[dict[str, str]]:
    for tag in tags.finditer(xml):
        pairs = _ATTRIBUTE.findall(tag[0])
        yield {name.decode(): unescape((double or single).decode("utf-8", "replace")) for name, double, single in pairs}


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1) or any(map(_outside, names)):
        raise SourceError("file_unsafe")
    if "xl/workbook.xml" not in names:
        raise SourceError(next((reason for name, reason in OTHER_KINDS.items() if name in names), "file_not_xlsx"))
    if "xl/vbaProject.bin" in names:
        raise SourceError("file_unsafe")


def _outside(name: str) -> bool:
    """A part that would be unpacked elsewhere, or is an archive itself."""
    return name.startswith(("/", "\\")) or ".." in name.split("/") or name.lower().endswith((".zip", ".xlsm", ".exe"))


def _text(cell: object) -> str:
    """The cell as text; real dates and numbers are marked as such, and nothing else is."""
    if isinstance(cell, str):
        return unmarked(cell)
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return f"{NUMBER_MARK}{int(cell) if cell.is_integer() else repr(cell)}"
    if isinstance(cell, datetime):
        cell = _to_the_second(cell)
    return f"{DATE_MARK}{cell.isoformat()}" if isinstance(cell, date) else str(cell)


def _to_the_second(at: datetime) -> date:
    """Excel keeps a moment as a fraction of a day, which often falls just short of the second meant; a date alone at midnight."""
    if at.microsecond >= 500_000 and at.year < MAXYEAR:
        at += timedelta(seconds=1)
    at = at.replace(microsecond=0)
    return at.date() if at.time() == time.min else at
