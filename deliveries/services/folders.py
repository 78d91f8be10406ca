"""The drop folders on disk: ``<root>/<old|new>/<full|delta>/``, each with ``done/`` and ``rejected/``.

Whoever hands files over may write here, so nothing below the root is followed: every step is taken from the folder's own
descriptor, links and special files are not opened, and what is written comes under its name only when it is whole.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from deliveries.rules.files import Entry, names_to_put_away
from dossiers.models import ImportBatch, SourceSystem
from worktime.rules import VIETNAM

SYSTEMS, KINDS = (SourceSystem.OLD, SourceSystem.NEW), (ImportBatch.Kind.FULL, ImportBatch.Kind.DELTA)
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
NOT_FOLLOWED = os.O_NOFOLLOW | os.O_CLOEXEC
REPORT_MODE = 0o640  # the sender reads it by the folder's group


class FolderError(Exception):
    """The drop folders cannot be used. The text is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Box:
    """One open drop folder; the numbers are descriptors of its folders."""

    system: str
    kind: str
    here: int
    done: int
    rejected: int

    def entries(self) -> Iterator[Entry]:
        for name in sorted(os.listdir(self.here)):
            with suppress(FileNotFoundError):  # its sender took it back
                yield _entry(name, os.stat(name, dir_fd=self.here, follow_symlinks=False))

    def open(self, name: str) -> BinaryIO:
        """Never waits: should a pipe have taken the file's place, it is opened, found to be none and closed."""
        return open(os.open(name, os.O_RDONLY | os.O_NONBLOCK | NOT_FOLLOWED, dir_fd=self.here), "rb")

    def unchanged(self, entry: Entry, source: BinaryIO) -> bool:
        """Whether the open file is the entry as it was listed, and still stands under its name."""
        opened = os.fstat(source.fileno())
        try:
            named = os.stat(entry.name, dir_fd=self.here, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(opened, named) and _entry(entry.name, opened) == entry

    def holds(self, entry: Entry) -> bool:
        """Whether a file that was taken in lies in done/ under this one's name."""
        return _exists(self.done, next(names_to_put_away(entry.name, entry.written)))

    def put_away(self, entry: Entry, *, done: bool, reports: Mapping[str, bytes]) -> str:
        """Move a file beside its reports (content by ending); returns the name it has now.

        The reports come first: killed in between, the file is still there to be tried again, and they are written anew.
        """
        target = self.done if done else self.rejected
        name = next(name for name in names_to_put_away(entry.name, entry.written) if not _exists(target, name))
        for ending, content in reports.items():
            _write(target, name + ending, content)
        os.rename(entry.name, name, src_dir_fd=self.here, dst_dir_fd=target)
        os.fsync(target)
        os.fsync(self.here)
        return name


@contextmanager
def boxes_open(root: Path) -> Iterator[list[Box]]:
    """All drop folders, made where they are missing. Raises FolderError."""
    with ExitStack() as opened:
        yield [_box(opened, root, system, kind) for system in SYSTEMS for kind in KINDS]


def _box(opened: ExitStack, root: Path, system: str, kind: str) -> Box:
    path = root / system / kind
    try:
        root.mkdir(parents=True, exist_ok=True)
        top = _kept(opened, os.open(root, FOLDER))
        here = _inside(opened, _inside(opened, top, system), kind)
        box = Box(system, kind, here, _inside(opened, here, "done"), _inside(opened, here, "rejected"))
        usable = all(_usable(folder) for folder in (box.here, box.done, box.rejected))
    except OSError:
        usable = False
    if not usable:
        reason = _(
            "Không đọc hoặc không ghi được thư mục giao nộp %(path)s. "
            "Tài khoản chạy bộ xử lý cần quyền đọc, ghi trên thư mục này (không phải liên kết), done và rejected trong đó."
        )
        raise FolderError(reason % {"path": path})
    return box


def _inside(opened: ExitStack, above: int, name: str) -> int:
    """The folder of this name; one that is made may be used by whoever may use the one above it."""
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=above)
        made = _kept(opened, os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=above))
        os.fchmod(made, stat.S_IMODE(os.fstat(above).st_mode))
        os.fsync(above)
        return made
    return _kept(opened, os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=above))


def _kept(opened: ExitStack, descriptor: int) -> int:
    opened.callback(os.close, descriptor)
    return descriptor


def _usable(folder: int) -> bool:
    return os.access(".", os.R_OK | os.W_OK | os.X_OK, dir_fd=folder, effective_ids=True)


def _entry(name: str, found: os.stat_result) -> Entry:
    return Entry(name, stat.S_ISREG(found.st_mode), found.st_size, _moment(found.st_mtime), _moment(found.st_ctime))


def _moment(seconds: float) -> datetime:
    """A time no calendar has is the earliest there is."""
    try:
        return datetime.fromtimestamp(seconds, VIETNAM)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, VIETNAM)


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _write(folder: int, name: str, content: bytes) -> None:
    """Under a hidden name first; what a killed attempt left there is thrown away."""
    unfinished = f".{name}"
    with suppress(FileNotFoundError):
        os.unlink(unfinished, dir_fd=folder)
    made = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOT_FOLLOWED, REPORT_MODE, dir_fd=folder)
    with open(made, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(made)
    os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
