"""Overdue dossiers on a letter's lists, and what is said of them, through the services that say it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Role, User
from agencies.models import Agency
from directives.models import Baseline, BaselineDossier, Directive, Explanation, ExplanationCall
from directives.services.explanations import Answer, explanations_call, explanations_submit
from dossiers.models import Dossier, SweepRun
from kontum_tthc import nightly
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.dossiers import make_batch, make_calendar, midnight, moment, observe

NIGHT = date(2022, 11, 9)
NOW = moment(date(2022, 11, 10), 7, 30)  # a Thursday
ANSWER_BY = date(2022, 11, 15)
TEXT = "Hồ sơ chờ công dân bổ sung giấy tờ."


@dataclass(frozen=True)
class Backlog:
    """Unit A: three on the letter's list, one newcomer, one in time; its commune and unit B: one and two on theirs."""

    letter: Directive
    run: SweepRun

    def dossier(self, code: str) -> Dossier:
        return Dossier.objects.get(code=code)

    def numbers(self, *codes: str) -> list[int]:
        """Their numbers."""
        return list(Dossier.objects.filter(code__in=codes).order_by("pk").values_list("pk", flat=True))


def make_backlog(unit_a: Agency, commune_a: Agency, unit_b: Agency) -> Backlog:
    """As the night of Wednesday 09/11/2022 knew it; the letter came the day after."""
    make_calendar()
    batch = make_batch(midnight(NIGHT))
    late = {"received": date(2022, 10, 3), "due": date(2022, 11, 4)}
    listed = {
        agency: [observe(batch, code, agency, **late) for code in codes]
        for agency, codes in ((unit_a, ("A-1", "A-2", "A-3")), (commune_a, ("C-1",)), (unit_b, ("B-1", "B-2")))
    }
    observe(batch, "A-NEWCOMER", unit_a, received=date(2022, 10, 31), due=date(2022, 11, 7))
    observe(batch, "A-IN-TIME", unit_a, received=date(2022, 11, 1), due=date(2022, 11, 21))
    run = nightly.run(as_of=NIGHT, now=moment(NIGHT + timedelta(days=1), 0, 15), trigger="command")
    letter = make_directive("3812/UBND-TTHCC", date(2022, 11, 10), text="Kính gửi: các đơn vị")
    for agency, dossiers in listed.items():
        make_list(letter, agency, dossiers, run=run)
    return Backlog(letter, run)


def make_list(letter: Directive, agency: Agency, dossiers: Collection[Dossier], *, run: SweepRun) -> Baseline:
    """The letter's list (baseline) of a unit on the old system."""
    baseline = Baseline.objects.create(
        directive=letter,
        agency=agency,
        system_id="old",
        as_of=run.as_of,
        dated_by="figures",
        inferred=False,
        run=run,
        counted=len(dossiers),
    )
    BaselineDossier.objects.bulk_create(
        BaselineDossier(baseline=baseline, dossier=one, due_on=one.due_on or run.as_of) for one in dossiers
    )
    return baseline


def office() -> User:
    return User.objects.filter(role=Role.PROVINCIAL_OFFICE).first() or make_user("van-phong-2", Role.PROVINCIAL_OFFICE)


def call(letter: Directive, *agencies: Agency, answer_by: date = ANSWER_BY, now: datetime = NOW) -> list[ExplanationCall]:
    return explanations_call(letter=letter, agencies=agencies, answer_by=answer_by, day_off=True, user=office(), now=now)


def explain(
    user: User, dossiers: Collection[int], *, letter: Directive | None = None, now: datetime = NOW, **said: Any
) -> Explanation:
    """One unit's answer, sent."""
    answer = Answer(**{"reason": "supplement", "text": TEXT, **said})
    (explanation,) = explanations_submit(dossiers=dossiers, letter=letter, answer=answer, user=user, now=now)
    return explanation
