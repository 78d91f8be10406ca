"""Whom a letter binds, and which letters still lack their lists."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, QuerySet

from agencies.models import Agency
from agencies.selectors import agencies_on
from directives.models import Directive
from dossiers.selectors.runs import finished_runs

BOUND_LEVELS = (Agency.Level.PROVINCE, Agency.Level.DISTRICT)


@dataclass(frozen=True, slots=True)
class Scope:
    """The units (ids) a letter is about; ``inferred``: its text does not tell, or nobody has its text."""

    units: frozenset[int]
    inferred: bool


def scope_of(directive: Directive) -> Scope:
    """The addressees and the units its orders bind; else every department and district of the province at its date.

    Letters 2624, 3566 and 3573-CV/VPTU are known only through 3812/UBND-TTHCC, which repeats their orders to the heads of
    departments and the chairmen of districts as orders about the whole province's overdue dossiers (docs/rules/letters.md).
    """
    named = Agency.objects.filter(Q(addressed_by__directive=directive) | Q(obligations__directive=directive))
    units = frozenset(named.order_by().values_list("pk", flat=True))
    if units:
        return Scope(units, inferred=False)
    supposed = agencies_on(directive.issued_on).filter(level__in=BOUND_LEVELS)
    return Scope(frozenset(supposed.order_by().values_list("pk", flat=True)), inferred=True)


def directives_without_lists(*, upto: date) -> QuerySet[Directive]:
    """Letters issued up to that day that have no list yet and may get one: none can before the first finished night."""
    first = finished_runs().aggregate(first=Min("as_of"))["first"]
    if first is None:
        return Directive.objects.none()
    return Directive.objects.filter(issued_on__range=(first, upto), baselines__isnull=True)
