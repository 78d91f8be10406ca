"""How far a workbook's filled cells reach, seen by looking through its parts before it is opened.

calamine keeps a sheet as one block of 32 bytes for every place up to its outermost filled cells: a single value in
XFD1048576 asks for half a terabyte and ends the process. What a sheet says of its own size is not to be trusted.
"""

import re
from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from dossiers.sources.base import SourceError

# A sheet of full height may have 28 columns: then a gigabyte is needed, and no more is granted.
MOST_COLUMNS, MOST_PLACES = 200, 30_000_000
BLOCK, OVERLAP = 1 << 20, 1 << 16  # no tag is as long as the overlap, so each is whole in one window
TAILS = (1 << 12, BLOCK + OVERLAP)
ALPHABET = 26
# Few columns have more than one letter, and they are found quickly; whether a cell is filled is asked only beyond those known.
_TWO_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{2,9})\d""")
_FILLED = re.compile(rb"""<(?:\w+:)?c((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+)\s*>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["']""")


def check_extent(archive: ZipFile) -> None:
    """Refuse a workbook with a sheet whose filled cells reach too far, and name the corner."""
    for part in archive.infolist():
        with archive.open(part) as content:
            _check_part(content)


def _check_part(content: IO[bytes]) -> None:
    rows, columns = 1, ALPHABET
    for window in _windows(content):
        if any(_column(letters) > columns for letters in set(_TWO_LETTERS.findall(window))):
            columns = max(columns, *(column for _row, column in _filled(window)), 0)
        rows = max(rows, _last_row(window))
        if columns > MOST_COLUMNS or rows * columns > MOST_PLACES:
            raise SourceError(
                "cells_far",
                cell=f"{_letters(columns)}{rows}",
                columns=str(MOST_COLUMNS),
                millions=str(MOST_PLACES // 1_000_000),
            )


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
