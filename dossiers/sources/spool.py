"""Rows put aside: cells that the file itself does not hold as they are, for whoever asks for them later."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO

from dossiers.rules.facts import Cells
from dossiers.sources.base import Places, Records, Source, packed, unpacked

_CODE = Cells._fields.index("code")


class Spool:
    """The rows of any source, their cells in a file of our own."""

    def __init__(self, source: Source, file: BinaryIO) -> None:
        self._source, self._file, self._places = source, file, Places()
        self.layout = " ".join(sorted(source.shape.columns))

    def records(self) -> Iterator[Records]:
        end = 0
        for block in self._source.blocks():
            words = packed(block.cells)
            self._file.write(b"".join(words))
            bounds = list(accumulate(map(len, words), initial=end))
            end = bounds[-1]
            self._places.note(block.lines, bounds)
            yield Records(block.lines, [cells[_CODE] for cells in block.cells], words)

    def cells(self, lines: Sequence[int]) -> Sequence[Sequence[str]]:
        return [unpacked(self._at(*self._places[line])) for line in lines]

    def _at(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(end - start)
