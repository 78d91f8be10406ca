"""What the import pages show: batches, how fresh each system is, how far a running import has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.core.cache import cache
from django.db.models import Case, Count, Max, Q, QuerySet, When
from redis.exceptions import RedisError

from dossiers.models import ImportBatch, ImportIssue, SourceSystem
from worktime.rules import in_vietnam

KINDS = (ImportIssue.Kind.REJECT, ImportIssue.Kind.WARNING, ImportIssue.Kind.REPAIR)


class Progress(TypedDict):
    """``step``: read, judge or write; ``done`` of about ``total`` rows, at ``rate`` a second; ``left``: seconds of this step."""

    step: str
    done: int
    total: int
    rate: int
    left: int | None


@dataclass(frozen=True, slots=True)
class SystemFreshness:
    """The newest moment a system's data describe. ``days_behind``: whole days from that date to today; None without data."""

    system: SourceSystem
    data_as_of: datetime | None
    days_behind: int | None


def batches_listed() -> QuerySet[ImportBatch]:
    return ImportBatch.objects.select_related("system")


def batches_forgotten() -> list[ImportBatch]:
    """Batches to be run that nobody says anything of: the worker died, its message was lost, or it is still to come."""
    unfinished = batches_listed().filter(status__in=[ImportBatch.Status.WAITING, ImportBatch.Status.RUNNING])
    return [batch for batch in unfinished.order_by("accepted_at", "pk") if import_progress(batch) is None]


def system_freshness(now: datetime) -> list[SystemFreshness]:
    """Per system, old before new."""
    done = Q(batches__status=ImportBatch.Status.DONE) & ~Q(batches__kind=ImportBatch.Kind.UNDO)
    systems = SourceSystem.objects.annotate(newest=Max("batches__data_as_of", filter=done)).order_by("-code")
    today = in_vietnam(now).date()
    return [
        SystemFreshness(system, system.newest, (today - in_vietnam(system.newest).date()).days if system.newest else None)
        for system in systems
    ]


def newest_full_before(system: str) -> ImportBatch | None:
    """The full extract of a system that describes the newest moment."""
    full = ImportBatch.objects.filter(system=system, kind=ImportBatch.Kind.FULL, status=ImportBatch.Status.DONE)
    return full.order_by("-data_as_of", "-pk").first()


def issues_listed(batch: ImportBatch, kind: str = "") -> QuerySet[ImportIssue]:
    """Refused rows first, then doubts, then repairs; each in the file's order."""
    issues = batch.issues.filter(kind=kind) if kind else batch.issues.all()
    return issues.order_by(Case(*(When(kind=kind, then=place) for place, kind in enumerate(KINDS))), "line", "id")


def issues_by_kind(batch: ImportBatch) -> dict[str, int]:
    """Every kind with its number of issues, 0 included."""
    counted = dict(batch.issues.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counted.get(kind, 0) for kind in KINDS}


def progress_key(batch_id: int) -> str:
    return f"intake:{batch_id}"


def cancel_key(batch_id: int) -> str:
    return f"intake:{batch_id}:cancel"


def import_progress(batch: ImportBatch) -> Progress | None:
    """How far a running import is; None when it has said nothing for a while, or the cache does not answer."""
    try:
        found: Progress | None = cache.get(progress_key(batch.pk))
    except RedisError:
        return None
    return found
