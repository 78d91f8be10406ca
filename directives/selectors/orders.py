"""What a letter demands and how far the units are, as pages show it: judged by figures, or told by the units themselves."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency
from directives.models import Obligation, ObligationAnswer, ObligationCheck
from directives.rules.obligations import Reason

PACELESS: tuple[Reason, ...] = ("falling", "not_falling")


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where one unit stands: the check of the day for a measured order, the newest answer for any other."""

    agency: Agency
    check: ObligationCheck | None
    answer: ObligationAnswer | None

    @property
    def state(self) -> str:
        """A word of ``directives/words.py``: without a date there is no pace, only whether the number falls."""
        if self.check:
            return self.check.reason if self.check.reason in PACELESS else self.check.state
        return self.answer.state if self.answer else ""


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An order with those of its units that are asked about; ``bound``: how many it binds in all."""

    obligation: Obligation
    units: tuple[UnitStanding, ...]
    bound: int

    @property
    def measured(self) -> bool:
        return self.obligation.measured

    @property
    def states(self) -> Mapping[str, int]:
        """How many units are in each state."""
        found: dict[str, int] = defaultdict(int)
        for unit in self.units:
            found[unit.state] += 1
        return dict(found)


def orders_standing(*, orders: QuerySet[Obligation], units: QuerySet[Agency], as_of: date | None) -> list[OrderStanding]:
    """Where those of the orders' units stand that are among these: in four queries, however many."""
    seen = units.order_by("sort_key", "code")
    prefetched = orders.annotate(bound=Count("agencies")).prefetch_related(Prefetch("agencies", seen))
    found = [(one, list(one.agencies.all())) for one in prefetched]
    checks = _checks([one for one, _units in found], as_of) if as_of else {}
    answers = _answers([one for one, _units in found])
    return [
        OrderStanding(
            one,
            tuple(UnitStanding(unit, checks.get((one.pk, unit.pk)), answers.get((one.pk, unit.pk))) for unit in units),
            bound=one.bound,
        )
        for one, units in found
    ]


def _checks(orders: Collection[Obligation], as_of: date) -> dict[tuple[int, int], ObligationCheck]:
    checks = ObligationCheck.objects.filter(obligation__in=orders, as_of=as_of).select_related("obligation__directive")
    return {(check.obligation_id, check.agency_id): check for check in checks}


def _answers(orders: Collection[Obligation]) -> dict[tuple[int, int], ObligationAnswer]:
    answers = ObligationAnswer.objects.filter(obligation__in=orders).order_by("obligation_id", "agency_id", "-answered_at", "-pk")
    return {(one.obligation_id, one.agency_id): one for one in answers.distinct("obligation_id", "agency_id")}


def checked_until(orders: QuerySet[Obligation]) -> date | None:
    """The newest day these orders were judged."""
    newest: date | None = ObligationCheck.objects.filter(obligation__in=orders).aggregate(newest=Max("as_of"))["newest"]
    return newest


def order_or_404(*, slug: str, number: int) -> Obligation:
    """What a letter says is open to all who are signed in; how units stand is not."""
    return get_object_or_404(Obligation.objects.select_related("directive"), directive__slug=slug, number=number)


def answers_seen(*, obligation: Obligation, user: User) -> QuerySet[ObligationAnswer]:
    """Every answer of the caller's units, newest first."""
    mine = visible_agencies(user).order_by().values("pk")
    return obligation.answers.filter(agency__in=mine).select_related("agency")


def orders_binding(agency: Agency, *, upto: date) -> QuerySet[Obligation]:
    """What letters issued by then demand of a unit, newest letter first."""
    bound = Obligation.objects.filter(Q(agencies=agency), directive__issued_on__lte=upto).select_related("directive")
    return bound.order_by("-directive__issued_on", "directive__reference", "number")
