"""The shapes a row passes through: cells of the file, what is known already, and the facts it states."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from dossiers.rules.clock_stops import ClockStop
from dossiers.rules.deadlines import TimeLimit

REJECT, REPAIR, WARNING = "reject", "repair", "warning"
NO_FIELD = "Chưa rõ lĩnh vực"


class Cells(NamedTuple):
    """One source row in our columns, every cell as the file has it ("" when the file has no such column)."""

    code: str = ""
    procedure_code: str = ""
    procedure_name: str = ""
    field: str = ""
    agency: str = ""
    agency_code: str = ""
    receiver: str = ""
    applicant: str = ""
    channel: str = ""
    received: str = ""
    promised: str = ""
    finished: str = ""
    returned: str = ""
    refused: str = ""
    status: str = ""
    officer: str = ""
    note: str = ""
    stop_from: str = ""
    stop_to: str = ""
    stops: str = ""  # JSON list of [from, to, due before, due after, kind] when the source lists every stop
    extension_no: str = ""
    extension_on: str = ""
    event_at: str = ""  # progress rows only: when the status was reached
    extra: str = ""  # cells beyond the header: the row is out of step with its columns


class Issue(NamedTuple):
    """``column`` is one of ``Cells``; the sentence is written from reason and parameters in dossiers/messages.py."""

    kind: str
    column: str
    value: str
    reason: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class ProcedureRule:
    """What the judge needs of a procedure; ``limit`` is None when the law or the list states none."""

    id: int
    code: str
    name: str
    field: str
    limit: TimeLimit | None
    policy: str = "pause"
    cutoff: time | None = None
    financial_stops: bool = True


@dataclass(slots=True)
class Facts:
    """One dossier as one row states it, typed; the fields of ``models.DossierFacts`` that a row decides."""

    code: str
    agency_id: int
    procedure_id: int | None
    procedure_code: str
    procedure_name: str
    field: str
    applicant: str
    officer: str
    channel: str
    status: int
    note: str
    received_at: datetime | None
    received_on: date | None
    promised_due: datetime | None
    computed_due: datetime | None
    original_due: datetime | None
    effective_due: datetime | None
    due_on: date | None
    overdue_from: date | None
    due_differs: bool
    stopped_at: datetime | None
    stopped_on: date | None
    stops: tuple[ClockStop, ...]
    extension_no: str
    extension_on: date | None
    ended_at: datetime | None
    ended_on: date | None
    returned_at: datetime | None


@dataclass(slots=True)
class Judgement:
    """``facts`` is None when an issue rejects the row, or it is no dossier's row at all."""

    facts: Facts | None
    issues: list[Issue] = field(default_factory=list)
