"""A unit's backlog since a letter's mark as a balance: what was there, what left, what came, what is there.

A total that falls, or stands still, only because newcomers took the place of what was cleared is told apart by this alone
(letter 3812/UBND-TTHCC, point 1: "giải quyết dứt điểm").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from directives.rules.fate import FATES, LAWFUL, Fate

Course = Literal["none", "settled", "improved", "still"]


@dataclass(frozen=True, slots=True)
class Flow:
    """``size`` dossiers at the mark; ``fates`` adds up to it. ``unlisted``: gone from its extract, yet still counted."""

    size: int
    fates: Mapping[Fate, int]
    unlisted: int
    inflow: int
    stock: int

    @classmethod
    def total(cls, flows: Iterable[Self]) -> Self:
        found = list(flows)
        fates = {name: sum(flow.fates[name] for flow in found) for name in FATES}
        size, unlisted, inflow, stock = (
            sum(getattr(flow, name) for flow in found) for name in ("size", "unlisted", "inflow", "stock")
        )
        return cls(size, fates, unlisted, inflow, stock)

    @property
    def settled(self) -> int:
        """Ended as the letter asks."""
        return sum(self.fates[name] for name in LAWFUL)

    @property
    def unsettled(self) -> int:
        return self.size - self.settled

    @property
    def left(self) -> int:
        """Neither ended as the letter asks nor simply still overdue: moved, vanished, handed over, stopped, with another date."""
        return self.unsettled - self.fates["overdue"]

    @property
    def remaining(self) -> int:
        """Of the list, still in the unit's overdue figure."""
        return self.fates["overdue"] + self.unlisted

    @property
    def outflow(self) -> int:
        """Of the list, no longer in the unit's overdue figure, whatever the way out."""
        return self.size - self.remaining

    @property
    def balance(self) -> int:
        """Always 0: size − outflow + inflow − stock."""
        return self.size - self.outflow + self.inflow - self.stock

    @property
    def course(self) -> Course:
        """``still``: of the list not one dossier has been ended lawfully."""
        if not self.size:
            return "none"
        if not self.unsettled:
            return "settled"
        return "improved" if self.settled else "still"

    @property
    def replaced(self) -> bool:
        """Dossiers of the list left, but as many or more newcomers took their place: the total hides the work, or its lack."""
        return 0 < self.outflow <= self.inflow
