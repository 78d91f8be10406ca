"""A workbook's parts looked through before it is opened: how far its filled cells reach, and what calamine does not tell.

calamine keeps a sheet as one block of 32 bytes for every place up to its outermost filled cells: a single value in
XFD1048576 asks for half a terabyte and ends the process. What a sheet says of its own size is not to be trusted.
It gives an error (#N/A) and a formula without a value as an empty cell, and says nothing of hidden rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipFile

from dossiers.sources.base import SourceError

# A sheet of more XML than this is read in slices (slices.py), and may be as high as Excel makes any, of 30 columns; of one read
# whole 6 million places need a quarter of a gigabyte, and no more is granted.
LONG = 1 << 25
MOST_COLUMNS, MOST_PLACES, MOST_LONG_PLACES = 200, 6_000_000, 31_457_280
MOST_ERRORS = 10_000
BLOCK, OVERLAP = 1 << 20, 1 << 16  # no tag is as long as the overlap, so each is whole in one window
TAILS = (1 << 12, BLOCK + OVERLAP)
ALPHABET = 26
# Few columns have more than one letter, and they are found quickly, by what may also be another attribute's value; whether it
# is a cell, and filled, is asked only beyond those known.
_TWO_LETTERS = re.compile(rb"""=\s*["']([A-Za-z]{2,9})\d""")
_FILLED = re.compile(rb"""<(?:\w+:)?c((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+)\s*>""")
_CELL = rb"""<(?:\w+:)?c\s(?:[^>"']|"[^"]*"|'[^']*')*?"""
_ERROR = re.compile(_CELL + rb"""t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(?P<said>[^<]*)</v>""")
_NO_VALUE = re.compile(_CELL + rb"""(?<!/)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v>(?P<said>)</v>)?</(?:\w+:)?c>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["']""")


@dataclass(slots=True)
class Looked:
    """One part of the archive; ``rows``, ``columns``: how far its filled cells may reach.

    ``errors``: what stands in the place of a value, by (row, column) counted from 1.
    """

    part: str = ""
    long: bool = False
    rows: int = 1
    columns: int = ALPHABET
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: bool = False
    hidden: bool = False


def look_through(archive: ZipFile) -> dict[str, Looked]:
    """By part. Refuses a workbook with a sheet whose filled cells reach too far, naming the corner, or with XML that defines."""
    found = {}
    for part in archive.infolist():
        with archive.open(part) as content:
            found[part.filename] = _look(content, Looked(part.filename, part.file_size > LONG))
    return found


def _look(content: IO[bytes], seen: Looked) -> Looked:
    most = MOST_LONG_PLACES if seen.long else MOST_PLACES
    for window in _windows(content):
        if b"<!" in window and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
            raise SourceError("file_unsafe")
        if any(_column(letters) > seen.columns for letters in set(_TWO_LETTERS.findall(window))):
            seen.columns = max(seen.columns, *(column for _row, column in _filled(window)), 0)
        seen.rows = max(seen.rows, _last_row(window))
        if seen.columns > MOST_COLUMNS or seen.rows * seen.columns > most:
            raise SourceError(
                "cells_far",
                cell=f"{_letters(seen.columns)}{seen.rows}",
                columns=str(MOST_COLUMNS),
                millions=str(most // 1_000_000),
            )
        _note(window, seen)
    return seen


def _note(window: bytes, seen: Looked) -> None:
    seen.hidden |= b'hidden="1"' in window or b'hidden="true"' in window
    if b't="e"' in window:
        _note_errors(window, _ERROR, seen)
    if b"<f" in window:
        seen.formulas = True
        _note_errors(window, _NO_VALUE, seen)


def _note_errors(window: bytes, cells: re.Pattern[bytes], seen: Looked) -> None:
    for cell in cells.finditer(window):
        if place := _PLACE.search(cell[0]):
            seen.errors[int(place[2]), _column(place[1])] = cell["said"].decode("ascii", "replace") if cell["said"] else "="
        if len(seen.errors) > MOST_ERRORS:
            raise SourceError("cells_wrong", count=str(MOST_ERRORS))


def _windows(content: IO[bytes]) -> Iterator[bytes]:
    window = b""
    while block := content.read(BLOCK):
        window = window[-OVERLAP:] + block
        yield window


def _last_row(window: bytes) -> int:
    """The row of the last filled cell, which is how far down calamine reaches; 0 when the window has none."""
    for size in TAILS:
        if filled := list(_filled(window[-size:])):
            return filled[-1][0]
    return 0


def _filled(window: bytes) -> Iterator[tuple[int, int]]:
    """(row, column), counted from 1, of each cell that holds something."""
    for tag in _FILLED.finditer(window):
        if place := _PLACE.search(tag[1]):
            yield int(place[2]), _column(place[1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * ALPHABET + letter - ord("A") + 1
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, letter = divmod(column - 1, ALPHABET)
        text = chr(ord("A") + letter) + text
    return text
