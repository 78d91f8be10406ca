"""A file read by a child process with limits (``dossiers/sources/child.py``): what is wrong with it cannot harm the worker."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings

from dossiers.rules.facts import Cells
from dossiers.sources.base import Note, Shape, SourceError, unpacked
from dossiers.sources.child import END, Task

ROOT = Path(__file__).resolve().parents[2]
LINES, SHOWN = 1_000, 4_000  # rows handed on at once; of what a broken child says, characters
NO_SHAPE = Shape("", 0, frozenset(), {})
_END = f"{END}\n".encode()


class Reading:
    """One file while it is read. ``rows``: how many so far; ``dates``: when all are read, each column's different dates."""

    def __init__(self, child: "subprocess.Popen[bytes]", spool: IO[bytes], errors: IO[bytes]) -> None:
        self._child, self._answer, self._errors = child, cast(IO[bytes], child.stdout), errors
        self._spool = spool
        self.rows = 0
        self.dates: Mapping[str, list[str]] = {}
        told = self._told()
        self.top: list[list[str]] = told.get("top", [])
        self.shape = _shape(told["shape"]) if "shape" in told else NO_SHAPE

    def blocks(self) -> Iterator[bytes]:
        """The rows in COPY's format, some at a time, for ``sql.RAW_COLUMNS``. Raises SourceError where the file goes wrong."""
        while lines := list(islice(self._answer, LINES)):
            if _END in lines:  # what follows is no row
                place = lines.index(_END)
                self.rows += place
                yield b"".join(lines[:place])
                self.dates = self._heard(b"".join(lines[place + 1 :]) or self._answer.readline())["dates"]
                return
            self.rows += len(lines)
            yield b"".join(lines)
        self._died()

    def cells(self, start: int, end: int) -> Cells:
        """A row's cells, from where its line says that they stand."""
        return unpacked(os.pread(self._spool.fileno(), end - start, start))

    @property
    def process(self) -> int:
        """The child's number."""
        return self._child.pid

    def _told(self) -> dict[str, Any]:
        return self._heard(self._answer.readline())

    def _heard(self, line: bytes) -> dict[str, Any]:
        if not line.endswith(b"\n"):
            self._died()
        told: dict[str, Any] = json.loads(line)
        if "refused" in told:
            raise SourceError(told["refused"], **told["parameters"])
        return told

    def _died(self) -> None:
        """Too much was asked of it, which the file is to blame for; anything else is our own error."""
        code = self._child.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")[-SHOWN:]
        if code < 0 or "MemoryError" in said or "memory allocation" in said:
            raise SourceError("file_heavy")
        raise RuntimeError(f"The reader ended with {code}: {said}")


def top_of(path: Path, rows: int) -> list[list[str]]:
    """The first rows of a file whose header nobody knows, cells as the file has them. Raises SourceError."""
    with path.open("rb") as source, reading(source, key=b"", names={}, top=rows) as found:
        return found.top


@contextmanager
def reading(source: IO[bytes], *, key: bytes, names: Mapping[str, str], top: int = 0) -> Iterator[Reading]:
    """Start reading an open file of the disk; the child is gone when the block is left.

    ``key``: what of our rules is part of every row's hash. ``names``: what the system calls our columns besides the usual.
    """
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    command = [sys.executable, "-m", "dossiers.sources.child"]
    folder = Path(settings.MEDIA_ROOT)  # not where temporary files usually lie: that may be memory
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as spool, tempfile.TemporaryFile() as errors:
        task = Task(
            file=source.fileno(),
            spool=spool.fileno(),
            key=key.hex(),
            names=dict(names),
            most_rows=settings.INTAKE_MAX_ROWS,
            memory=settings.INTAKE_READER_MEMORY,
            seconds=settings.INTAKE_READER_SECONDS,
            top=top,
        )
        child = subprocess.Popen(  # ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            pass_fds=(task["file"], task["spool"]),
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
        try:
            with suppress(BrokenPipeError), cast(IO[bytes], child.stdin) as given:
                given.write(json.dumps(task).encode() + b"\n")
            yield Reading(child, spool, errors)
        finally:
            with suppress(ProcessLookupError):
                child.send_signal(signal.SIGKILL)
            child.wait()
            cast(IO[bytes], child.stdout).close()


def _shape(told: dict[str, Any]) -> Shape:
    notes = tuple(Note(*note) for note in told["notes"])
    return Shape(**{**told, "columns": frozenset(told["columns"]), "notes": notes})
