"""Which written criteria a unit's facts meet (Công văn 3812/UBND-TTHCC, point 2: "chậm, trễ hạn nhiều lần và không nghiêm túc
thực hiện các chỉ đạo"). The criteria are the office's (accountability/models.py); what follows is for people to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

Criterion = Literal["late_again", "stood_still", "unanswered"]
CRITERIA: tuple[Criterion, ...] = ("late_again", "stood_still", "unanswered")


class Limits(Protocol):
    """One version of the criteria. ``periods`` months are looked at; in ``late_periods`` of them at least ``floor`` dossiers
    are overdue at the end; at least ``floor`` overdue dossiers have outlived ``letters`` letters; ``least`` criteria make a
    unit one to be looked at.
    """

    @property
    def late_periods(self) -> int: ...
    @property
    def floor(self) -> int: ...
    @property
    def least(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one unit's own dossiers. ``months``: overdue at the end of each month, oldest first, None where no night tells;
    ``outlived``: overdue ones that have outlived enough letters; ``unanswered``: calls past their deadline with something
    left to explain.
    """

    months: tuple[int | None, ...]
    outlived: int
    unanswered: int


def month_ends(as_of: date, count: int) -> list[date]:
    """The last days of the newest ``count`` months that have ended by ``as_of``, oldest first."""
    after = as_of + timedelta(days=1)
    ends: list[date] = []
    while len(ends) < count:
        after = after.replace(day=1)
        ends.insert(0, after - timedelta(days=1))
        after = ends[0]
    return ends


def late_months(months: Sequence[int | None], floor: int) -> int:
    """In how many months at least so many were overdue. A month nobody knows of counts for nobody."""
    return sum(total is not None and total >= floor for total in months)


def met(facts: Facts, limits: Limits) -> tuple[Criterion, ...]:
    """The criteria these facts meet, in the order in which they are written."""
    meets: dict[Criterion, bool] = {
        "late_again": late_months(facts.months, limits.floor) >= limits.late_periods,
        "stood_still": facts.outlived >= limits.floor,
        "unanswered": facts.unanswered > 0,
    }
    return tuple(criterion for criterion in CRITERIA if meets[criterion])


def to_be_considered(criteria: Sequence[Criterion], limits: Limits) -> bool:
    return len(criteria) >= limits.least
