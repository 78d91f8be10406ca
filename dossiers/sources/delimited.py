"""A register kept as text: UTF-8 or UTF-16, cells parted by comma, semicolon, tab or bar."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from dossiers.rules.facts import REPAIR
from dossiers.sources.base import Note, Source, SourceError
from dossiers.sources.headers import SEARCHED_ROWS, Header, find_header
from dossiers.sources.register import register

SEPARATORS = (",", ";", "\t", "|")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE, BLOCK = 4096, 1 << 20


def open_delimited(stream: BinaryIO) -> Source:
    encoding, notes = _encoding(stream)
    header, separator = _header(stream, encoding)
    header_line = next(line for line, _ in islice(_records(stream, encoding, separator), header.position, None))

    def lines() -> Iterator[tuple[int, list[str]]]:
        return _records(stream, encoding, separator, skip=header.position + 1)

    return register("register_csv", header, lines, header_line=header_line, total=_count_lines(stream), notes=notes)


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
    return "utf-8", []


def _header(stream: BinaryIO, encoding: str) -> tuple[Header, str]:
    """The header and the separator that shows it. Quoted cells look broken under every other one, so none is believed alone."""
    failures: list[SourceError] = []
    for separator in SEPARATORS:
        records = islice(_records(stream, encoding, separator), SEARCHED_ROWS)
        try:
            if header := find_header(row for _, row in records):
                return header, separator
        except SourceError as error:
            if error.reason == "encoding_unknown":
                raise
            failures.append(error)
    raise min(failures, key=_vagueness, default=SourceError("header_absent"))


def _vagueness(failure: SourceError) -> tuple[bool, int]:
    """A header seen but wanting says most; of breaks the one furthest down, for there its separator fitted longest."""
    return failure.reason == "csv_broken", -int(failure.parameters.get("line", 0))


def _records(stream: BinaryIO, encoding: str, separator: str, skip: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(line on which the record starts, cells). Quotes must balance; a bad byte or quote names its line."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    try:
        for _row in islice(reader, skip):
            pass
        line = reader.line_num + 1
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise SourceError("encoding_unknown", line=str(_bad_line(stream, encoding))) from error
    except csv.Error as error:
        raise SourceError("csv_broken", line=str(line)) from error
    finally:
        if not stream.closed:  # a reader that was left half-way may outlive the file
            text.detach()  # or the end of reading would close the caller's file


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


def _count_lines(stream: BinaryIO) -> int:
    stream.seek(0)
    blocks: Iterable[bytes] = iter(lambda: stream.read(BLOCK), b"")
    return sum(block.count(b"\n") for block in blocks)
