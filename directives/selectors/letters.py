"""Letters as pages read them: the chain they form, and what they quote beside our own figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency
from agencies.rules import fold
from directives.models import Directive, DirectiveCitation, DirectiveFigure
from dossiers.models import AgencyDayCount, SourceSystem
from dossiers.selectors.runs import systems_by_day

Place: TypeAlias = tuple[date, int, str]  # day, unit, system


@dataclass(frozen=True)
class ChainLink:
    """A letter of the chain with our overdue totals at its date; None where that date has no figures of a system."""

    directive: Directive
    days_since: int | None  # since the previous letter of the chain
    old: int | None
    new: int | None

    @property
    def total(self) -> int | None:
        """Of the systems with figures; None when neither has any."""
        known = [number for number in (self.old, self.new) if number is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class QuotedFigure:
    """A figure of a letter, ours for the same day, and ours now. None: no figures that day, or not the caller's unit.

    Letters do not say whether the units below are counted: ``ours`` is the unit alone, ``area`` with all under it.
    """

    figure: DirectiveFigure
    visible: bool
    ours: int | None
    area: int | None
    now: int | None

    @property
    def difference(self) -> int | None:
        return None if self.ours is None else self.ours - self.figure.value

    @property
    def since(self) -> int | None:
        return None if self.ours is None or self.now is None else self.now - self.ours


def directives_listed() -> QuerySet[Directive]:
    """Every letter, newest first: official documents are addressed to all."""
    return Directive.objects.annotate(quoted=Count("figures", distinct=True), citing=Count("citations", distinct=True)).order_by(
        "-issued_on", "-reference"
    )


def directives_found(*, text: str, most: int) -> list[Directive]:
    """Letters whose number, symbol, issuer or subject have every word of ``text``; the number first, then the newest."""
    words = fold(text).split()
    if not words:
        return []
    letters = Directive.objects.defer("text").order_by("-issued_on", "-reference")  # all of them: they are tens a year
    found = [letter for letter in letters if _has_all(words, f"{letter.reference} {letter.issuer} {letter.subject}")]
    return sorted(found, key=lambda letter: not fold(letter.reference).startswith(fold(text)))[:most]


def _has_all(words: Collection[str], said: str) -> bool:
    folded = fold(said)
    return all(word in folded for word in words)


def chain_of(directive: Directive) -> list[Directive]:
    """The letters joined to this one by citations, in either direction, oldest first."""
    neighbours: dict[int, set[int]] = {}
    for citing, cited in DirectiveCitation.objects.values_list("citing_id", "cited_id"):
        neighbours.setdefault(citing, set()).add(cited)
        neighbours.setdefault(cited, set()).add(citing)
    found, waiting = {directive.pk}, [directive.pk]
    while waiting:
        reached = neighbours.get(waiting.pop(), set()) - found
        found |= reached
        waiting.extend(reached)
    return list(Directive.objects.filter(pk__in=found).order_by("issued_on", "reference"))


def citation_chain(*, directive: Directive, user: User) -> list[ChainLink]:
    """The chain with days between letters and the overdue totals of the units the caller may see."""
    letters = chain_of(directive)
    totals = _totals({letter.issued_on for letter in letters}, visible_agencies(user))
    links = []
    for previous, letter in zip([None, *letters], letters, strict=False):
        days = (letter.issued_on - previous.issued_on).days if previous else None
        held = totals.get(letter.issued_on, {})
        links.append(ChainLink(letter, days, held.get(SourceSystem.OLD), held.get(SourceSystem.NEW)))
    return links


def citations() -> Mapping[int, Collection[int]]:
    """Ids of the letters each letter cites."""
    found: dict[int, list[int]] = {}
    for citing, cited in DirectiveCitation.objects.values_list("citing_id", "cited_id"):
        found.setdefault(citing, []).append(cited)
    return found


def _totals(days: Collection[date], agencies: QuerySet[Agency]) -> Mapping[date, dict[str, int]]:
    """Per day with a finished night: overdue on each system it had data of, over these units' own dossiers."""
    totals = {day: dict.fromkeys(systems, 0) for day, systems in systems_by_day(days).items()}
    rows = AgencyDayCount.objects.filter(as_of__in=list(totals), field="", agency__in=agencies.order_by().values("pk"))
    for day, system, overdue in rows.values_list("as_of", "system_id").annotate(total=Sum("overdue")).order_by():
        totals[day][system] = overdue
    return totals


def quoted_figures(*, directive: Directive, user: User, today: date | None) -> list[QuotedFigure]:
    """Each quoted figure beside ours; ``today`` is the newest date with figures."""
    figures = list(directive.figures.select_related("agency", "system"))
    mine = set(visible_agencies(user).filter(pk__in=[figure.agency_id for figure in figures]).values_list("pk", flat=True))
    days = {figure.as_of for figure in figures} | ({today} if today else set())
    known = systems_by_day(days)
    own, area = (_counted(known, mine, unit) for unit in ("agency", "agency__above__ancestor"))

    def ours(counted: Mapping[Place, int], figure: DirectiveFigure, day: date | None) -> int | None:
        if day is None or figure.system_id not in known.get(day, ()) or figure.agency_id not in mine:
            return None
        return counted.get((day, figure.agency_id, figure.system_id), 0)

    return [
        QuotedFigure(
            figure,
            figure.agency_id in mine,
            ours=ours(own, figure, figure.as_of),
            area=ours(area, figure, figure.as_of),
            now=ours(own, figure, today),
        )
        for figure in figures
    ]


def _counted(days: Collection[date], units: Collection[int], unit: str) -> dict[Place, int]:
    """Overdue by day, unit and system, summed over the rows that ``unit`` (a path from the counts) leads to one of these."""
    rows = AgencyDayCount.objects.filter(as_of__in=days, field="", **{f"{unit}__in": units})
    sums = rows.order_by().values("as_of", unit, "system_id").annotate(late=Sum("overdue"))
    return {(day, agency, system): late for day, agency, system, late in sums.values_list("as_of", unit, "system_id", "late")}
