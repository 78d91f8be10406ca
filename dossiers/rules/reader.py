"""Reads the cells of one row and gathers what there is to say about them, so that one look names everything wrong."""

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter

from dossiers.rules.cells import Moment, MomentError, clean, has_forbidden, moment, plain, shown
from dossiers.rules.facts import REJECT, REPAIR, WARNING, Cells, Issue

# The most characters each column holds; texts without a limit of their own share the last.
LIMITS = {"code": 60, "procedure_code": 60, "field": 120, "applicant": 250, "officer": 250, "extension_no": 100}
LONGEST = 10_000
DATES = frozenset(
    {"received", "promised", "finished", "returned", "refused", "stop_from", "stop_to", "stops", "extension_on", "event_at"}
)
_texts = itemgetter(*(place for place, column in enumerate(Cells._fields) if column not in DATES))


class Reader:
    """Each cell as clean text or as a moment; ``issues`` say what was refused, repaired or doubted.

    ``kept``: cells the file does not have, filled from what is known. Doubts about them were told when they came in.
    """

    def __init__(self, cells: Cells, kept: Mapping[str, str]) -> None:
        self.cells = cells = cells._replace(**kept) if kept else cells
        self._kept = kept
        # One look at all texts together: nearly always there is nothing to put in order in any of them.
        texts = "|".join(_texts(cells))
        self._tidy = plain(texts) and " |" not in texts and "| " not in texts
        self.issues: list[Issue] = []
        self.rejected = False

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

    def text(self, column: str) -> str:
        text: str = getattr(self.cells, column)
        if not self._tidy:
            text = self._cleaned(column, shown(text))
        limit = LIMITS.get(column, LONGEST)
        if len(text) > limit:
            self.reject(column, "too_long", limit=str(limit))
        return text

    def _cleaned(self, column: str, raw: str) -> str:
        if plain(raw):
            return raw
        if has_forbidden(raw):
            self.reject(column, "control_character")
            return ""
        text = clean(raw)
        self.repair(column, "text_cleaned", text=text)
        return text

    def moment(self, column: str) -> Moment | None:
        cell = getattr(self.cells, column)
        if not cell:
            return None
        try:
            found = moment(cell)
        except MomentError as bad:
            if clean(shown(cell)):
                self.reject(column, bad.reason)
            return None
        if found.repaired:
            self.repair(column, found.repaired, text=f"{found.at:%d/%m/%Y}" if found.date_only else f"{found.at:%d/%m/%Y %H:%M}")
        return found

    def at(self, column: str) -> datetime | None:
        found = self.moment(column)
        return found.at if found else None
