"""What the first page adds to the ranking: last night's movement, and the backlog by field."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from agencies.models import Agency
from dossiers.models import AgencyDayCount, Procedure, SourceSystem, SweepRun
from dossiers.selectors.counts import fields_counted
from dossiers.selectors.episodes import moved
from dossiers.selectors.states import Known, dossiers_known_at
from reports.rules.ranking import EVERYONE, NOTHING, Figures, change, together
from reports.selectors.counts import SYSTEMS, counts, day_totals
from reports.selectors.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Movement:
    """Dossiers that became overdue in the night of a date, and those that stopped being so."""

    opened: int
    closed: int


def known_of(agencies: QuerySet[Agency], run: SweepRun) -> Known:
    """The dossiers of these units as that night knew them."""
    return dossiers_known_at(run).filter(agency__in=agencies.order_by().values("pk"))


def movement(*, known: Known, as_of: date) -> Movement:
    """Counted as the lists behind the two numbers are selected."""
    return Movement(moved(known, "newly_overdue", as_of).count(), moved(known, "no_longer_overdue", as_of).count())


def movements(*, known: Known, as_of: date) -> dict[int, Movement]:
    """The same per unit; ``EVERYONE`` is all of them together."""
    found: dict[int, Movement] = {}
    opened, closed = (_by_unit(known, word, as_of) for word in ("newly_overdue", "no_longer_overdue"))
    for unit in opened | closed:
        found[unit] = Movement(opened[unit], closed[unit])
    found[EVERYONE.pk] = Movement(opened.total(), closed.total())
    return found


def _by_unit(known: Known, word: str, as_of: date) -> Counter[int]:
    return Counter(dict(moved(known, word, as_of).order_by().values_list("agency_id").annotate(Count("pk"))))


@dataclass(frozen=True, slots=True)
class Headline:
    """Overdue in one system (``""``: both together), and its change against each comparison of the ranking."""

    system: str
    value: int | None  # None: no file of this system ever came
    changes: tuple[int | None, ...]


def headlines(*, agencies: QuerySet[Agency], ranking: Ranking) -> list[Headline]:
    """Both systems together, then each; the counts of every unit once."""
    now = ranking.total.now if ranking.total else NOTHING
    past = day_totals(counts(agencies, SYSTEMS, None), [item.day for item in ranking.comparisons if item.day and item.known])
    lines = [Headline("", now.total, ranking.total.changes if ranking.total else ())]
    for system, value in ((SourceSystem.OLD, now.old), (SourceSystem.NEW, now.new)):
        days = [item.day if item.known and system not in item.absent else None for item in ranking.comparisons]
        changes = tuple(change(value, past.get((day, system), 0)) if day else None for day in days)
        lines.append(Headline(system, value if ranking.has(system) else None, changes if ranking.has(system) else ()))
    return lines


def levels(ranking: Ranking) -> list[tuple[str, Figures]]:
    """The units' own figures by their level, from the province down."""
    held = [(level, [row.now for row in ranking.rows if row.unit.level == level]) for level in Agency.Level.values]
    return [(level, together(figures)) for level, figures in held if figures]


def field_names(*, agencies: QuerySet[Agency], as_of: date) -> list[str]:
    """The fields these units have figures for on that date."""
    return list(fields_counted(AgencyDayCount.objects.filter(as_of=as_of, agency__in=agencies.order_by().values("pk"))))


def field_meant(name: str, *, agencies: QuerySet[Agency]) -> bool:
    """Whether there is such a field: a procedure's, or one these units ever had figures in. Zeros of another tell nothing."""
    counted = AgencyDayCount.objects.filter(field=name, agency__in=agencies.order_by().values("pk"))
    return Procedure.objects.filter(field=name).exists() or counted.exists()


def fields(*, agencies: QuerySet[Agency], as_of: date) -> list[tuple[str, Figures]]:
    """Overdue dossiers by field, most first; fields without any are left out."""
    rows = AgencyDayCount.objects.filter(as_of=as_of, field__gt="", overdue__gt=0, agency__in=agencies.order_by().values("pk"))
    sums = rows.order_by().values("field", "system_id").annotate(late=Sum("overdue"))
    found: dict[str, Figures] = defaultdict(lambda: NOTHING)
    for field, system, late in sums.values_list("field", "system_id", "late"):
        found[field] += Figures(late, 0) if system == SourceSystem.OLD else Figures(0, late)
    return sorted(found.items(), key=lambda pair: (-pair[1].total, pair[0]))
