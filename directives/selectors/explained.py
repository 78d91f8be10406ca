"""Overdue dossiers by what was said of them. It stands beside the counts; no count ever changes by it.

An answer (``giai_trinh`` in addresses) is judged at a moment, so that a page about a past day says the same whenever it is read:
at 24:00 of the day for the figures and lists of a day, now for those who work on answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from agencies.models import Agency
from directives.models import BaselineDossier, Directive, Explanation
from dossiers.selectors.dossiers import Listing, listing
from dossiers.selectors.runs import midnight_after
from dossiers.selectors.states import Known, dossier_key, overdue

Answer = Literal["co", "cho", "chua"]  # accepted; waiting to be decided; neither
ANSWERS: tuple[Answer, ...] = ("co", "cho", "chua")

Named = Explanation.dossiers.through


@dataclass(frozen=True, slots=True)
class Explained:
    """Of a unit's overdue dossiers: how many an accepted explanation names, and how many more one that waits."""

    accepted: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Which answers count: given by a moment, to one letter or (None) to any or none."""

    moment: datetime
    letter: Directive | None = None

    def accepting(self, explanation: str = "") -> Q:
        """``explanation``: the path to explanations."""
        return _at(explanation, state=Explanation.State.ACCEPTED, decided_at__lte=self.moment)

    def undecided(self, explanation: str = "") -> Q:
        later = _at(explanation, decided_at__isnull=True) | _at(explanation, decided_at__gt=self.moment)
        return _at(explanation, submitted_at__lte=self.moment) & later

    def accepted(self, dossier: str) -> Exists:
        """``dossier``: the outer query's column that identifies the dossier."""
        return self._named(dossier, self.accepting("explanation__"))

    def waiting(self, dossier: str) -> Exists:
        return self._named(dossier, self.undecided("explanation__"))

    def _named(self, dossier: str, said: Q) -> Exists:
        found = Named.objects.filter(said, dossier=OuterRef(dossier))
        return Exists(found.filter(explanation__directive=self.letter) if self.letter else found)

    def answer(self, dossier: str) -> Case:
        return Case(When(self.accepted(dossier), Value("co")), When(self.waiting(dossier), Value("cho")), default=Value("chua"))


def _at(path: str, **conditions: object) -> Q:
    return Q(**{f"{path}{name}": value for name, value in conditions.items()})


def overdue_dossiers(night: Listing) -> Known:
    """The overdue dossiers of a night, said the way the indexes of open dossiers know them."""
    late = night.known.filter(overdue(night.day))
    return late.filter(ended_on__isnull=True) if night.settled else late


def of_letter(known: Known, letter: Directive) -> Known:
    """Those on the letter's lists (its baselines), whatever unit they are with now."""
    listed = BaselineDossier.objects.filter(baseline__directive=letter, dossier=OuterRef(dossier_key(known)))
    return known.filter(Exists(listed))


def answered(known: Known, answer: Answer, said: Said) -> Known:
    """Those with that answer. The three answers part the dossiers."""
    key = dossier_key(known)
    match answer:
        case "co":
            return known.filter(said.accepted(key))
        case "cho":
            return known.filter(~said.accepted(key), said.waiting(key))
    return known.filter(~said.accepted(key), ~said.waiting(key))


def with_answer(known: Known, said: Said) -> QuerySet[Any]:
    """The dossiers with a column ``answer``."""
    return known.annotate(answer=said.answer(dossier_key(known)))


def explained_counts(
    *, agencies: QuerySet[Agency], as_of: date, system: str | None = None, field: str | None = None
) -> Mapping[int, Explained]:
    """Per unit (own dossiers): how many of those overdue at the end of ``as_of`` were explained by then.

    A dossier counts while it is overdue and an accepted explanation names it, whichever letter that answers. Units without any
    are missing; so are all without a night. The list behind a number: ``giai_trinh=co``, same day, same unit.
    """
    night = listing(as_of)
    if night is None:
        return {}
    cut = {name: value for name, value in {"system": system, "field": field}.items() if value}
    late = overdue_dossiers(night).filter(agency__in=agencies.order_by().values("pk"), **cut)
    named = late.filter(**{f"{dossier_key(late)}__in": Named.objects.values("dossier")})
    judged = with_answer(named, Said(midnight_after(as_of))).order_by().values("agency_id")
    held = judged.annotate(accepted=Count("pk", filter=Q(answer="co")), waiting=Count("pk", filter=Q(answer="cho")))
    found = held.values_list("agency_id", "accepted", "waiting")
    return {agency: Explained(accepted, waiting) for agency, accepted, waiting in found if accepted or waiting}


def together(counts: Iterable[Explained]) -> Explained:
    """Of several units: a dossier is with one unit at a time, so nothing counts twice."""
    held = list(counts)
    return Explained(sum(one.accepted for one in held), sum(one.waiting for one in held))
