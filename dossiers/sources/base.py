"""What every export format becomes: rows of the same columns, text as the file has it."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Protocol

from dossiers.rules.cells import MARKS
from dossiers.rules.facts import Cells

SEPARATOR = "\x1f"  # between the cells of a row while it waits to be judged
ROWS = 1_000  # of a block


class SourceError(Exception):
    """The file as a whole cannot be taken; the sentence is written in dossiers/messages.py from reason and parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters


# Several sheets are read as one list: the lines of the second begin here, those of the third at twice this, and so on.
SHEET_LINES = 10_000_000


class RawRow(NamedTuple):
    """``line`` is where a person finds the row: the sheet's row, the text file's line, the list's item number."""

    line: int
    cells: Cells


class Block(NamedTuple):
    """Rows that follow one another, handled together because every step taken for one row alone costs a whole import.

    ``cells``: of each row, in the order of ``Cells``.
    """

    lines: Sequence[int]
    cells: Sequence[Sequence[str]]


class Records(NamedTuple):
    """Rows that follow one another, as they are told apart. ``codes``: as written; ``words``: by which each is known again."""

    lines: Sequence[int]
    codes: Sequence[str]
    words: Sequence[bytes]


class RecordSource(Protocol):
    """Rows told apart first, of which only those that are news are taken apart. ``layout`` tells what their words mean."""

    layout: str

    def records(self) -> Iterator[Records]:
        """All rows, some at a time; their lines rise."""
        ...

    def cells(self, lines: Sequence[int]) -> Sequence[Sequence[str]]:
        """Of the rows told so far that have these lines, in this order; each row's in the order of ``Cells``."""
        ...


class Places:
    """From where to where each row stands, by its line."""

    def __init__(self) -> None:
        self._lines, self._starts, self._ends = array("q"), array("q"), array("q")

    def note(self, lines: Sequence[int], bounds: Sequence[int]) -> None:
        """Rows that stand one after another; ``bounds`` has one more than they are."""
        self._lines.extend(lines)
        self._starts.extend(bounds[:-1])
        self._ends.extend(bounds[1:])

    def __getitem__(self, line: int) -> tuple[int, int]:
        found = bisect_left(self._lines, line)
        return self._starts[found], self._ends[found]


class Note(NamedTuple):
    """Something to tell about the file as a whole. ``kind``: repair or warning."""

    kind: str
    reason: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file is. ``total``: about how many rows.

    ``columns``: which of ours the file has; of the others its rows say nothing. ``labels``: how a person knows our columns,
    by the file's own word where it has one.
    """

    name: str
    total: int
    columns: frozenset[str]
    labels: Mapping[str, str]
    header_line: int | None = None
    progress_only: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a recognised shape. ``blocks`` reads from the beginning each time it is called.

    ``lines``: the quick way, where a row can be told apart by its own line.
    """

    shape: Shape
    blocks: Callable[[], Iterator[Block]]
    lines: RecordSource | None = None

    def rows(self) -> Iterator[RawRow]:
        return (RawRow(line, Cells._make(cells)) for block in self.blocks() for line, cells in zip(*block, strict=True))


def in_blocks(rows: Iterable[RawRow]) -> Iterator[Block]:
    rows = iter(rows)
    while some := list(islice(rows, ROWS)):
        yield Block(*zip(*some, strict=True))


def packed(rows: Sequence[Sequence[str]]) -> list[bytes]:
    """Each row as one text, to be taken apart by the separator again."""
    texts = [text.encode() for text in map(SEPARATOR.join, rows)]
    together = b"".join(texts)
    if b"\0" in together or together.count(_MARK) > len(rows) * (len(Cells._fields) - 1):
        texts = [SEPARATOR.join(map(storable, row)).encode() for row in rows]
    return texts


def unpacked(text: bytes) -> Cells:
    return Cells._make(text.decode().split(SEPARATOR))


def unmarked(text: str) -> str:
    """A text as a file may say it: it cannot set our marks, and one in front becomes U+FFFD, which the judge refuses by name."""
    return f"\ufffd{text[1:]}" if text[:1] in MARKS else text


def storable(text: str) -> str:
    """Characters PostgreSQL cannot keep become U+FFFD, which the judge then refuses by name; nothing vanishes silently."""
    if "\0" in text or SEPARATOR in text:
        text = text.replace("\0", "\ufffd").replace(SEPARATOR, "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON escapes can spell
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


_MARK = SEPARATOR.encode()
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def escaped(text: str) -> str:
    """A text as COPY's text format wants it."""
    return text.translate(_ESCAPES) if "\\" in text or "\n" in text or "\r" in text or "\t" in text else text
