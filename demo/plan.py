"""The overdue backlog of every unit and system, day by day, decided before any dossier exists.

The curve tells the story of 2022: a large backlog left behind on the old system and falling slowly, a growing one on the
new system, a partial dip after letters 2624 (12/08) and 3566 (24/10). On 07/11/2022 it is exact.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, exp, log
from random import Random

from demo.params import Lateness, Params
from demo.world import Unit, World
from worktime.rules import WorkCalendar

FIRST_DAY, SNAPSHOT, LAST_DAY = date(2022, 8, 1), date(2022, 11, 7), date(2022, 11, 10)
OLDEST_DUE = date(2019, 3, 1)
# (day, multiple of the snapshot's figure), straight lines between.
CURVES: Mapping[str, Sequence[tuple[date, float]]] = {
    "old": (
        (FIRST_DAY, 1.24),
        (date(2022, 8, 12), 1.23),
        (date(2022, 8, 26), 1.13),
        (date(2022, 10, 24), 1.09),
        (date(2022, 11, 4), 1.01),
        (SNAPSHOT, 1.0),
        (LAST_DAY, 0.985),
    ),
    "new": (
        (FIRST_DAY, 0.45),
        (date(2022, 8, 12), 0.60),
        (date(2022, 8, 26), 0.50),
        (date(2022, 10, 24), 1.17),
        (date(2022, 11, 4), 1.02),
        (SNAPSHOT, 1.0),
        (LAST_DAY, 0.96),
    ),
}
# Share of the backlog that ends on a working day and is replaced by newly overdue dossiers.
CHURN = {"old": 0.0025, "new": 0.013}
# How much of what ends became overdue only lately ("closed late": median 4 working days).
RECENT = {"old": 0.2, "new": 0.6}
# Districts other than the two the letter names (old, new): 5 to 90 each, as the parameter file says.
DISTRICTS = {
    "610": (34, 18), "611": (49, 31), "613": (16, 11), "614": (13, 9), "615": (52, 34), "616": (38, 22),
    "617": (8, 7), "618": (3, 2),
}  # fmt: skip
# Provincial units, 0 to 25 each; land registration carries most of it.
PROVINCE = {
    "KT-STNMT": (9, 14), "KT-VPDKDD": (10, 12), "KT-STP": (6, 11), "KT-SLDTBXH": (4, 5), "KT-SXD": (3, 5), "KT-SGTVT": (2, 6),
    "KT-SKHDT": (1, 4), "KT-SNNPTNT": (2, 2), "KT-SYT": (1, 3), "KT-SCT": (1, 1), "KT-SVHTTDL": (1, 1), "KT-SGDDT": (0, 2),
    "KT-SNV": (0, 1), "KT-STTTT": (0, 1), "KT-BQLKKT": (1, 1),
}  # fmt: skip
BRANCH_MOST, COMMUNE_MOST = (6, 9), (2, 4)
SMALL = 3  # below this the curve is flat; short spells of lateness come and go instead
QUIET_FROM = date(2022, 10, 28)
UNREST = 0.015  # how far a day strays from the curve, in multiples of the snapshot's figure


@dataclass(frozen=True, slots=True)
class Spell:
    """One dossier's time overdue: counted from the night of ``first`` to the night before ``until`` (None: to the end)."""

    unit: Unit
    system: str
    first: date
    until: date | None


def targets(world: World, params: Params, rng: Random, scale: float = 1.0) -> dict[tuple[str, str], int]:
    """(unit code, system) → overdue dossiers on the snapshot day. ``scale`` < 1 keeps every unit's place, not its size."""
    full: dict[tuple[str, str], int] = {}
    for unit in world.units:
        if not world.handled[unit.code]:
            continue
        pair = _pair(unit, rng)
        full |= {
            (unit.code, system): params.golden.get((unit.code, system), count)
            for system, count in zip(("old", "new"), pair, strict=True)
        }
    return {key: ceil(count * scale) if scale < 1 else count for key, count in full.items()}


