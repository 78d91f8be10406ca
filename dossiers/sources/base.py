"""What every export format becomes: rows of the same columns, text as the file has it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dossiers.rules.facts import Cells

SEPARATOR = "\x1f"  # between the cells of a row while it waits in the database


class SourceError(Exception):
    """The file as a whole cannot be taken; the sentence is written in dossiers/messages.py from reason and parameters."""

    def __init__(self, reason: str, **parameters: str) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters


class RawRow(NamedTuple):
    """``line`` is where a person finds the row: the sheet's row, the text file's line, the list's item number."""

    line: int
    cells: Cells


class Note(NamedTuple):
    """Something to tell about the file as a whole. ``kind``: repair or warning."""

    kind: str
    reason: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a recognised shape. ``total``: about how many rows.

    ``columns``: which of ours the file has; of the others its rows say nothing. ``labels``: how a person knows our columns,
    by the file's own word where it has one.
    ``rows`` reads from the beginning each time it is called, one row after another.
    """

    shape: str
    rows: Callable[[], Iterator[RawRow]]
    total: int
    columns: frozenset[str]
    labels: Mapping[str, str]
    header_line: int | None = None
    progress_only: bool = False
    notes: tuple[Note, ...] = ()


def packed(cells: Cells) -> str:
    """A row as one text, to be taken apart by the separator again."""
    text = SEPARATOR.join(cells)
    if "\0" in text or text.count(SEPARATOR) >= len(cells):
        text = SEPARATOR.join(storable(cell) for cell in cells)
    return text


def unpacked(text: str) -> Cells:
    return Cells._make(text.split(SEPARATOR))


def storable(text: str) -> str:
    """Characters PostgreSQL cannot keep become U+FFFD, which the judge then refuses by name; nothing vanishes silently."""
    if "\0" in text or SEPARATOR in text:
        text = text.replace("\0", "\ufffd").replace(SEPARATOR, "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON escapes can spell
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
