"""Reads one file in a process of its own: ``python -m dossiers.sources.child``, started by ``dossiers/services/reading.py``.

What is hostile, or only far too large, takes this process with it and not the worker. It knows neither Django nor the
database. Standard input: one JSON object (``Task``); the file itself is a descriptor it names. Standard output: one line of
JSON about the file (``shape``, or ``refused`` and why; if only its ``top`` was asked for, that), its rows as lines in COPY's
text format, and after a line that holds ``END`` alone one more line of JSON: how many rows there were, and the different
dates of each column. The rows' cells, of which few are news, do not come this way: they stand in a second file (``spool``),
and each line says where.
"""

import gc
import json
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from hashlib import blake2b
from itertools import accumulate
from typing import BinaryIO, TextIO, TypedDict

from dossiers.rules.codes import code_key
from dossiers.rules.date_columns import COLUMNS, SEEN
from dossiers.rules.facts import Cells
from dossiers.sources.base import Block, Shape, Source, SourceError, escaped, packed, storable
from dossiers.sources.detect import open_source, top_rows

END = "\\."
HASH_BYTES = 16
SPOOL_BYTES = 8 << 30  # of cells, from a file of at most settings.INTAKE_MAX_BYTES
_CODE = Cells._fields.index("code")
_DATES = tuple((column, Cells._fields.index(column)) for column in COLUMNS)


class Task(TypedDict):
    """``key``: hex, what of our rules and calendar is part of every row's hash; ``names``: of columns, beside the usual."""

    file: int
    spool: int  # where the cells go
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


def main(given: TextIO, answer: TextIO) -> None:
    task: Task = json.loads(given.readline())
    _limit(task)
    with os.fdopen(task["file"], "rb") as file:
        try:
            if task["top"]:
                _say(answer, top=top_rows(file, task["top"]))
            else:
                _read(file, task, answer)
        except SourceError as error:
            _say(answer, refused=error.reason, parameters=error.parameters)
        except MemoryError:
            _say(answer, refused="file_heavy", parameters={})
    answer.flush()


def _limit(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SPOOL_BYTES, SPOOL_BYTES))


def _read(file: BinaryIO, task: Task, answer: TextIO) -> None:
    gc.disable()  # nothing here goes round in circles, and looking for it costs a tenth
    source = open_source(file, task["names"])
    _say(answer, shape=_shape(source.shape))
    with os.fdopen(task["spool"], "wb") as spool:
        rows = Rows(source, bytes.fromhex(task["key"]), spool)
        try:
            for block in source.blocks():
                answer.write(rows.told(block))
                if rows.count > task["most_rows"]:
                    raise SourceError("rows_too_many", limit=str(task["most_rows"]))
        finally:
            answer.write(f"{END}\n")
    _say(answer, rows=rows.count, dates=rows.dates.told())


class Rows:
    """Rows on their way out: their cells to the spool, what tells them apart to the answer."""

    def __init__(self, source: Source, key: bytes, spool: BinaryIO) -> None:
        # The hash is of a row's words, of the columns they fill and of all that judges them.
        known = blake2b(key + " ".join(sorted(source.shape.columns)).encode(), digest_size=2 * blake2b.SALT_SIZE).digest()
        self._hash = partial(
            blake2b, digest_size=HASH_BYTES, salt=known[: blake2b.SALT_SIZE], person=known[blake2b.SALT_SIZE :]
        )  # a fifth quicker than a key
        self._spool, self._place = spool, 0
        self.dates, self.count = Dates(source.shape.columns), 0

    def told(self, block: Block) -> str:
        """The rows in COPY's format: line, code, hash, and from where to where their cells stand in the spool."""
        self.count += len(block.lines)
        self.dates.note(block.cells)
        texts = packed(block.cells)
        self._spool.write(b"".join(texts))
        places = list(accumulate(map(len, texts), initial=self._place))
        self._place = places[-1]
        hashes = [hashed.hexdigest() for hashed in map(self._hash, texts)]
        codes = _codes([cells[_CODE] for cells in block.cells])
        told = zip(block.lines, codes, hashes, places[:-1], places[1:], strict=True)
        return "".join([f"{line}\t{code}\t\\\\x{digest}\t{start}\t{end}\n" for line, code, digest, start, end in told])


def _codes(cells: list[str]) -> Sequence[str]:
    """Of each row the code by which rows are one, as COPY wants it."""
    together = "".join(cells)
    if together.isascii() and together.isprintable() and not {" ", "\\"} & set(together) and together == together.upper():
        return cells
    return [escaped(code_key(storable(cell))) for cell in cells]


def _shape(shape: Shape) -> dict[str, object]:
    return asdict(shape) | {"columns": sorted(shape.columns), "labels": dict(shape.labels)}


def _say(answer: TextIO, **told: object) -> None:
    answer.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.stdin, open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False))  # noqa: SIM115
