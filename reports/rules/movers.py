"""Why an overdue backlog rose or fell between two nights: what came in, what went out, and for which reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.rules.ranking import Unit

CAME = ("opened", "arrived")
WENT = ("finished", "ended_other", "stopped", "due_moved", "transferred", "uncounted", "unstated")
# The same lateness told by two episodes, because a date before the first night was filled in later: neither came nor went.
CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class Flow:
    """Dossiers by how they came into a backlog and why they left it, in the words of ``CAME`` and ``WENT``.

    Counted from the episodes begun and ended after one night up to another: ``change`` is the difference of their figures.
    ``listed``: nothing passed from unit to unit, so the lists of a night's changes hold exactly these dossiers.
    """

    came: Mapping[str, int]
    went: Mapping[str, int]
    listed: bool = True

    @property
    def inflow(self) -> int:
        return sum(self.came.values())

    @property
    def outflow(self) -> int:
        return sum(self.went.values())

    @property
    def change(self) -> int:
        return self.inflow - self.outflow


def flow(came: Counter[str], went: Counter[str]) -> Flow:
    """What is merely continued cancels out; where it does not, it is a dossier that came from elsewhere, or went there."""
    both = min(came[CONTINUED], went[CONTINUED])
    arrived = came["arrived"] + came[CONTINUED] - both
    transferred = went["transferred"] + went[CONTINUED] - both
    return Flow(
        {word: n for word in CAME if (n := arrived if word == "arrived" else came[word])},
        {word: n for word in WENT if (n := transferred if word == "transferred" else went[word])},
        listed=not (came["arrived"] or came[CONTINUED] or went["transferred"] or went[CONTINUED]),
    )


STILL = Flow({}, {})


@dataclass(frozen=True, slots=True)
class Mover:
    """A unit whose figure changed, and why."""

    unit: Unit
    change: int
    flow: Flow

    @property
    def explained(self) -> bool:
        """Whether what came and went makes the change; otherwise no reasons may be shown for it."""
        return self.flow.change == self.change


def furthest(movers: Iterable[Mover], most: int) -> tuple[list[Mover], list[Mover]]:
    """The ``most`` units that rose furthest and those that fell furthest; equal ones stay in the order given."""
    held = list(movers)
    rose = sorted((mover for mover in held if mover.change > 0), key=lambda mover: -mover.change)
    fell = sorted((mover for mover in held if mover.change < 0), key=lambda mover: mover.change)
    return rose[:most], fell[:most]
