"""The ranking: letter 3812 names units by their number of overdue dossiers, so that number alone decides the rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import add

NO_AGES = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one unit, or several together, held at the end of a day. ``ages`` follow ``overdue.AGE_LIMITS``."""

    old: int = 0
    new: int = 0
    open: int = 0
    due_today: int = 0
    due_soon: int = 0
    ages: tuple[int, ...] = NO_AGES
    oldest_due: date | None = None

    @property
    def total(self) -> int:
        return self.old + self.new

    @property
    def share(self) -> float | None:
        """Overdue part of what is open; unknown where nothing is open."""
        return self.total / self.open if self.open else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.old + other.old,
            self.new + other.new,
            self.open + other.open,
            self.due_today + other.due_today,
            self.due_soon + other.due_soon,
            tuple(map(add, self.ages, other.ages)),
            min((day for day in (self.oldest_due, other.oldest_due) if day), default=None),
        )


NOTHING = Figures()


def together(figures: Iterable[Figures]) -> Figures:
    held = list(figures)
    return reduce(add, held) if held else NOTHING


@dataclass(frozen=True, slots=True)
class Unit:
    """The agency of a row, as the page names it."""

    pk: int
    code: str
    name: str
    level: str
    sort_key: str
    ended: bool = False  # no longer a unit on that date
    gone: bool = False  # ended, and no dossier is booked on it any more: it has no row
    verified: bool = True
    remark: str = ""  # what about it is inferred


EVERYONE = Unit(0, "", "", "", "")  # the line of totals


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's line. ``changes`` and ``spark`` hold None where that day has no figures: never zero.

    ``explained``: of the overdue ones, how many an accepted explanation names; None unless it was asked for.
    """

    rank: int
    unit: Unit
    now: Figures
    oldest_days: int | None  # working days late of the oldest overdue dossier
    changes: tuple[int | None, ...]
    spark: tuple[int | None, ...]
    explained: int | None = None


def change(now: int, before: int | None) -> int | None:
    """Rise (+) or fall (-); None when the earlier day has no figures."""
    return None if before is None else now - before


def _place(row: Row) -> tuple[int, date, str, str]:
    return -row.now.total, row.now.oldest_due or date.max, row.unit.sort_key, row.unit.code


def rank(rows: Iterable[Row]) -> list[Row]:
    """Most overdue first; equal totals share a rank and stand by oldest due date, then Vietnamese alphabet.

    Nobody is left out: a unit with one dossier and a unit with none are ranked like the others.
    """
    ranked: list[Row] = []
    for position, row in enumerate(sorted(rows, key=_place), start=1):
        tied = bool(ranked) and ranked[-1].now.total == row.now.total
        ranked.append(replace(row, rank=ranked[-1].rank if tied else position))
    return ranked


CHANGES = ("day", "week", "letter")
SORTS = ("rank", "name", "old", "new", "total", *CHANGES, "open", "share", "oldest", "due_today", "due_soon", "explained")


def _value(row: Row, key: str) -> float | str | None:
    if key in CHANGES:
        return row.changes[CHANGES.index(key)]
    if key == "name":
        return row.unit.sort_key
    if key == "explained":
        return row.explained
    if key == "oldest":
        return -row.now.oldest_due.toordinal() if row.now.oldest_due else None
    value: float | None = getattr(row.now, key)
    return value


def arranged(rows: Sequence[Row], order: str) -> list[Row]:
    """Rows by another column (``-`` in front: descending); unknown values last, ties in rank order."""
    key = order.removeprefix("-")
    if key == "rank":
        return list(reversed(rows)) if order.startswith("-") else list(rows)
    known = [row for row in rows if _value(row, key) is not None]
    unknown = [row for row in rows if _value(row, key) is None]
    return sorted(known, key=lambda row: _value(row, key), reverse=order.startswith("-")) + unknown  # type: ignore[arg-type, return-value]  # one kind of value per key
