"""A letter's lists as pages show them: where each unit stands on a day, and the way there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency
from directives.models import Baseline, CohortCount, Directive
from directives.rules.fate import FATES
from directives.rules.flow import Flow

COURSES = ("settled", "improved", "still")
COLUMNS = ("size", *FATES, "unlisted", "inflow", "stock")


@dataclass(frozen=True, slots=True)
class Part:
    """One list at the end of a day."""

    baseline: Baseline
    flow: Flow


@dataclass(frozen=True, slots=True)
class UnitLists:
    """A unit's lists of one letter, and what became of them; ``outlived``: letters of which the unit still holds dossiers."""

    agency: Agency
    parts: tuple[Part, ...]
    flow: Flow
    outlived: int

    @property
    def quoted(self) -> int | None:
        """The letter's own figures of these lists together; None unless it gives one for each."""
        figures = [part.baseline.quoted for part in self.parts]
        return sum(figure for figure in figures if figure is not None) if None not in figures else None


@dataclass(frozen=True, slots=True)
class DayFlow:
    as_of: date
    flow: Flow


def lists_seen(user: User) -> QuerySet[Baseline]:
    """The lists of the caller's units."""
    return Baseline.objects.filter(agency__in=visible_agencies(user).order_by().values("pk"))


def lists_of(*, directive: Directive, user: User, unit: str = "", system: str = "") -> QuerySet[Baseline]:
    """A letter's lists that the caller may see, of one unit or system if named."""
    found = lists_seen(user).filter(directive=directive)
    found = found.filter(agency__code=unit) if unit else found
    return found.filter(system=system) if system else found


def units_with_lists(lists: QuerySet[Baseline]) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=lists.order_by().values("agency")))


def followed_until(lists: QuerySet[Baseline]) -> tuple[date, date] | None:
    """(first day all these lists are followed, last one); None when there is none."""
    days = lists.aggregate(first=Max("as_of"), last=Max("counts__as_of"))
    return (days["first"], days["last"]) if days["last"] else None


def units_followed(*, lists: QuerySet[Baseline], as_of: date) -> list[UnitLists]:
    """Every unit's lists at the end of a day, most that is not settled first."""
    parts: dict[Agency, list[Part]] = defaultdict(list)
    for part in counted(CohortCount.objects.filter(baseline__in=lists, as_of=as_of)):
        parts[part.baseline.agency].append(part)
    outlived = letters_outlived(units=[unit.pk for unit in parts], as_of=as_of)
    found = [
        UnitLists(unit, tuple(held), Flow.total(part.flow for part in held), outlived.get(unit.pk, 0))
        for unit, held in parts.items()
    ]
    return sorted(found, key=lambda unit: (-unit.flow.unsettled, -unit.flow.stock))


def counted(counts: QuerySet[CohortCount]) -> list[Part]:
    """The lists of these rows with their flow, by unit, the old system first."""
    told = counts.select_related("baseline__agency", "baseline__system").order_by(
        "baseline__agency__sort_key", "-baseline__system"
    )
    return [Part(count.baseline, flow_of({name: getattr(count, name) for name in COLUMNS})) for count in told]


def summary(units: Collection[UnitLists]) -> dict[str, object]:
    """All together: the balance, how many units took which course, who had nothing at the mark, whether the scope is supposed."""
    held = [unit for unit in units if unit.flow.size]
    return {
        "total": Flow.total(unit.flow for unit in units),
        "courses": dict(Counter(sorted((unit.flow.course for unit in held), key=COURSES.index))),
        "without": [unit.agency.name for unit in units if not unit.flow.size],
        "inferred": any(part.baseline.inferred for unit in units for part in unit.parts),
    }


def letters_outlived(*, units: Collection[int], as_of: date) -> Mapping[int, int]:
    """Per unit, of how many letters issued by then it still holds overdue dossiers of the list."""
    held = CohortCount.objects.filter(as_of=as_of, baseline__agency__in=units, baseline__directive__issued_on__lte=as_of)
    left = held.filter(Q(overdue__gt=0) | Q(unlisted__gt=0)).order_by().values("baseline__agency")
    return dict(left.annotate(letters=Count("baseline__directive", distinct=True)).values_list("baseline__agency", "letters"))


def days_followed(*, lists: QuerySet[Baseline], since: date, until: date) -> list[DayFlow]:
    """These lists together, day by day."""
    counts = CohortCount.objects.filter(baseline__in=lists, as_of__range=(since, until)).order_by().values("as_of")
    sums = counts.annotate(**{f"sum_{name}": Sum(name) for name in COLUMNS}).order_by("as_of")
    rows = sums.values_list("as_of", *(f"sum_{name}" for name in COLUMNS))
    return [DayFlow(day, flow_of(dict(zip(COLUMNS, numbers, strict=True)))) for day, *numbers in rows]


def flow_of(row: Mapping[str, int]) -> Flow:
    return Flow(row["size"], {name: row[name] for name in FATES}, row["unlisted"], row["inflow"], row["stock"])
