"""Handing files over as a sender does, and looking at what became of them."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from deliveries.services.folders import boxes_open
from deliveries.services.pickup import Round, deliveries_pick_up
from tests.factories.intake import NOW, csv_file, row

MINUTE = timedelta(minutes=1)
NAMED = "so-20221107-1700.csv"  # describes AS_OF of the intake's factories


def make_content(*numbers: int, **changes: str) -> bytes:
    return csv_file([row(number, **changes) for number in numbers or (1,)]).getvalue()


@dataclass(frozen=True, slots=True)
class Drops:
    root: Path

    def folder(self, system: str = "old", kind: str = "full") -> Path:
        with boxes_open(self.root):
            pass
        return self.root / system / kind

    def hand_over(
        self,
        name: str | bytes = NAMED,
        content: bytes | None = None,
        *,
        system: str = "old",
        kind: str = "full",
        written: datetime = NOW - MINUTE,
    ) -> Path:
        """A file as it lies there when its sender has gone."""
        path = self.folder(system, kind) / os.fsdecode(name)
        path.write_bytes(make_content() if content is None else content)
        os.utime(path, (written.timestamp(), written.timestamp()))
        return path

    def pick_up(self, now: datetime = NOW) -> Round:
        """A round in which nothing went wrong."""
        found = deliveries_pick_up(now=now)
        found.raise_faults()
        return found

    def lying(self, where: str = "old/full") -> list[str]:
        """Names of the files in a folder."""
        return sorted(path.name for path in (self.root / where).iterdir() if not path.is_dir() or path.is_symlink())

    def answer(self, put: str) -> dict[str, Any]:
        """The report beside a file that was put away."""
        told: dict[str, Any] = json.loads((self.root / f"{put}.ket-qua.json").read_text())
        return told

    def text(self, put: str) -> str:
        return (self.root / f"{put}.ket-qua.txt").read_text()