def _pair(unit: Unit, rng: Random) -> tuple[int, int]:
    if unit.kind == "commune":
        return rng.randint(0, COMMUNE_MOST[0]), rng.randint(0, COMMUNE_MOST[1])
    if unit.kind == "branch":
        return rng.randint(1, BRANCH_MOST[0]), rng.randint(2, BRANCH_MOST[1])
    return DISTRICTS.get(unit.code) or PROVINCE.get(unit.code, (0, 0))


def days_of_demo() -> list[date]:
    return [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]


def stock_curve(system: str, target: int, rng: Random) -> Callable[[date], int]:
    """How many dossiers of one unit on one system are to be overdue at the end of a day."""
    if target < SMALL:
        start = FIRST_DAY + timedelta(days=rng.randrange(80))
        end = min(start + timedelta(days=rng.randint(3, 12)), QUIET_FROM)
        return lambda day: target + (start <= day < end)
    unrest = {day: rng.uniform(-UNREST, UNREST) if day < QUIET_FROM else 0.0 for day in days_of_demo()}
    return lambda day: round(target * (_multiple(system, day) + unrest[day]))


def _multiple(system: str, day: date) -> float:
    anchors = CURVES[system]
    index = min(max(bisect_right([place for place, _ in anchors], day), 1), len(anchors) - 1)
    (left, low), (right, high) = anchors[index - 1], anchors[index]
    return low + (high - low) * ((day - left) / (right - left))


def spells(unit: Unit, system: str, target: int, world: World, params: Params, rng: Random) -> list[Spell]:
    """Spells whose number alive follows the curve; on the snapshot day exactly ``target``.

    A dossier becomes overdue on the day after a working day (its due date) and ends on a working day.
    """
    curve, calendar = stock_curve(system, target, rng), world.calendar
    alive = sorted(_first_before(system, params.lateness[system], calendar, rng) for _ in range(curve(FIRST_DAY)))
    done: list[Spell] = []
    for day in days_of_demo()[1:]:
        leaving, coming = _movement(day, len(alive), curve(day), target * CHURN[system], calendar, rng)
        left = (alive.pop(_who_leaves(len(alive), RECENT[system], rng)) for _ in range(leaving))
        done += [Spell(unit, system, first, day) for first in left]
        alive += [day] * coming
    return done + [Spell(unit, system, first, None) for first in alive]


def _movement(day: date, now: int, wanted: int, churn: float, calendar: WorkCalendar, rng: Random) -> tuple[int, int]:
    """(ending, newly overdue) on a day. Where nothing can become overdue, only as many end as the curve asks for."""
    usual = int(churn) + (rng.random() < churn % 1) if calendar.is_working(day) else 0
    if not calendar.is_working(day - timedelta(days=1)):
        return (min(now, max(0, now - wanted)) if calendar.is_working(day) else 0), 0
    leaving = min(now, usual + max(0, now - wanted)) if calendar.is_working(day) else 0
    return leaving, max(0, wanted - (now - leaving))


def _who_leaves(count: int, recent: float, rng: Random) -> int:
    """Index of the one that ends: often among those that became overdue last."""
    if rng.random() < recent:
        return count - 1 - min(int(rng.expovariate(0.25)), count - 1)
    return rng.randrange(count)


def _first_before(system: str, lateness: Lateness, calendar: WorkCalendar, rng: Random) -> date:
    """First overdue day of a dossier already overdue when the demo begins, so late that the snapshot shows ``lateness``."""
    gone = calendar.working_days_between(FIRST_DAY - timedelta(days=1), SNAPSHOT)
    while True:
        late = round(exp(rng.gauss(log(lateness.median), lateness.sigma)))
        if gone < late <= lateness.most and late >= lateness.least:
            due = calendar.add_working_days(SNAPSHOT, -late)
            if due >= OLDEST_DUE:
                return due + timedelta(days=1)
