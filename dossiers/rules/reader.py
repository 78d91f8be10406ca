"""Reads the cells of one row and gathers what there is to say about them, so that one look names everything wrong."""

from collections.abc import Mapping
from datetime import datetime
from operator import gt, itemgetter

from dossiers.rules.cells import DATE_MARK, ERROR_MARK, Moment, MomentError, clean, has_forbidden, moment, plain, shown
from dossiers.rules.date_columns import DAY_FIRST, DateColumns, reads_both_ways
from dossiers.rules.facts import REJECT, REPAIR, WARNING, Cells, Issue
from dossiers.rules.legacy_text import SUSPICIOUS, modern

# Columns read as text, and the most characters each holds.
LIMITS = {
    "code": 60,
    "procedure_code": 60,
    "procedure_name": 10_000,
    "field": 120,
    "agency": 10_000,
    "agency_code": 10_000,
    "receiver": 10_000,
    "applicant": 250,
    "channel": 10_000,
    "status": 10_000,
    "officer": 250,
    "note": 10_000,
    "extension_no": 100,
}
_texts = itemgetter(*map(Cells._fields.index, LIMITS))
_limits = tuple(LIMITS.values())


def _in_order(cells: Cells) -> bool:
    """Whether no text of the row needs a touch: nearly always none does, and one look at all together is quick."""
    texts = _texts(cells)
    together = "|".join(texts)
    if not plain(together) or " |" in together or "| " in together or any(map(gt, map(len, texts), _limits)):
        return False
    return together.isascii() or not SUSPICIOUS.search(together)


class Reader:
    """``texts``: the row with its texts put in order; dates are read on demand. ``issues``: what was refused, repaired, doubted.

    ``kept``: cells the file does not have, filled from what is known. Doubts about them were told when they came in.
    ``near``: about when the file was made; ``dates``: how its columns write dates.
    """

    def __init__(self, cells: Cells, kept: Mapping[str, str], *, near: datetime, dates: DateColumns = DAY_FIRST) -> None:
        self.cells = cells = cells._replace(**kept) if kept else cells
        self._kept, self._near, self._dates = kept, near, dates
        self.issues: list[Issue] = []
        self.rejected = False
        self.texts = cells if _in_order(cells) else cells._replace(**{column: self._text(column) for column in LIMITS})

    def reject(self, column: str, reason: str, **parameters: str) -> None:
        self.rejected = True
        self._say(REJECT, column, reason, parameters)

    def warn(self, column: str, reason: str, **parameters: str) -> None:
        self._say(WARNING, column, reason, parameters)

    def repair(self, column: str, reason: str, **parameters: str) -> None:
        self._say(REPAIR, column, reason, parameters)

    def _say(self, kind: str, column: str, reason: str, parameters: dict[str, str]) -> None:
        if kind == REJECT or column not in self._kept:
            self.issues.append(Issue(kind, column, shown(getattr(self.cells, column)), reason, parameters))

    def _text(self, column: str) -> str:
        cell: str = getattr(self.cells, column)
        text = shown(cell)
        if cell[:1] == ERROR_MARK:
            self.reject(column, "cell_error")
            return ""
        if has_forbidden(text):
            self.reject(column, "control_character")
            return ""
        if column != "code" and not text.isascii() and (found := modern(text)):
            if not found.kind:
                self.reject(column, "text_undecided")
                return ""
            text = found.text
            self.repair(column, f"text_{found.kind}", text=text)
        if not plain(text):
            text = clean(text)
            self.repair(column, "text_cleaned", text=text)
        if len(text) > LIMITS[column]:
            self.reject(column, "too_long", limit=str(LIMITS[column]))
        return text

    def moment(self, column: str) -> Moment | None:
        return self.read(column, getattr(self.cells, column))

    def read(self, column: str, cell: str) -> Moment | None:
        """The moment a cell means that is the column's own, or a part of it."""
        if not cell:
            return None
        if column in self._dates.swapped and cell[0] == DATE_MARK:
            self.reject(column, "date_swapped")
            return None
        if column in self._dates.mixed and reads_both_ways(cell):
            self.reject(column, "date_mixed")
            return None
        try:
            found = moment(cell, self._near, month_first=column in self._dates.month_first)
        except MomentError as bad:
            if clean(shown(cell)):
                self.reject(column, bad.reason)
            return None
        if found.repaired:
            self.repair(column, found.repaired, text=f"{found.at:%d/%m/%Y}" if found.date_only else f"{found.at:%d/%m/%Y %H:%M}")
        return found

    def at(self, column: str) -> datetime | None:
        if not getattr(self.cells, column):
            return None
        found = self.moment(column)
        return found.at if found else None
