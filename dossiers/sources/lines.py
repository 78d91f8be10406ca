"""A plain register of text, known by its lines: most were in the last file too, and are told apart without being taken apart.

A line is a row unless a quote is open at its end. With such a line, a blank one, or one whose code does not stand plainly in
it, the csv module takes its whole block apart; both ways make the same records.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO

from dossiers.rules.cells import MARKS
from dossiers.rules.facts import Cells
from dossiers.sources.base import Places, Records, SourceError, packed
from dossiers.sources.headers import Header
from dossiers.sources.register import Rows

BLOCK = 1 << 20
LONGEST = 1 << 24  # bytes of a line: far above twenty of the longest cells the csv module takes
UNMARKED = str.maketrans(dict.fromkeys(MARKS, "\ufffd"))
_MARKS = tuple(mark.encode() for mark in MARKS)


class Lines:
    """The rows of a file in UTF-8, below its first ``above`` lines."""

    def __init__(self, stream: BinaryIO, header: Header, *, separator: str, above: int) -> None:
        self._stream, self._header, self._separator, self._places = stream, header, separator, Places()
        self._above, self._start = 0, 0
        self._above, self._start = above, self._place_of(above)
        self._before, self._part = header.columns["code"], separator.encode()
        # What stands before the code only numbers the rows then; it is another in each file, and no news.
        self._numbered = min(header.columns.values()) == self._before
        self.layout = f"{separator}{sorted(header.columns.items())}"

    def records(self) -> Iterator[Records]:
        """Raises SourceError, naming the line, where quotes do not balance or a byte is no text."""
        blocks, rows = self._blocks(), Rows(self._header)
        line, place = self._above + 1, self._start
        for lines in blocks:
            found = None if rows.above else self._plain(lines, line, place)
            yield found or self._taken_apart(_Feed(lines, blocks), line, place, rows)
            line += len(lines)
            place += sum(map(len, lines))

    def cells(self, lines: Sequence[int]) -> Sequence[Sequence[str]]:
        """Raises SourceError as ``records`` does."""
        raw = [self._at(*self._places[line]) for line in lines]
        try:
            rows = self._parsed(raw)
        except (UnicodeDecodeError, csv.Error):
            for line, one in zip(lines, raw, strict=True):
                self._check(line, one)
            raise
        ours = Rows(self._header, above=False)
        return ours.picked(rows) if ours.are_plain(rows) else [cells for _line, cells in ours.looked_at(lines, rows)]

    # Told apart

    def _plain(self, lines: list[bytes], line: int, place: int) -> Records | None:
        """Each line as a row, if all are."""
        quoted = b"".join(b"".join(lines).split(b'"')[1::2])
        if b"\n" in quoted or b"\r" in quoted:
            return None
        heads = self._heads(lines)
        codes = _printable([head[self._before] for head in heads]) if heads else None
        if codes is None:
            return None
        numbers = range(line, line + len(lines))
        self._places.note(numbers, list(accumulate(map(len, lines), initial=place)))
        return Records(numbers, codes, [head[-1] for head in heads] if self._numbered else lines)

    def _heads(self, lines: Sequence[bytes]) -> list[list[bytes]]:
        """Each line as its cells to the code, and the rest; none at all when one cannot be parted so simply."""
        heads = [line.split(self._part, self._before + 1) for line in lines]
        if min(map(len, heads)) < self._before + 2:
            return []
        quoted = any(b'"' in b"".join([head[place] for head in heads]) for place in range(self._before + 1))
        return [] if quoted else heads

    def _taken_apart(self, feed: "_Feed", line: int, place: int, rows: Rows) -> Records:
        """The same of any lines."""
        numbers: list[int] = []
        codes: list[str] = []
        words: list[bytes] = []
        reader = csv.reader(feed, delimiter=self._separator, strict=True)
        while feed.used < len(feed.lines):
            begun = feed.used
            try:
                cells = next(reader)
            except UnicodeDecodeError as error:
                raise SourceError("encoding_unknown", line=str(line + feed.used - 1)) from error
            except csv.Error as error:
                raise SourceError("csv_broken", line=str(line + begun)) from error
            raw = b"".join(feed.lines[begun : feed.used])
            for number, row in rows.looked_at([line + begun], [cells]):
                self._places.note([number], [place, place + len(raw)])
                numbers.append(number)
                codes.append(row.code)
                words.append(self._words(raw, row))
            place += len(raw)
        return Records(numbers, codes, words)

    def _words(self, raw: bytes, row: Cells) -> bytes:
        """The same as of a plain line, where the line is one in itself."""
        if not self._numbered:
            return raw
        heads = self._heads([raw])
        return heads[0][-1] if heads else packed([row])[0]

    def _blocks(self) -> Iterator[list[bytes]]:
        """Lines with their ends, about a megabyte of them at a time."""
        self._stream.seek(self._start)
        rest, line = b"", self._above + 1
        while block := self._stream.read(BLOCK):
            *lines, rest = (rest + block).splitlines(keepends=True)  # the last may go on, or its end may
            line += len(lines)
            if len(rest) > LONGEST:
                raise SourceError("csv_broken", line=str(line))
            if lines:
                yield lines
        if rest:
            yield [rest]

    # Taken apart

    def _at(self, start: int, end: int) -> bytes:
        self._stream.seek(start)
        return self._stream.read(end - start)

    def _parsed(self, raw: Sequence[bytes]) -> list[list[str]]:
        rows = list(csv.reader(_texts(raw), delimiter=self._separator, strict=True))
        if len(rows) != len(raw):  # a quote left open took the next in
            raise csv.Error
        return rows

    def _check(self, line: int, raw: bytes) -> None:
        try:
            self._parsed([raw])
        except UnicodeDecodeError as error:
            raise SourceError("encoding_unknown", line=str(line)) from error
        except csv.Error as error:
            raise SourceError("csv_broken", line=str(line)) from error

    def _place_of(self, line: int) -> int:
        """Where the line after so many begins."""
        place = 0
        for lines in self._blocks():
            place += sum(map(len, lines[:line]))
            line -= len(lines)
            if line <= 0:
                break
        return place


class _Feed:
    """Lines for the csv module. ``lines`` grows by the next block when a row goes on there; ``used``: how many so far."""

    def __init__(self, lines: list[bytes], blocks: Iterator[list[bytes]]) -> None:
        self.lines, self.used, self._blocks = lines, 0, blocks

    def __iter__(self) -> Iterator[str]:
        while self.used < len(self.lines) or self._more():
            self.used += 1
            yield from _texts(self.lines[self.used - 1 : self.used])

    def _more(self) -> bool:
        self.lines += next(self._blocks, [])
        return self.used < len(self.lines)


def _printable(codes: list[bytes]) -> list[str] | None:
    """None when one is to be looked at more closely."""
    try:
        found = b"\n".join(codes).decode().split("\n")
    except UnicodeDecodeError:
        return None
    return found if all(found) and "".join(found).isprintable() else None


def _texts(raw: Sequence[bytes]) -> list[str]:
    """Our marks, which no file can set, become U+FFFD, which the judge refuses by name."""
    together = b"".join(raw)
    texts = [one.decode() for one in raw]
    return [text.translate(UNMARKED) for text in texts] if any(mark in together for mark in _MARKS) else texts
