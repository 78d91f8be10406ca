"""Judging what letters demand, night by night, and writing down what units say of the rest."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from django.db import transaction

from accounts.caller import signature
from accounts.models import User
from agencies.models import Agency
from directives.models import Obligation, ObligationAnswer, ObligationCheck
from directives.rules.obligations import Kind, judge
from directives.selectors.obligations import standings
from dossiers.models import SweepRun
from dossiers.selectors.runs import finished_runs
from journal import services as journal
from worktime.selectors import calendar


def obligations_judge(*, run: SweepRun, obligations: Collection[Obligation]) -> int:
    """One check per obligation and unit at the end of the night's day. Returns how many.

    Judged by the pure rule itself: a province's letters bind some dozens of units, and the figures come by three queries.
    """
    if not obligations:
        return 0
    checks = []
    for one, unit, standing in standings(run=run, obligations=obligations, calendar=calendar()):
        kind = cast(Kind, one.kind)
        found = judge(kind, one.percent, issued_on=one.directive.issued_on, due_on=one.due_on, standing=standing)
        checks.append(
            ObligationCheck(
                obligation=one,
                agency_id=unit,
                as_of=run.as_of,
                state=found.state,
                reason=found.reason,
                start=standing.start,
                target=found.target,
                value=standing.value,
                at_due=standing.at_due,
            )
        )
    return len(ObligationCheck.objects.bulk_create(checks))


def obligations_catch_up(*, obligations: Collection[Obligation]) -> int:
    """Judge obligations nobody judged yet for the nights that were over before they were written down."""
    judged = set(ObligationCheck.objects.filter(obligation__in=obligations).values_list("obligation_id", flat=True))
    new = [one for one in obligations if one.pk not in judged]
    if not new:
        return 0
    runs = finished_runs().filter(as_of__gte=min(one.directive.issued_on for one in new)).order_by("as_of")
    return sum(
        obligations_judge(run=run, obligations=[one for one in new if one.directive.issued_on <= run.as_of]) for run in runs
    )


@transaction.atomic
def obligation_answer(
    *, obligation: Obligation, agency: Agency, state: ObligationAnswer.State, text: str, user: User, now: datetime
) -> ObligationAnswer:
    """What a unit says of an order no figure measures; earlier answers stay."""
    answer = ObligationAnswer.objects.create(
        obligation=obligation, agency=agency, state=state, text=text, author=signature(user), answered_at=now
    )
    journal.obligation_answered(
        actor=signature(user),
        reference=obligation.directive.reference,
        number=obligation.number,
        agency=agency.code,
        state=str(state.label),
        text=text,
    )
    return answer
