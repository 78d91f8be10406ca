"""A file read by a child process with limits (``dossiers/sources/child.py``): what is wrong with it cannot harm the worker."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings

from dossiers.rules.facts import Cells
from dossiers.sources.base import Note, Shape, SourceError, unpacked
from dossiers.sources.child import FETCHED, Task

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 4_000  # of what a broken child says, characters
AHEAD = 1 << 20  # bytes it may have said before we have listened
NO_SHAPE = Shape("", 0, frozenset(), {})


class Reading:
    """One file while it is read. ``rows``: how many so far."""

    def __init__(self, child: "subprocess.Popen[bytes]", fetched: IO[bytes], errors: IO[bytes]) -> None:
        self._child, self._errors, self._fetched, self._cells = child, errors, fetched, fetched
        self._question, self._answer = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
        self.rows = 0
        told = self._told()
        self.top: list[list[str]] = told.get("top", [])
        self.shape = _shape(told["shape"]) if "shape" in told else NO_SHAPE

    def blocks(self) -> Iterator[bytes]:
        """The rows in COPY's format, some at a time, for ``sql.RAW_COLUMNS``. Raises SourceError where the file goes wrong."""
        while size := self._frame():
            lines = self._answer.read(size)
            if len(lines) < size:
                self._died()
            yield lines
        self._told()

    def fetch(self, lines: Iterable[int]) -> Mapping[str, list[str]]:
        """Have the rows with these lines taken apart, for ``cells`` to be asked in the same order.

        Returns of each column of dates the different ones. Raises SourceError where a row is broken.
        """
        with suppress(BrokenPipeError):  # the answer says why
            self._question.writelines(b"%d\n" % line for line in lines)
            self._question.write(b"\n")
            self._question.flush()
        dates: Mapping[str, list[str]] = self._told()["dates"]
        self._fetched.seek(0)
        self._cells = open(self._fetched.fileno(), "rb", closefd=False)  # noqa: SIM115  # anew: what it has read ahead is of before
        return dates

    def cells(self, line: int) -> Cells:
        """Of a row that was fetched; those before it are passed over."""
        while head := self._cells.read(FETCHED.size):
            found, size = FETCHED.unpack(head)
            text = self._cells.read(size)
            if found == line:
                return unpacked(text)
        raise LookupError(line)

    @property
    def process(self) -> int:
        """The child's number."""
        return self._child.pid

    def _frame(self) -> int:
        """Bytes of the next rows; 0 when there are no more."""
        line = self._answer.readline()
        if not line.endswith(b"\n"):
            self._died()
        rows, size = map(int, line.split())
        self.rows += rows
        return size

    def _told(self) -> dict[str, Any]:
        line = self._answer.readline()
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
    folder = Path(settings.MEDIA_ROOT)  # not where temporary files usually lie: that may be memory
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryFile(dir=folder) as spool,
        tempfile.TemporaryFile(dir=folder) as fetched,
        tempfile.TemporaryFile() as errors,
    ):
        task = Task(
            file=source.fileno(),
            spool=spool.fileno(),
            fetched=fetched.fileno(),
            key=key.hex(),
            names=dict(names),
            most_rows=settings.INTAKE_MAX_ROWS,
            memory=settings.INTAKE_READER_MEMORY,
            seconds=settings.INTAKE_READER_SECONDS,
            top=top,
        )
        with _child(task, folder, errors) as child:
            yield Reading(child, fetched, errors)


@contextmanager
def _child(task: Task, folder: Path, errors: IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
    """The process at its task; killed, if it still runs, when the block is left. ``folder``: where its temporary files go."""
    child = subprocess.Popen(  # ours
        [sys.executable, "-m", "dossiers.sources.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        pass_fds=(task["file"], task["spool"], task["fetched"]),
        cwd=ROOT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": str(folder)},
        pipesize=AHEAD,
    )
    try:
        with suppress(BrokenPipeError):
            cast(IO[bytes], child.stdin).write(json.dumps(task).encode() + b"\n")
            cast(IO[bytes], child.stdin).flush()
        yield child
    finally:
        with suppress(ProcessLookupError):
            child.send_signal(signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):  # what was still to be written has nobody to read it
                cast(IO[bytes], pipe).close()


def _shape(told: dict[str, Any]) -> Shape:
    notes = tuple(Note(*note) for note in told["notes"])
    return Shape(**{**told, "columns": frozenset(told["columns"]), "notes": notes})
