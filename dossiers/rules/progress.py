"""Progress events (CapNhatTienDoHoSoMC): each says only that a known dossier reached a status at a moment.

They become an ordinary row of a source that has few columns, so one judge serves both.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from dossiers.rules.cells import MomentError, moment, shown
from dossiers.rules.facts import REJECT, Cells, Facts, Issue
from dossiers.rules.kept import date_cell
from dossiers.rules.status import OPEN, STOPPED, parse_status
from worktime.rules import in_vietnam

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


def told(known: Facts, events: Iterable[Cells]) -> Cells | None:
    """What the events tell that is not known yet, as one row; None when none of them is newer. Events must have no issue."""
    since = _latest(known)
    course = sorted((moment(event.event_at).at, event) for event in events)
    newer = [(at, event) for at, event in course if since is None or at >= since]
    if not newer:
        return None
    row, opened = Cells(code=known.code), known.stopped_at
    stops: dict[datetime, tuple[datetime | None, str]] = {}
    for at, event in newer:
        status = parse_status(shown(event.status))
        row = row._replace(status=event.status, officer=event.officer or row.officer)
        if status in GIVES:
            row = row._replace(**{GIVES[status]: date_cell(at)})
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


def _iso(at: datetime) -> str:
    return in_vietnam(at).isoformat()
