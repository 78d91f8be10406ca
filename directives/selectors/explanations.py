"""Explanations, and the calls for them, from what the caller may see: a unit's people their own, the province's all."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from agencies.access import answered_for, within_sight
from agencies.models import Agency
from directives.models import Baseline, BaselineDossier, Directive, Explanation, ExplanationCall
from directives.rules.calls import STANDINGS, Standing, standing
from directives.selectors.explained import Named, Said, overdue_dossiers
from dossiers.models import Dossier
from dossiers.selectors.dossiers import Choices, Listing, listing
from dossiers.selectors.states import Known, dossier_key
from worktime.rules import WorkCalendar
from worktime.selectors import calendar

State = Explanation.State
SAID = "dossier__explanations__"  # from a line of a letter's list to what was said of its dossier
# Returned and not answered anew: what waits for the unit.
TO_ANSWER = Q(state=State.RETURNED, replaced_by__isnull=True)


class Waiting(TypedDict):
    """What waits for whom: ``waiting`` for the office, ``late`` of them sent after the deadline; ``returned`` for the units."""

    waiting: int
    late: int
    returned: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Of the dossiers on a letter's lists of a unit that are still overdue there: explained to that letter, or not."""

    asked: int = 0
    accepted: int = 0
    waiting: int = 0

    @property
    def left(self) -> int:
        return self.asked - self.accepted - self.waiting


@dataclass(frozen=True, slots=True)
class CallStanding:
    """``days_left``: working days to the deadline, negative after it."""

    call: ExplanationCall
    asked: Asked
    state: Standing
    days_left: int


def explanations_seen(user: User) -> QuerySet[Any]:
    """With ``answer_by`` (the call's deadline, if it answers one), ``late`` (sent after it), ``count`` (dossiers named).

    Only a first answer can be late: when a returned one is answered anew depends on the office too.
    """
    call = ExplanationCall.objects.filter(directive=OuterRef("directive"), agency=OuterRef("agency"))
    named = Explanation.objects.filter(pk=OuterRef("pk")).order_by().annotate(total=Count("dossiers"))
    after = When(replaces__isnull=True, submitted_at__date__gt=F("answer_by"), then=Value(True))
    seen = within_sight(user, Explanation.objects.select_related("agency", "directive"))
    dated = seen.annotate(answer_by=Subquery(call.values("answer_by")), count=Subquery(named.values("total")))
    return dated.annotate(late=Case(after, default=Value(False), output_field=BooleanField()))


def explanation_or_404(user: User, pk: int) -> Any:
    return get_object_or_404(explanations_seen(user), pk=pk)


def explanations_to_answer(user: User) -> QuerySet[Any]:
    """Those the office returned and nobody has answered anew, the longest waiting first; of the units the person answers for."""
    return explanations_seen(user).filter(TO_ANSWER, agency__in=answered_for(user)).order_by("decided_at")


def explanations_of(user: User, dossier: Dossier) -> QuerySet[Any]:
    """What was said of one dossier, newest first."""
    return explanations_seen(user).filter(pk__in=Named.objects.filter(dossier=dossier).values("explanation"))


def explanation_history(user: User, explanation: Explanation) -> list[Any]:
    """All answers of the chain the explanation stands in, oldest first: two queries, however long it is."""
    before = dict(Explanation.objects.filter(agency=explanation.agency_id).values_list("pk", "replaces_id"))
    after = {old: new for new, old in before.items() if old}
    chain = {explanation.pk, *_along(before, explanation.pk), *_along(after, explanation.pk)}
    return list(explanations_seen(user).filter(pk__in=chain).order_by("submitted_at", "pk"))


def _along(links: Mapping[int, int | None], start: int) -> Iterator[int]:
    following = links.get(start)
    while following is not None:
        yield following
        following = links.get(following)


def explanations_waiting(user: User) -> Waiting:
    undone = explanations_seen(user).filter(Q(state=State.SUBMITTED) | TO_ANSWER).order_by()
    counted = undone.values("state", "late").annotate(total=Count("pk")).values_list("state", "late", "total")
    found = Waiting(waiting=0, late=0, returned=0)
    for state, late, total in counted:
        found["returned" if state == State.RETURNED else "waiting"] += total
        found["late"] += total if late and state == State.SUBMITTED else 0
    return found


def calls_seen(user: User) -> QuerySet[ExplanationCall]:
    return within_sight(user, ExplanationCall.objects.select_related("agency", "directive"))


