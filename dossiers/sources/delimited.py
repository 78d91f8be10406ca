"""A register kept as text, cells parted by comma, semicolon, tab or bar: UTF-8, UTF-16, or a code page of before Unicode."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from dossiers.rules.cells import MARKS
from dossiers.rules.facts import REPAIR
from dossiers.rules.legacy_text import modern, plausible
from dossiers.sources.base import ROWS, Note, Source, SourceError
from dossiers.sources.headers import SEARCHED_ROWS, Header, Names, find_header
from dossiers.sources.lines import BLOCK, UNMARKED, Lines
from dossiers.sources.register import Table, is_grouped, register

SEPARATORS = (",", ";", "\t", "|")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UTF8 = ("utf-8", "utf-8-sig")
SAMPLE = 4096
SURE, SHOWN_LINES, SHOWN_LETTERS = 0.8, 5, 600


def open_delimited(stream: BinaryIO, names: Names) -> Source:
    encoding, notes = _encoding(stream)
    header, top, separator = _header(stream, encoding, names)

    def table() -> Table:
        return _table(stream, encoding, separator, skip=header.position + 1)

    header_line, *below = top[header.position :]
    lines = None
    if encoding in UTF8 and below and not is_grouped(header):
        lines = Lines(stream, header, separator=separator, above=below[0] - 1)
    return register("register_csv", header, table, header_line=header_line, total=_about_lines(stream), notes=notes, lines=lines)


def top_of_delimited(stream: BinaryIO, most: int) -> list[list[str]]:
    """The first rows, parted by what makes the most cells of them."""
    encoding, _notes = _encoding(stream)
    found: list[list[list[str]]] = []
    for separator in SEPARATORS:
        with suppress(SourceError):
            found.append(_top(stream, encoding, separator, most)[1])
    return max(found, key=lambda rows: sum(map(len, rows)), default=[])


def _encoding(stream: BinaryIO) -> tuple[str, list[Note]]:
    stream.seek(0)
    sample = stream.read(SAMPLE)
    for bom, encoding in BOMS:
        if sample.startswith(bom):
            return encoding, []
    # Without a mark, UTF-16 shows by its zero bytes: plain letters have one in every second place.
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) > len(sample) // 8:
        return ("utf-16-le" if odd > even else "utf-16-be"), [Note(REPAIR, "encoding_utf16", {})]
    return _one_byte(sample) or ("utf-8", [])


def _one_byte(sample: bytes) -> tuple[str, list[Note]] | None:
    """windows-1258, or the page of the fonts of before (.VnTime, VNI), whose cells the judge puts into Unicode one by one."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        shown = _decoded(sample, "cp1258")
        if shown and plausible(shown) >= SURE:
            lines = [line.strip() for line in shown.splitlines() if not line.isascii()]
            return "cp1258", [Note(REPAIR, "encoding_1258", {"lines": " / ".join(lines[:SHOWN_LINES])[:SHOWN_LETTERS]})]
        if any((found := modern(line)) and found.kind for line in _decoded(sample, "cp1252").splitlines()):
            return "cp1252", [Note(REPAIR, "encoding_8bit", {})]
    return None


def _decoded(sample: bytes, encoding: str) -> str:
    """Composed; nothing when it is not of this code page."""
    try:
        return unicodedata.normalize("NFC", sample.decode(encoding))
    except UnicodeDecodeError:
        return ""


def _header(stream: BinaryIO, encoding: str, names: Names) -> tuple[Header, list[int], str]:
    """The header, the lines on which the first rows start, and the separator that shows it.

    Quoted cells look broken under every other one, so none is believed alone.
    """
    failures: list[SourceError] = []
    for separator in SEPARATORS:
        try:
            lines, rows = _top(stream, encoding, separator, SEARCHED_ROWS + 1)
            if header := find_header(rows, names):
                return header, lines, separator
        except SourceError as error:
            if error.reason == "encoding_unknown":
                raise
            failures.append(error)
    raise min(failures, key=_vagueness, default=SourceError("header_absent"))


def _vagueness(failure: SourceError) -> tuple[bool, int]:
    """A header seen but wanting says most; of breaks the one furthest down, for there its separator fitted longest."""
    return failure.reason == "csv_broken", -int(failure.parameters.get("line", 0))


def _top(stream: BinaryIO, encoding: str, separator: str, most: int) -> tuple[list[int], list[list[str]]]:
    return next(_table(stream, encoding, separator, size=most), ([], []))


def _table(
    stream: BinaryIO, encoding: str, separator: str, *, skip: int = 0, size: int = ROWS
) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Some rows at a time (lines on which they start, their cells). Quotes must balance; a bad byte or quote names its line."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(_unmarked(text), delimiter=separator, strict=True)
    ends = [0]  # lines on which records end: below each the next one starts
    try:
        for _row in islice(reader, skip):
            pass
        while True:
            rows, ends = [], [reader.line_num]
            for row in islice(reader, size):
                rows.append(row)
                ends.append(reader.line_num)
            if not rows:
                return
            if encoding == "cp1258":
                rows = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
            yield [end + 1 for end in ends[:-1]], rows
    except UnicodeDecodeError as error:
        raise SourceError("encoding_unknown", line=str(_bad_line(stream, encoding))) from error
    except csv.Error as error:
        raise SourceError("csv_broken", line=str(ends[-1] + 1)) from error
    finally:
        if not stream.closed:  # a reader that was left half-way may outlive the file
            text.detach()  # or the end of reading would close the caller's file


def _unmarked(text: Iterator[str]) -> Iterator[str]:
    """The lines. Our marks, which no file can set, become U+FFFD, which the judge refuses by name."""
    while lines := list(islice(text, ROWS)):
        together = "".join(lines)
        yield from [line.translate(UNMARKED) for line in lines] if any(mark in together for mark in MARKS) else lines


def _bad_line(stream: BinaryIO, encoding: str) -> int:
    """The line of the first byte that is no text; the reader itself is up to a block ahead of the rows it gave."""
    stream.seek(0)
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    try:
        for block in iter(lambda: stream.read(BLOCK), b""):
            line += decoder.decode(block).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].decode(error.encoding, "ignore").count("\n")
    return line


def _about_lines(stream: BinaryIO) -> int:
    """As many as there are if all are as long as the first ones."""
    stream.seek(0)
    first = stream.read(BLOCK)
    return first.count(b"\n") * stream.seek(0, io.SEEK_END) // len(first)
