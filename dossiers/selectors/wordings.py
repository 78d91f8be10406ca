"""What systems call things, and what of a batch nobody has understood yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Min

from agencies.models import Agency
from dossiers.models import STATUSES, ImportBatch, ImportIssue, SourceWord
from dossiers.rules.wordings import Candidate, candidates

UNITS, STATUS_WORDS = ("agency_unknown", "agency_ambiguous"), ("status_unknown",)
MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word of a file nobody understood. ``near``: what it may mean, by key, the nearest first."""

    text: str
    rows: int
    line: int
    near: list[tuple[Candidate, str]]


def words_of(system: str, kind: str) -> dict[str, str]:
    """Meaning by key."""
    return dict(SourceWord.objects.filter(system=system, kind=kind).values_list("key", "meaning"))


def unknown_units(batch: ImportBatch) -> list[Unknown]:
    return _unknown(batch, UNITS, unit_names())


def unknown_statuses(batch: ImportBatch) -> list[Unknown]:
    return _unknown(batch, STATUS_WORDS, {str(code): str(word) for code, word in STATUSES.items()})


def unit_names() -> dict[str, str]:
    """Of every unit, by code, with the unit above it: two communes may have one name."""
    rows = Agency.objects.order_by("sort_key").values_list("code", "name", "parent__name")
    return {code: f"{name} ({above})" if above else name for code, name, above in rows}


def _unknown(batch: ImportBatch, reasons: tuple[str, ...], names: Mapping[str, str]) -> list[Unknown]:
    found = batch.issues.filter(reason__in=reasons, kind=ImportIssue.Kind.REJECT).exclude(value="")
    words = found.order_by().values("value").annotate(rows=Count("pk"), first=Min("line")).order_by("-rows", "value")[:MOST_WORDS]
    plain = {key: name.partition(" (")[0] for key, name in names.items()}
    return [
        Unknown(word["value"], word["rows"], word["first"], [(one, names[one.key]) for one in candidates(word["value"], plain)])
        for word in words
    ]
