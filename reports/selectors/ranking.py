"""The ranking of the units at the end of a day, from frozen counts only, in a fixed number of queries."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from django.db.models import QuerySet

from agencies.models import Agency
from agencies.rules import match_key
from directives.models import Directive
from directives.selectors.explained import Explained, explained_counts
from dossiers.rules.freshness import Freshness, Inputs, freshness, moment, stood_still
from dossiers.selectors.runs import inputs_by_day, nearest_day, systems_told
from reports.rules.ranking import EVERYONE, Figures, Row, Unit, change, rank, together
from reports.selectors.counts import SYSTEMS, History, branches, counts, history, own_figures
from worktime.models import WorkDate

SPARK_DAYS = 30


class Filters(TypedDict):
    """What a ranking is of. ``scope``: own or area; the others cut it down, None does not."""

    scope: str
    system: str | None
    level: str | None
    field: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier day the figures are held against. ``stuck``: systems that brought nothing newer in between.

    ``absent``: systems of which nothing was known that day; then there is no total to hold them against.
    """

    key: str  # day, week, letter
    day: date | None
    known: bool = False
    stuck: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """``nearest`` is ``as_of`` itself when that date has a finished night, else the closest date that has one, if any."""

    as_of: date
    scope: str
    systems: tuple[str, ...]
    nearest: date | None
    rows: tuple[Row, ...] = ()
    total: Row | None = None
    comparisons: tuple[Comparison, ...] = ()
    freshness: tuple[Freshness, ...] = ()

    @property
    def known(self) -> bool:
        return self.nearest == self.as_of

    @property
    def live(self) -> tuple[str, ...]:
        """The systems whose figures mean anything."""
        return tuple(system for system in self.systems if self.has(system))

    def named(self, text: str) -> "Ranking":
        """The units whose name or code holds this text, written any way the unit matching allows, at the ranks they have."""
        wanted = match_key(text)
        if not wanted:
            return self
        rows = tuple(row for row in self.rows if wanted in match_key(row.unit.name) or wanted in match_key(row.unit.code))
        return replace(self, rows=rows, total=None)

    def has(self, system: str) -> bool:
        """Whether a figure of this system means anything: it was asked for and a file of it ever came."""
        return system in self.systems and all(item.state != "none" for item in self.freshness if item.system == system)


def ranking(
    *,
    agencies: QuerySet[Agency],
    as_of: date,
    scope: str = "own",
    system: str | None = None,
    level: str | None = None,
    field: str | None = None,
    explained: bool = False,
) -> Ranking:
    """Rank the given units (``agencies/access.py`` says which a caller may see) at the end of ``as_of``."""
    systems = (system,) if system else SYSTEMS
    comparisons, window = _comparisons(as_of), _window(as_of)
    nights = inputs_by_day([*window, *(item.day for item in comparisons if item.day)])
    if as_of not in nights:
        return Ranking(as_of, scope, systems, nearest_day(as_of))
    compared = tuple(_compared(item, nights, as_of, systems) for item in comparisons)
    rows = counts(agencies, systems, field)
    own, past = own_figures(rows, as_of), history(rows, _comparable(nights, as_of, systems))
    below = branches(agencies) if scope == "area" else {}
    late = _lateness(as_of, nights[as_of], own.values())
    answers = explained_counts(agencies=agencies, as_of=as_of, system=system, field=field) if explained else None
    lines = _Lines(own, past, late, past.keys(item.day for item in compared), past.keys(window), answers)
    reach = {unit: below.get(unit.pk, [unit.pk]) for unit in _units(agencies, as_of, own) if level in (None, "", unit.level)}
    ranked = rank(lines.row(unit, members) for unit, members in reach.items() if not unit.gone)
    # Each unit once, although two rows may both contain it; those gone too, for the days they held some.
    total = lines.row(EVERYONE, sorted({pk for members in reach.values() for pk in members}))
    fresh = tuple(freshness(nights[as_of], name, as_of, late) for name in SYSTEMS)
    return Ranking(as_of, scope, systems, as_of, tuple(ranked), total, compared, fresh)


