"""Reads one file in a process of its own: ``python -m dossiers.sources.child``, started by ``dossiers/services/reading.py``.

What is hostile, or only far too large, takes this process with it and not the worker. It knows neither Django nor the
database. Standard input: one JSON object (``Task``); the file itself is a descriptor it names. Standard output: one line of
JSON about the file (``shape``, or ``refused`` and why; if only its ``top`` was asked for, that); then its rows in frames, a
line with their number and their bytes before lines in COPY's text format, and a frame of none with one more line of JSON.

Few rows are news. Their numbers come back by standard input, one a line, as often as anybody asks; an empty line ends the
question. Their cells then stand in the file ``fetched``, and a line of JSON tells the different dates of each column.
"""

import gc
import json
import os
import resource
import struct
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import blake2b
from itertools import chain, islice, takewhile
from typing import BinaryIO, TypedDict

from dossiers.rules.codes import code_key
from dossiers.rules.date_columns import COLUMNS, SEEN
from dossiers.rules.facts import Cells
from dossiers.sources.base import ROWS, Records, RecordSource, Shape, SourceError, escaped, packed, storable
from dossiers.sources.detect import open_source, top_rows
from dossiers.sources.spool import Spool

HASH_BYTES = 16
SPOOL_BYTES = 8 << 30  # of cells, from a file of at most settings.INTAKE_MAX_BYTES
FETCHED = struct.Struct("<qI")  # before a row's cells: its line, their bytes
_DATES = tuple((column, Cells._fields.index(column)) for column in COLUMNS)


class Task(TypedDict):
    """``key``: hex, what of our rules and calendar is part of every row's hash; ``names``: of columns, beside the usual."""

    file: int
    spool: int  # where cells go that the file does not hold as they are
    fetched: int  # where those go that were asked for
    key: str
    names: dict[str, str]
    most_rows: int
    memory: int  # bytes of address space
    seconds: int  # of the processor
    top: int  # rows to be shown of a file nobody knows the header of; 0 to read all of a known one


class Dates:
    """The different beginnings of each date column's cells, as far as they tell a day."""

    def __init__(self, columns: Iterable[str]) -> None:
        self.seen: dict[str, set[str]] = defaultdict(set)
        wanted = set(columns)
        self._columns = [(place, self.seen[column]) for column, place in _DATES if column in wanted]

    def note(self, rows: Sequence[Sequence[str]]) -> None:
        for place, seen in self._columns:
            seen.update([cells[place][:SEEN] for cells in rows])

    def told(self) -> dict[str, list[str]]:
        return {column: sorted(filter(None, texts)) for column, texts in self.seen.items()}


def main(given: BinaryIO, answer: BinaryIO) -> None:
    task: Task = json.loads(given.readline())
    _limit(task)
    with os.fdopen(task["file"], "rb") as file:
        try:
            if task["top"]:
                _say(answer, top=top_rows(file, task["top"]))
            else:
                _read(file, task, given, answer)
        except SourceError as error:
            _say(answer, refused=error.reason, parameters=error.parameters)
        except MemoryError:
            _say(answer, refused="file_heavy", parameters={})


def _limit(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SPOOL_BYTES, SPOOL_BYTES))


def _read(file: BinaryIO, task: Task, given: BinaryIO, answer: BinaryIO) -> None:
    gc.disable()  # nothing here goes round in circles, and looking for it costs a tenth
    source = open_source(file, task["names"])
    _say(answer, shape=_shape(source.shape))
    with os.fdopen(task["spool"], "w+b") as spool, os.fdopen(task["fetched"], "wb") as fetched:
        rows = source.lines or Spool(source, spool)
        _tell(rows, task, answer)
        while asked := given.readline():
            fetched.seek(0)
            fetched.truncate()
            dates = Dates(source.shape.columns)
            _fetch(rows, takewhile(bytes.strip, chain([asked], given)), fetched, dates)
            fetched.flush()
            _say(answer, dates=dates.told())


def _tell(rows: RecordSource, task: Task, answer: BinaryIO) -> None:
    """What tells each row apart: line, code, hash."""
    # The hash is of a row's words, of what they mean and of all that judges them.
    known = blake2b(bytes.fromhex(task["key"]) + rows.layout.encode() + b"\0", digest_size=HASH_BYTES)
    count = 0
    try:
        for records in rows.records():
            if records.lines:
                count += len(records.lines)
                _frame(answer, len(records.lines), _told(records, known))
            if count > task["most_rows"]:
                raise SourceError("rows_too_many", limit=str(task["most_rows"]))
    finally:
        _frame(answer, 0, b"")
    _say(answer, rows=count)


def _told(records: Records, known: "blake2b") -> bytes:
    hashes = [_hash(known.copy(), words) for words in records.words]
    told = zip(records.lines, _codes(records.codes), hashes, strict=True)
    return "".join([f"{line}\t{code}\t\\\\x{digest}\n" for line, code, digest in told]).encode()


def _hash(begun: "blake2b", words: bytes) -> str:
    begun.update(words)
    return begun.hexdigest()


def _frame(answer: BinaryIO, rows: int, lines: bytes) -> None:
    answer.write(b"%d %d\n" % (rows, len(lines)))
    answer.write(lines)


def _fetch(rows: RecordSource, asked: Iterable[bytes], fetched: BinaryIO, dates: Dates) -> None:
    asked = iter(asked)
    while lines := list(map(int, islice(asked, ROWS))):
        cells = rows.cells(lines)
        dates.note(cells)
        fetched.write(b"".join([FETCHED.pack(line, len(text)) + text for line, text in zip(lines, packed(cells), strict=True)]))


def _codes(cells: Sequence[str]) -> Sequence[str]:
    """Of each row the code by which rows are one, as COPY wants it."""
    together = "".join(cells)
    plain = together.isascii() and together.isprintable() and " " not in together and "\\" not in together
    if plain and together == together.upper():
        return cells
    return [escaped(code_key(storable(cell))) for cell in cells]


def _shape(shape: Shape) -> dict[str, object]:
    return asdict(shape) | {"columns": sorted(shape.columns), "labels": dict(shape.labels)}


def _say(answer: BinaryIO, **told: object) -> None:
    answer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    answer.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
