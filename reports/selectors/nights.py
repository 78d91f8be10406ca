"""Which nights are finished, and what they knew: the ledger as the reports read it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from dossiers.models import SweepRun
from reports.rules.freshness import Inputs


def finished() -> QuerySet[SweepRun]:
    return SweepRun.objects.filter(kind=SweepRun.Kind.NIGHTLY, status=SweepRun.Status.DONE)


def inputs_by_day(days: Iterable[date]) -> dict[date, Inputs]:
    """What each finished night among these dates had taken in; a date without a night is missing."""
    return dict(finished().filter(as_of__in=set(days)).values_list("as_of", "inputs"))


def nearest(as_of: date) -> date | None:
    """The newest date with figures before ``as_of``, else the first one after it."""
    before = finished().filter(as_of__lt=as_of).order_by("-as_of").values_list("as_of", flat=True).first()
    return before or finished().filter(as_of__gt=as_of).order_by("as_of").values_list("as_of", flat=True).first()


def latest() -> date | None:
    return finished().order_by("-as_of").values_list("as_of", flat=True).first()
