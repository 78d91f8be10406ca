"""Progress events (CapNhatTienDoHoSoMC): each says only that a known dossier reached a status at a moment.

They become an ordinary row of a source that has few columns, so one judge serves both.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from dossiers.rules.cells import MomentError, moment, shown
from dossiers.rules.clock_stops import ClockStop
from dossiers.rules.facts import REJECT, Cells, Facts, Issue
from dossiers.rules.kept import date_cell
from dossiers.rules.status import OPEN, STOP_KINDS, status_meant
from worktime.rules import in_vietnam

# Which date of a dossier an event of this status gives.
GIVES = {3: "refused", 7: "finished", 8: "finished", 9: "finished", 10: "returned"}


def event_issue(event: Cells, taught: Mapping[str, int]) -> Issue | None:
    """Why an event cannot be used, or None. ``taught``: what its system's words mean besides the usual ones."""
    if status_meant(shown(event.status), taught) is None:
        return Issue(REJECT, "status", shown(event.status), "status_unknown", {})
    try:
        moment(event.event_at or " ")
    except MomentError as bad:
        return Issue(REJECT, "event_at", shown(event.event_at), bad.reason, {})
    return None


def told(known: Facts, events: Iterable[Cells], taught: Mapping[str, int]) -> Cells | None:
    """What the events tell that is not known yet, as one row; None when none of them is newer. Events must have no issue."""
    since = _latest(known)
    course = sorted(((moment(event.event_at).at, event) for event in events), key=itemgetter(0))  # of one moment: as listed
    newer = [(at, event) for at, event in course if since is None or at >= since]
    if not newer:
        return None
    row, stops = Cells(code=known.code), _Stops(known)
    for at, event in newer:
        status = status_meant(shown(event.status), taught)
        row = row._replace(status=event.status, officer=event.officer or row.officer)
        if status in GIVES:
            row = row._replace(**{GIVES[status]: date_cell(at)})
        elif status in STOP_KINDS:
            stops.stand(at, STOP_KINDS[status])
        elif status in OPEN:
            stops.run(at)
    return row._replace(stops=stops.as_cell())


class _Stops:
    """The stops that events begin and end, starting from the one that is known to last."""

    def __init__(self, known: Facts) -> None:
        self.ended: list[ClockStop] = []
        lasting = (stop for stop in known.stops if stop.end is None and stop.start == known.stopped_at)
        self.lasting = self.known = next(lasting, None)

    def stand(self, at: datetime, kind: str) -> None:
        """The clock stands from here. A stop whose start was only assumed gets its own; another kind is another stop."""
        if self.lasting and self.lasting.kind == kind:
            if not self.lasting.assumed or at >= self.lasting.start:
                return
        else:
            self.run(at)
        self.lasting = ClockStop(at, None, kind)

    def run(self, at: datetime) -> None:
        """It runs again."""
        if self.lasting:
            self.ended.append(replace(self.lasting, end=max(at, self.lasting.start)))
            self.lasting = None

    def as_cell(self) -> str:
        """What the events changed, as ``Cells.stops``."""
        stops = [*self.ended, self.lasting] if self.lasting and self.lasting != self.known else self.ended
        listed = [[_iso(stop.start), _iso(stop.end) if stop.end else "", "", "", stop.kind] for stop in stops]
        return json.dumps(listed) if listed else ""


def _latest(known: Facts) -> datetime | None:
    """The newest moment of the dossier's course that is known; what happened before it is in the facts already."""
    bounds = [bound for stop in known.stops if not stop.assumed for bound in (stop.start, stop.end)]
    return max((at for at in (known.ended_at, known.returned_at, *bounds) if at), default=None)


def _iso(at: datetime) -> str:
    return in_vietnam(at).isoformat()
