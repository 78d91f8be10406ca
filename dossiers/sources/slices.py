"""A long sheet some rows at a time: calamine holds all of a sheet it is given, about 150 bytes a cell.

The sheet's XML is cut between rows, and each piece becomes the one sheet of a small workbook that has the strings and styles of
the whole. What calamine finds in it is told one piece after another, so memory does not grow with the sheet.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, XmlError, ZipError

from dossiers.sources.base import SourceError

SLICE = 48 << 20  # bytes of XML: up to a million and a half cells, where their texts are kept apart
BLOCK, LONGEST_ROW = 1 << 20, 1 << 24
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\s*>")


class Slices:
    """A sheet of the workbook in ``stream``: the one called ``name``, kept in ``part``. ``parts``: those that hold sheets."""

    def __init__(self, stream: BinaryIO, name: str, part: str, parts: Collection[str]) -> None:
        self._stream, self._name, self._part, self._parts = stream, name, part, parts
        self._top: list[list[Any]] = []  # what was looked at for the header

    def rows(self) -> Iterator[list[Any]]:
        """Each row from the sheet's first on, empty ones too. Raises SourceError where a sheet's rows are out of order."""
        with TemporaryFile() as file, ZipFile(self._stream) as archive, archive.open(self._part) as xml:
            small, pieces = _SmallWorkbook(file, archive, self._part, self._parts), _cut(xml)
            top = next(pieces)
            if not self._top:
                self._top = list(small.rows(self._name, top, 0))
            yield from self._top
            done = len(self._top)
            for piece in pieces:
                for row in small.rows(self._name, piece, done):
                    done += 1
                    yield row


class _SmallWorkbook:
    """All of a workbook but its sheets; one after another is put in the place of ``part``."""

    def __init__(self, file: IO[bytes], archive: ZipFile, part: str, sheets: Collection[str]) -> None:
        self._file, self._part = file, part
        with ZipFile(file, "w") as small:
            for one in archive.infolist():
                if one.filename.endswith((".xml", ".rels")) and one.filename not in sheets:
                    with archive.open(one) as source, small.open(one.filename, "w", force_zip64=True) as target:
                        copyfileobj(source, target, BLOCK)
        with ZipFile(file) as small:
            self._end = small.start_dir
        file.seek(self._end)
        self._directory = file.read()

    def rows(self, name: str, piece: list[bytes], done: int) -> Iterator[list[Any]]:
        """Of a piece of the sheet, those after so many."""
        self._put(piece)
        with calamine():  # by its path, else calamine keeps a copy of the file
            sheet = CalamineWorkbook.from_path(f"/proc/self/fd/{self._file.fileno()}").get_sheet_by_name(name)
        if sheet.start and sheet.start[0] < done:
            raise SourceError("file_broken")
        return islice(rows_of(sheet), done, None)

    def _put(self, piece: list[bytes]) -> None:
        self._file.seek(self._end)
        self._file.truncate()
        self._file.write(self._directory)
        with ZipFile(self._file, "a") as small, small.open(self._part, "w", force_zip64=True) as target:
            target.writelines(piece)
        piece.clear()  # it is long
        self._file.flush()


@contextmanager
def calamine() -> Iterator[None]:
    """What calamine says of a workbook, as SourceError."""
    try:
        yield
    except PasswordError as error:
        raise SourceError("file_password") from error
    except (CalamineError, ZipError, XmlError) as error:
        raise SourceError("file_broken") from error


def rows_of(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """From the first row and the first column on, which calamine leaves out where it is empty."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()


def _cut(xml: IO[bytes]) -> Iterator[list[bytes]]:
    """Whole sheets of some of its rows, in parts; the first is short, for whoever only looks for the header."""
    head, rest, prefix = _head(xml)
    tail = b"</%ssheetData></%sworksheet>" % (prefix, prefix)
    end, begins = tail.partition(b">")[0], (b"<%srow " % prefix, b"<%srow>" % prefix)
    piece, size, enough = [head], 0, 1
    while end not in rest and (block := xml.read(BLOCK)):
        rest += block
        place = max(map(rest.rfind, begins))
        if place > 0:
            piece.append(rest[:place])
            size += place
            rest = rest[place:]
        if len(rest) > LONGEST_ROW:
            raise SourceError("file_heavy")
        if size >= enough:
            piece.append(tail)
            yield piece
            piece, size, enough = [head], 0, SLICE
    piece += [rest.partition(end)[0], tail]
    yield piece


def _head(xml: IO[bytes]) -> tuple[bytes, bytes, bytes]:
    """All to the first row, what was read beyond, and the prefix of the sheet's tags."""
    text = xml.read(BLOCK)
    found = _DATA.search(text)
    if not found:
        raise SourceError("file_broken")
    return text[: found.end()], text[found.end() :], found[1]
