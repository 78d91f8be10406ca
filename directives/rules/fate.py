"""What became of a dossier that a letter's figure counted (letter 3812/UBND-TTHCC, point 1: "giải quyết dứt điểm")."""

from typing import Literal

Fate = Literal["finished", "ended_other", "moved", "vanished", "overdue", "transferred", "stopped", "due_moved", "uncounted"]

# The columns of CohortCount.
FATES: tuple[Fate, ...] = (
    "finished",
    "ended_other",
    "moved",
    "vanished",
    "overdue",
    "transferred",
    "stopped",
    "due_moved",
    "uncounted",
)
# "Giải quyết dứt điểm" is reached by these alone; every other way out of the figure is shown as what it is.
LAWFUL: frozenset[Fate] = frozenset({"finished", "ended_other"})
DONE = frozenset({"done_early", "done_on_time", "done_late"})


def fate(state: str, *, at_unit: bool, elsewhere: bool, listed: bool) -> Fate:
    """The fate of a cohort's dossier from its verdict at the end of a day (``dossiers.rules.overdue``).

    ``at_unit``: still with the unit of the baseline; ``elsewhere``: the other system holds the same code; ``listed``: the
    newest full extract of its own system still has it. A dossier handed over to the other system is neither finished nor
    vanished: its lateness goes on there.
    """
    if state in DONE:
        return "finished"
    if elsewhere and (state == "ended_other" or not listed):
        return "moved"
    if state == "ended_other":
        return "ended_other"
    if state == "not_counted":
        return "uncounted"
    if not listed:
        return "vanished"
    if state == "overdue":
        return "overdue" if at_unit else "transferred"
    return "stopped" if state == "awaiting" else "due_moved"
