"""R12: after a reorganisation responsibility moves to the successor unit; dates and history do not change.

Source: domain law R12 (docs/rules), case 53; NQ 1677/NQ-UBTVQH15 and NQ 202/2025/QH15 for 01/07/2025.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Succession:
    predecessor_id: int
    successor_id: int
    effective_on: date


def responsible(agency_id: int, on: date, *, ends: Mapping[int, date | None], successions: Iterable[Succession]) -> int | None:
    """Who answers on that date for the unit's dossiers.

    None when the unit has ended and no single successor is known: a human decides, nothing is guessed.
    """
    heirs: dict[int, list[int]] = {}
    for succession in successions:
        if succession.effective_on <= on:
            heirs.setdefault(succession.predecessor_id, []).append(succession.successor_id)
    seen: set[int] = set()
    while (end := ends.get(agency_id)) is not None and end < on:
        following = heirs.get(agency_id, [])
        if len(following) != 1 or agency_id in seen:
            return None
        seen.add(agency_id)
        agency_id = following[0]
    return agency_id
