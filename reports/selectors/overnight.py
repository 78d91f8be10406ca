"""Which dossiers one night found newly overdue, and which no longer: the head of each list, longest due first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from dossiers.models import OverdueEpisode
from dossiers.selectors.episodes import MOVEMENTS, moved
from dossiers.selectors.states import Known, dossier_key

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Turned:
    """One dossier; ``reason``: why it is no longer overdue (``OverdueEpisode.EndReason``), empty for the newly overdue."""

    system: str
    code: str
    unit: str
    procedure: str
    due_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Overnight:
    """The first of each; how many there are in all is counted elsewhere (``overview.movement``)."""

    opened: tuple[Turned, ...]
    closed: tuple[Turned, ...]


def overnight(*, known: Known, as_of: date) -> Overnight:
    """Selected as the lists they begin are."""
    return Overnight(tuple(_first(known, "newly_overdue", as_of)), tuple(_first(known, "no_longer_overdue", as_of)))


def _first(known: Known, movement: str, as_of: date) -> Iterable[Turned]:
    episodes = OverdueEpisode.objects.filter(dossier=OuterRef(dossier_key(known)), **{MOVEMENTS[movement]: as_of})
    why = Coalesce(Subquery(episodes.values("end_reason")[:1]), Value(""), output_field=CharField())
    reason = why if movement == "no_longer_overdue" else Value("", output_field=CharField())
    told = (
        moved(known, movement, as_of)
        .annotate(reason=reason)
        .order_by(F("due_on").asc(nulls_last=True), "agency__sort_key", "code")
    )
    wanted = ("system_id", "code", "agency__name", "procedure_name", "due_on", "reason")
    return [Turned(*row) for row in told.values_list(*wanted)[:SHOWN]]