def calls_standing(*, calls: QuerySet[ExplanationCall], now: datetime, as_of: date | None = None) -> list[CallStanding]:
    """The calls with how far the units are, the most urgent first. What is overdue is judged at that night, else the newest."""
    found = list(calls)
    if not found:
        return []
    working, today = calendar(), timezone.localdate(now)
    pairs = calls.order_by().filter(directive=OuterRef("baseline__directive"), agency=OuterRef("baseline__agency"))
    counted = asked_counts(BaselineDossier.objects.filter(Exists(pairs)), now=now, as_of=as_of)
    stood = [_stood(call, counted.get((call.directive_id, call.agency_id), Asked()), today, working) for call in found]
    return sorted(stood, key=lambda one: (STANDINGS.index(one.state), one.call.answer_by, one.call.agency.sort_key))


def _stood(call: ExplanationCall, asked: Asked, today: date, working: WorkCalendar) -> CallStanding:
    state = standing(left=asked.left, waiting=asked.waiting, answer_by=call.answer_by, today=today, calendar=working)
    return CallStanding(call, asked, state, working.working_days_between(today, call.answer_by))


def asked_counts(listed: QuerySet[BaselineDossier], *, now: datetime, as_of: date | None = None) -> dict[tuple[int, int], Asked]:
    """By letter and unit, over these lines of letters' lists: still overdue at that unit, and what was said of them by now."""
    night = listing(as_of)
    if night is None:
        return {}
    late = overdue_dossiers(night)
    there = late.filter(**{dossier_key(late): OuterRef("dossier")}, agency=OuterRef("baseline__agency"))
    held = listed.filter(Exists(there)).order_by().values("baseline__directive", "baseline__agency")
    accepting, undecided = Said(now).accepting(SAID), Said(now).undecided(SAID)
    explained = held.filter(accepting | undecided, **{f"{SAID}directive": F("baseline__directive")})
    answers = {
        (letter, agency): (accepted, answered)
        for letter, agency, accepted, answered in explained.annotate(
            accepted=Count("dossier", distinct=True, filter=accepting), answered=Count("dossier", distinct=True)
        ).values_list("baseline__directive", "baseline__agency", "accepted", "answered")
    }
    found = {}
    for letter, agency, asked in held.annotate(asked=Count("pk")).values_list("baseline__directive", "baseline__agency", "asked"):
        accepted, answered = answers.get((letter, agency), (0, 0))
        found[letter, agency] = Asked(asked, accepted, answered - accepted)
    return found


def units_to_ask(letter: Directive, *, now: datetime) -> list[tuple[Agency, Asked]]:
    """The units not asked yet that have something to explain: dossiers of the letter's lists, still overdue; most first."""
    counted = asked_counts(BaselineDossier.objects.filter(baseline__directive=letter), now=now)
    units = Agency.objects.filter(
        Exists(Baseline.objects.filter(directive=letter, agency=OuterRef("pk"))),
        ~Exists(ExplanationCall.objects.filter(directive=letter, agency=OuterRef("pk"))),
    )
    found = [(unit, counted.get((letter.pk, unit.pk), Asked())) for unit in units.order_by("sort_key")]
    return sorted([pair for pair in found if pair[1].left], key=lambda pair: -pair[1].left)


def letters_with_lists(user: User) -> QuerySet[Directive]:
    """The letters with lists of dossiers of units the caller may see, newest first."""
    lists = within_sight(user, Baseline.objects.filter(directive=OuterRef("pk")))
    return Directive.objects.filter(Exists(lists)).order_by("-issued_on", "-pk")


def senders(user: User) -> tuple[Choices, dict[str, str]]:
    """The units (code, name) that explained, and the letters (slug, reference) they did it for; one query."""
    units, letters = {}, {}
    names = ("agency__code", "agency__name", "directive__slug", "directive__reference")
    seen = within_sight(user, Explanation.objects.order_by("agency__sort_key", "-directive__issued_on"))
    for code, name, slug, reference in seen.values_list(*names).distinct():
        units[code] = name
        if slug:
            letters[slug] = reference
    return tuple(units.items()), letters


def answerable(user: User, night: Listing) -> Known:
    """The overdue dossiers of the units the person answers for, as the night knew them."""
    return overdue_dossiers(night).filter(agency__in=answered_for(user).order_by().values("pk"))


def chosen_dossiers(user: User, dossiers: Collection[int]) -> list[tuple[int, int]]:
    """(dossier, its unit) of those the person may explain: overdue in the newest night, with a unit of theirs."""
    night = listing(None)
    if night is None:
        return []
    known = answerable(user, night)
    return list(known.filter(**{f"{dossier_key(known)}__in": dossiers}).values_list(dossier_key(known), "agency_id"))
