"""When the clock stood still: the stops a row states, joined with those already known (law.md R8).

A source often shows only the latest request for supplements; what an earlier extract showed is not forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockStop:
    """``end`` is None while it lasts. ``assumed``: a bound is when we saw it, because the source gives no date."""

    start: datetime
    end: datetime | None = None
    kind: str = "supplement"
    assumed: bool = False

    def as_dict(self) -> dict[str, str | bool | None]:
        stop: dict[str, str | bool | None] = {
            "kind": self.kind,
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
        }
        if self.assumed:
            stop["assumed"] = True
        return stop

    @classmethod
    def from_dict(cls, stop: dict[str, str | bool | None]) -> "ClockStop":
        start, end = (datetime.fromisoformat(str(stop[bound])) if stop[bound] else None for bound in ("from", "to"))
        if start is None:
            raise ValueError("clock stop without a start")
        return cls(start, end, str(stop["kind"]), bool(stop.get("assumed")))

    def overlaps(self, other: "ClockStop") -> bool:
        """Whether both tell of the same standing; one that begins as the other ends is the next."""
        if self.start == other.start:
            return True
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)


@dataclass(frozen=True, slots=True)
class Course:
    """All stops in order; ``stopped_at`` is the start of the one that lasts. ``doubt`` is a reason code or ""."""

    stops: tuple[ClockStop, ...]
    stopped_at: datetime | None
    doubt: str = ""


NEVER_STOPPED = Course((), None)


def course(stated: Iterable[ClockStop], known: Iterable[ClockStop], *, kind: str, running: bool, as_of: datetime) -> Course:
    """Join what the row states with what is known; the row's word replaces whatever overlaps it.

    ``kind``: why the clock stands now, "" when it does not. ``running``: the status says work goes on. A stop
    without a date begins, or ends, at ``as_of``: the moment the source was first seen in the new state.
    """
    known = list(known)
    stated = [_with_known_end(stop, known) for stop in stated]
    kept = [old for old in known if not any(old.overlaps(new) for new in stated)]
    stops = sorted(kept + stated, key=lambda stop: stop.start)
    lasting = [stop for stop in stops if stop.end is None]
    if kind and not lasting:
        stops.append(ClockStop(as_of, None, kind, assumed=True))
        return Course(tuple(stops), as_of, "stop_undated")
    if running and lasting:
        closed = [replace(stop, end=max(as_of, stop.start), assumed=True) if stop.end is None else stop for stop in stops]
        return Course(tuple(closed), None, "stop_unclosed")
    return Course(tuple(stops), lasting[-1].start if kind else None)


def _with_known_end(stop: ClockStop, known: list[ClockStop]) -> ClockStop:
    """A stop the row leaves open although we already saw it end keeps the end we saw."""
    seen = next((old for old in known if old.start == stop.start and old.end), None)
    return seen if stop.end is None and seen else stop
