"""A register kept as .xlsx, read through calamine."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum, XmlError, ZipError

from dossiers.rules.cells import DATE_MARK, NUMBER_MARK
from dossiers.rules.facts import WARNING
from dossiers.sources.base import Note, Source, SourceError
from dossiers.sources.extent import check_extent
from dossiers.sources.headers import find_header
from dossiers.sources.register import register

# Far above any honest export; below what a compressed bomb needs to hurt.
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 1_000, 2 * 1024**3, 200


def open_workbook(stream: BinaryIO) -> Source:
    """The one visible sheet that has a header row."""
    _check_archive(stream)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in names]
    except PasswordError as error:
        raise SourceError("file_password") from error
    except (CalamineError, ZipError, XmlError) as error:
        raise SourceError("file_broken") from error
    found = [(name, sheet, header) for name, sheet in sheets if (header := find_header(_texts(sheet)))]
    if not found:
        raise SourceError("header_absent")
    if len(found) > 1:
        raise SourceError("sheets_several", sheets=", ".join(name for name, _, _ in found))
    name, sheet, header = found[0]
    others = [other for other, empty in sheets if other != name and empty.height]
    notes = [Note(WARNING, "sheets_ignored", {"sheets": ", ".join(others), "sheet": name})] if others else []
    first = header.position + 1

    def lines() -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > first:
                yield number, [_text(cell) for cell in row]

    return register("register_xlsx", header, lines, header_line=first, total=max(sheet.total_height + 1 - first, 0), notes=notes)


def _check_archive(stream: BinaryIO) -> None:
    """Refuse what is not a whole workbook, or one that would unpack or spread its cells beyond reason."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_parts(archive.infolist())  # before a byte is unpacked
            check_extent(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError("file_broken") from error
    stream.seek(0)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise SourceError("file_unsafe")
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise SourceError("file_not_xlsx")
    if "xl/vbaProject.bin" in names:
        raise SourceError("file_unsafe")


def _texts(sheet: CalamineSheet) -> Iterator[list[str]]:
    return ([_text(cell) for cell in row] for row in sheet.iter_rows())


def _text(cell: object) -> str:
    """The cell as text; real dates and numbers are marked as such."""
    if isinstance(cell, str):
        return cell
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