@dataclass(frozen=True, slots=True)
class _Lines:
    own: Mapping[int, Figures]
    past: History
    late: Callable[[date], int | None]
    compared: Sequence[int | None]  # days as ``History.keys`` names them
    window: Sequence[int | None]
    answers: Mapping[int, Explained] | None

    def row(self, unit: Unit, members: Sequence[int]) -> Row:
        now = together(self.own[pk] for pk in members if pk in self.own)
        before = self.past.at(members, self.compared)
        return Row(
            rank=0,
            unit=unit,
            now=now,
            oldest_days=self.late(now.oldest_due) if now.oldest_due else None,
            changes=tuple(change(now.total, earlier) for earlier in before),
            spark=tuple(self.past.at(members, self.window)),
            explained=None if self.answers is None else sum(self.answers[pk].accepted for pk in members if pk in self.answers),
        )


def _window(as_of: date) -> list[date]:
    return [_back(as_of, days) for days in reversed(range(SPARK_DAYS))]


def _back(as_of: date, days: int) -> date:
    """Days earlier, or the first day there is: an address may ask for the year 1."""
    return as_of - timedelta(days=min(days, as_of.toordinal() - 1))


def _comparisons(as_of: date) -> tuple[Comparison, ...]:
    """The day before, seven days before, and the day the last letter before ``as_of`` was issued."""
    letters = Directive.objects.filter(issued_on__lt=as_of).order_by("-issued_on", "-pk")
    issued_on, reference = letters.values_list("issued_on", "reference").first() or (None, "")
    return (
        Comparison("day", _back(as_of, 1)),
        Comparison("week", _back(as_of, 7)),
        Comparison("letter", issued_on, letter=reference),
    )


def _compared(item: Comparison, nights: Mapping[date, Inputs], as_of: date, systems: Iterable[str]) -> Comparison:
    before = nights.get(item.day) if item.day else None
    if before is None:
        return item
    stuck = tuple(system for system in systems if stood_still(nights[as_of], before, system))
    new = systems_told(nights[as_of]) - systems_told(before)
    return replace(item, known=True, stuck=stuck, absent=tuple(system for system in systems if system in new))


def _comparable(nights: Mapping[date, Inputs], as_of: date, systems: Collection[str]) -> list[date]:
    """The days on which every system with figures now had some."""
    now = systems_told(nights[as_of]).intersection(systems)
    return [day for day, inputs in nights.items() if now <= systems_told(inputs)]


def _units(agencies: QuerySet[Agency], as_of: date, own: Mapping[int, Figures]) -> list[Unit]:
    """The units that have begun by that date, and any other with dossiers booked on it. The province itself is the total."""
    wanted = ("pk", "code", "name", "level", "sort_key", "valid_from", "valid_to", "parent_id", "verified", "remark")
    found = list(agencies.order_by().values_list(*wanted))
    parents = {parent for *_, parent, _verified, _remark in found}
    units = []
    for pk, code, name, level, sort_key, valid_from, valid_to, parent, verified, remark in found:
        begun, ended = valid_from is None or valid_from <= as_of, valid_to is not None and valid_to < as_of
        province = level == Agency.Level.PROVINCE and parent is None and pk in parents
        holds = pk in own and own[pk].open > 0
        if holds or (begun and not province):
            units.append(Unit(pk, code, name, level, sort_key, ended, ended and not holds, verified, remark))
    return units


def _lateness(as_of: date, inputs: Inputs, held: Iterable[Figures]) -> Callable[[date], int | None]:
    """Working days from a day to ``as_of``, for the days this page will ask about; one query."""
    days = {figures.oldest_due for figures in held if figures.oldest_due}
    days |= {found.date() for name in SYSTEMS if (found := moment(inputs, name))}
    ordinals = dict(WorkDate.objects.filter(date__in=days | {as_of}).values_list("date", "ordinal"))
    today = ordinals.get(as_of)
    return lambda day: today - ordinals[day] if today is not None and day in ordinals else None
