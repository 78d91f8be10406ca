"""What a row leaves unsaid: a column its source does not have keeps what is known; an empty cell of one it has means empty.

What is known is written back into cells, so that one judge reads both and every derived date follows from the whole.
"""

from collections.abc import Callable, Mapping, Set
from datetime import datetime

from dossiers.rules.cells import DATE_MARK, shown
from dossiers.rules.facts import NO_FIELD, Cells, Facts
from dossiers.rules.status import ENDED, parse_status
from worktime.rules import DAY_END, in_vietnam

_CHANNEL_CODES = {"in_person": "1", "online": "2", "post": "3"}
# Stops are not among them: clock_stops.course joins those of the row with those known.
_CELLS: Mapping[str, Callable[[Facts], str]] = {
    "procedure_code": lambda known: known.procedure_code,
    "procedure_name": lambda known: known.procedure_name,
    "field": lambda known: known.field if known.field != NO_FIELD else "",
    "applicant": lambda known: known.applicant,
    "channel": lambda known: _CHANNEL_CODES.get(known.channel, ""),
    "received": lambda known: date_cell(known.received_at),
    "promised": lambda known: date_cell(known.promised_due),
    "finished": lambda known: _end_cell(known),
    "returned": lambda known: date_cell(known.returned_at),
    "refused": lambda known: _end_cell(known),
    "officer": lambda known: known.officer,
    "note": lambda known: known.note,
    "extension_no": lambda known: known.extension_no,
    "extension_on": lambda known: f"{DATE_MARK}{known.extension_on.isoformat()}" if known.extension_on else "",
}
_ENDS = frozenset({"finished", "returned", "refused"})
_OF_PROCEDURE = frozenset({"procedure_name", "field"})


def kept(cells: Cells, known: Facts, unsaid: Set[str]) -> dict[str, str]:
    """What is known of the columns left unsaid, but nothing that the row's own word has overtaken."""
    gone: set[str] = {"refused"} if cells.finished else set()
    if known.ended_at and parse_status(shown(cells.status)) not in ENDED:
        gone |= _ENDS  # it was taken back
    if cells.procedure_code and national_code(cells.procedure_code) != national_code(known.procedure_code):
        gone |= _OF_PROCEDURE
    stated = {column: _CELLS[column](known) for column in (_CELLS.keys() & unsaid) - gone if not getattr(cells, column)}
    return {column: cell for column, cell in stated.items() if cell}


def national_code(code: str) -> str:
    """The national part of a procedure's local code: 1.001193 of 1.001193.000.00.00.H34."""
    return ".".join(code.split(".")[:2])


def _end_cell(known: Facts) -> str:
    """The end, unless it is the day of return by another name: then the row's own date of return decides."""
    return date_cell(known.ended_at) if known.ended_at != known.returned_at else ""


def date_cell(at: datetime | None) -> str:
    """As a spreadsheet's own date; the end of a day is that day."""
    if at is None:
        return ""
    local = in_vietnam(at)
    return f"{DATE_MARK}{local.date() if local.time() == DAY_END else local.isoformat()}"
