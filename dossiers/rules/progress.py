"""Progress events (CapNhatTienDoHoSoMC): each says only that a known dossier reached a status at a moment.

They become an ordinary row, what is known with the newer cells laid over it, so one judge serves both.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from dossiers.rules.cells import DATE_MARK, MomentError, moment, shown
from dossiers.rules.facts import REJECT, Cells, Facts, Issue
from dossiers.rules.status import OPEN, STOPPED, parse_status
from worktime.rules import end_of_day, in_vietnam

# Which date of a dossier an event of this status gives.
GIVES = {3: "refused", 7: "finished", 8: "finished", 9: "finished", 10: "returned"}


def event_issue(event: Cells) -> Issue | None:
    """Why an event cannot be used, or None."""
    if parse_status(shown(event.status)) is None:
        return Issue(REJECT, "status", shown(event.status), "status_unknown", {})
    try:
        moment(event.event_at or " ")
    except MomentError as bad:
        return Issue(REJECT, "event_at", shown(event.event_at), bad.reason, {})
    return None


def laid_over(known: Facts, agency_code: str, events: Iterable[Cells]) -> Cells | None:
    """The row the events make of what is known; None when none of them is newer. Events must have no issue."""
    since = _latest(known)
    course = sorted((moment(event.event_at).at, event) for event in events)
    newer = [(at, event) for at, event in course if since is None or at >= since]
    if not newer:
        return None
    row, opened = _cells(known, agency_code), known.stopped_at
    stops: dict[datetime, tuple[datetime | None, str]] = {}
    for at, event in newer:
        status = parse_status(shown(event.status))
        row = row._replace(status=event.status, officer=event.officer or row.officer)
        if status in GIVES:
            row = row._replace(**{GIVES[status]: _marked(at)})
        elif status in STOPPED:
            opened = opened or at
            stops[opened] = (None, "supplement" if status == 5 else "financial")
        elif status in OPEN and opened:
            kind = stops[opened][1] if opened in stops else next(stop.kind for stop in known.stops if stop.start == opened)
            stops[opened], opened = (at, kind), None
    listed = [[_iso(start), _iso(end) if end else "", "", "", kind] for start, (end, kind) in stops.items()]
    return row._replace(stops=json.dumps(listed) if listed else "")


def _latest(known: Facts) -> datetime | None:
    """The newest moment of the dossier's course that is known; what happened before it is in the facts already."""
    bounds = [bound for stop in known.stops if not stop.assumed for bound in (stop.start, stop.end)]
    return max((at for at in (known.ended_at, known.returned_at, *bounds) if at), default=None)


def _cells(known: Facts, agency_code: str) -> Cells:
    return Cells(
        code=known.code,
        procedure_code=known.procedure_code,
        procedure_name=known.procedure_name,
        field=known.field,
        agency_code=agency_code,
        applicant=known.applicant,
        channel={"in_person": "1", "online": "2", "post": "3"}.get(known.channel, ""),
        received=_marked(known.received_at),
        promised=_marked(known.promised_due),
        returned=_marked(known.returned_at),
        officer=known.officer,
        note=known.note,
        extension_no=known.extension_no,
        extension_on=f"{DATE_MARK}{known.extension_on.isoformat()}" if known.extension_on else "",
    )


def _marked(at: datetime | None) -> str:
    """As a spreadsheet's own date; a promise that ends with its day is a date alone."""
    if at is None:
        return ""
    local = in_vietnam(at).replace(microsecond=0)
    return f"{DATE_MARK}{local.date().isoformat()}" if local == end_of_day(local.date()) else f"{DATE_MARK}{_iso(local)}"


def _iso(at: datetime) -> str:
    return in_vietnam(at).isoformat()
