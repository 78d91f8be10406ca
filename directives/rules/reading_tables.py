"""Tables of figures: a row per unit, a column per system. Cells come with bars between them, or bare as a PDF's text has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from directives.rules.reading_found import Figure, System
from directives.rules.reading_outline import BARE_COLUMN, BARE_HEADING, BARRED
from directives.rules.reading_terms import FINISHED
from directives.rules.reading_terms import late as tells_late
from directives.rules.reading_text import DAY, Page, Part, day_of, rx

Column = Literal["old", "new", "other"]
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_CELL_NUMBER = re.compile(rf"(?:{_NUMBER})$")
_SYSTEM_CELL = rx(r"(?:^|\s|\()(?P<system>cũ|mới)\)?\s*$", re.IGNORECASE)
_BARE_ROW = rx(rf"(?:\d{{1,3}}\.? )?(?P<unit>[^\W\d_][^\d|]*?) (?P<numbers>(?:{_NUMBER})(?: (?:{_NUMBER}))*)\s*$")
_SUM = rx(r"(?:tổng|cộng|toàn tỉnh)", re.IGNORECASE)
_DATED = rx(DAY)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    part: Part


class Table:
    """Remembers the columns of the table being read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.columns: dict[int, Column] = {}
        self.bare: tuple[Column, ...] = ()
        self.finished: set[int] = set()
        self.late = False
        self.as_of: date | None = None

    def row(self, part: Part, *, as_of: date | None, late: bool) -> list[Figure] | None:
        """The figures of a row, headings included (none); None when the paragraph belongs to no table.

        ``as_of``, ``late``: what the running text above told, unless the table's own heading says.
        """
        words = self.page.words(part)
        if BARRED.search(words):
            return self._barred(part, as_of, late)
        if self.bare and (found := _BARE_ROW.fullmatch(words)):
            return self._bare(part, found, as_of, late)
        self._leave()
        if heading := BARE_HEADING.search(words):
            self.bare = tuple(_column(name) for name in rx(BARE_COLUMN, re.IGNORECASE).findall(heading[0]))
        return None

    def _leave(self) -> None:
        self.columns, self.finished, self.bare, self.late, self.as_of = {}, set(), (), False, None

    def _barred(self, part: Part, as_of: date | None, late: bool) -> list[Figure]:
        cells = list(self._cells(part))
        numbers = {place: cell for place, cell in enumerate(cells) if _CELL_NUMBER.match(cell.text) and place in self.columns}
        if not numbers:
            self._heading(cells)
            return []
        unit = next((cell for cell in cells if re.search(r"[^\W\d_]", cell.text)), None)
        if unit is None or _SUM.match(unit.text) or not (late or self.late):
            return []
        return [
            self._figure(part, unit.part, cell.part, system, as_of)
            for place, cell in numbers.items()
            if (system := self.columns[place]) != "other"
        ]

    def _cells(self, part: Part) -> Iterator[_Cell]:
        start = part.start
        for place in [found.start() for found in re.finditer(r"\|", self.page.words(part))] + [part.end - part.start]:
            end = part.start + place
            yield _Cell(" ".join(self.page.text[start:end].split()), Part(start, end))
            start = end + 1

    def _heading(self, cells: list[_Cell]) -> None:
        """A row of names. A cell over several columns stands before empty ones; what is finished, though late, is no backlog."""
        over = ""
        for place, cell in enumerate(cells):
            over = cell.text or over
            self.late = self.late or tells_late(cell.text)
            if dated := _DATED.search(cell.text):
                self.as_of = day_of(dated)
            if FINISHED.search(over):
                self.finished.add(place)
            if cell.text:
                self.columns[place] = "other" if place in self.finished else _column(cell.text)

    def _bare(self, part: Part, found: re.Match[str], as_of: date | None, late: bool) -> list[Figure]:
        numbers = list(re.finditer(_NUMBER, found["numbers"]))
        if len(numbers) != len(self.bare) or _SUM.match(found["unit"]) or not late:
            return []
        unit, first = Part(part.start + found.start("unit"), part.start + found.end("unit")), part.start + found.start("numbers")
        return [
            self._figure(part, unit, Part(first + number.start(), first + number.end()), system, as_of)
            for number, system in zip(numbers, self.bare, strict=True)
            if system != "other"
        ]

    def _figure(self, row: Part, unit: Part, number: Part, system: System, as_of: date | None) -> Figure:
        words = self.page.piece(number.start, number.end)
        return Figure(
            words=words,
            value=int(words.text.replace(".", "")),
            unit=self.page.piece(unit.start, unit.end),
            system=system,
            as_of=self.as_of or as_of,
            sentence=self.page.piece(row.start, row.end).text,
        )


def _column(name: str) -> Column:
    found = _SYSTEM_CELL.search(name)
    if not found:
        return "other"
    return "old" if found["system"].lower() == "cũ" else "new"
