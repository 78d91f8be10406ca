"""A planned dossier from receipt to return, what its system shows of it at any moment, and whether it is then overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.world import Matter, Unit

REGISTERED, RECEIVED, REFUSED, PROCESSING, SUPPLEMENT, FINANCIAL, WITHDRAWN, HALTED, FINISHED, RETURNED = range(1, 11)
HOURLY = ("hour", "working_hour")


@dataclass(slots=True)
class Life:
    """All moments are Vietnam time. ``registered``: handed in online before it was received, when that was earlier.

    ``*_recorded`` is when the system learnt of it, if later than it happened.
    ``due``: promised at receipt; ``due_after``: promised once the stop has ended; ``moved``: (recorded, new promise).
    ``silent``: the system writes no promised date; the due dates above are then only ours. ``lost``: from then on full
    extracts no longer hold the dossier. ``noted``: when the note was written; None with the end.
    """

    system: str
    code: str
    unit: Unit
    matter: Matter
    channel: str
    applicant: str
    officer: str
    received: datetime
    due: datetime
    registered: datetime | None = None
    started: datetime | None = None
    stop_kind: int = 0
    stop_start: datetime | None = None
    stop_end: datetime | None = None
    due_after: datetime | None = None
    moved: tuple[datetime, datetime] | None = None
    extension: str = ""
    end_status: int = 0
    ended: datetime | None = None
    end_recorded: datetime | None = None
    returned: datetime | None = None
    note: str = ""
    noted: datetime | None = None
    silent: bool = False
    lost: datetime | None = None

    def events(self) -> Iterator[datetime]:
        """When the system's record of the dossier changed."""
        recorded = self.end_recorded or self.ended
        moved = self.moved[0] if self.moved else None
        for moment in (
            self.registered,
            self.received,
            self.started,
            self.stop_start,
            self.stop_end,
            self.noted,
            moved,
            recorded,
            self.returned,
        ):
            if moment is not None:
                yield moment

    def end_known(self, at: datetime) -> bool:
        recorded = self.end_recorded or self.ended
        return recorded is not None and recorded <= at

    def open_at(self, at: datetime) -> bool:
        """Handed in and, as far as the system knows, not ended."""
        return (self.registered or self.received) <= at and not self.end_known(at)

    def lost_at(self, at: datetime) -> bool:
        return self.lost is not None and self.lost <= at

    def stopped(self, at: datetime) -> bool:
        return self.stop_start is not None and self.stop_start <= at and (self.stop_end is None or at < self.stop_end)

    def promise(self, at: datetime) -> datetime:
        if self.moved and self.moved[0] <= at:
            return self.moved[1]
        if self.due_after and self.stop_end and self.stop_end <= at:
            return self.due_after
        return self.due

    def status(self, at: datetime) -> int:
        """The national status code the system shows."""
        if at < self.received:
            return REGISTERED
        if self.end_known(at):
            return RETURNED if self.returned and self.returned <= at else self.end_status
        if self.stopped(at):
            return self.stop_kind
        return PROCESSING if self.started and self.started <= at else RECEIVED


def overdue(life: Life, day: date, known: datetime) -> bool:
    """Whether the dossier is overdue at the end of ``day`` by what its system had shown by ``known``: the demo's own count.

    Written from the plan's side, apart from the rules the product applies, so that the two can be compared.
    """
    if life.received > known or life.received.date() > day or life.end_status == REFUSED:
        return False
    if life.end_known(known) and life.ended is not None and life.ended.date() <= day:
        return False
    due = life.promise(known).date()
    first = due if life.matter.limit is not None and life.matter.limit.unit in HOURLY else due + timedelta(days=1)
    halted = life.stopped(known) and life.stop_start is not None and life.stop_start.date() < first
    return first <= day and not halted
