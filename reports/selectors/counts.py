"""Reads of the frozen daily counts. Nothing here, or above it in this room, looks at a raw dossier for a figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Func, IntegerField, QuerySet, Sum, Value

from agencies.models import Agency, AgencyPath
from dossiers.models import AgencyDayCount, SourceSystem
from dossiers.selectors.states import AGES
from reports.rules.ranking import NOTHING, Figures

SYSTEMS = (SourceSystem.OLD, SourceSystem.NEW)
AGE_COLUMNS = tuple(f"overdue_{name}" for name in AGES)


def counts(agencies: QuerySet[Agency], systems: Collection[str], field: str | None) -> QuerySet[AgencyDayCount]:
    """The rows of these units; ``field`` None is the whole unit (never add the two kinds)."""
    rows = AgencyDayCount.objects.filter(agency__in=agencies.order_by().values("pk"), field=field or "")
    return rows if set(systems) == set(SYSTEMS) else rows.filter(system__in=systems)


def own_figures(rows: QuerySet[AgencyDayCount], as_of: date) -> dict[int, Figures]:
    """Each unit's own figures at the end of one day, both systems together."""
    held: dict[int, Figures] = {}
    wanted = ("agency_id", "system_id", "overdue", "open", "due_today", "due_soon", "oldest_due", *AGE_COLUMNS)
    for agency, system, overdue, open_, today, soon, oldest, *ages in rows.filter(as_of=as_of).values_list(*wanted):
        old, new = (overdue, 0) if system == SourceSystem.OLD else (0, overdue)
        held[agency] = held.get(agency, NOTHING) + Figures(old, new, open_, today, soon, tuple(ages), oldest)
    return held


class History:
    """Overdue totals per unit on the days that have figures. A unit without a row on such a day had none overdue."""

    def __init__(self, days: Collection[date], totals: Mapping[int, Mapping[int, int]]) -> None:
        self.days = {day: day.toordinal() for day in days}
        self.totals = totals

    def keys(self, days: Iterable[date | None]) -> list[int | None]:
        """What ``at`` asks by; None for a day without figures."""
        return [self.days.get(day) if day else None for day in days]

    def at(self, units: Sequence[int], keys: Sequence[int | None]) -> list[int | None]:
        """Overdue of these units together on each day; None where the day has no figures."""
        held = [self.totals[unit] for unit in units if unit in self.totals]
        if len(held) == 1:
            return [None if key is None else held[0].get(key, 0) for key in keys]
        return [None if key is None else sum(by_day.get(key, 0) for by_day in held) for key in keys]


def history(rows: QuerySet[AgencyDayCount], days: Collection[date]) -> History:
    """One row per unit comes back, however many days are asked for."""
    day_number = Func(F("as_of"), Value(date.min), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())
    packed = rows.filter(as_of__in=days, overdue__gt=0).order_by().values("agency_id")
    packed = packed.annotate(when=ArrayAgg(day_number), counts=ArrayAgg("overdue"))
    totals: dict[int, dict[int, int]] = {}
    for agency, when, overdue in packed.values_list("agency_id", "when", "counts"):
        by_day = totals[agency] = defaultdict(int)
        for day, count in zip(when, overdue, strict=True):
            by_day[day + 1] += count  # date.min is ordinal 1
    return History(days, totals)


def day_totals(rows: QuerySet[AgencyDayCount], days: Collection[date]) -> dict[tuple[date, str], int]:
    """Overdue of all these units together by (day, system); a pair that is missing held none."""
    # A list of dates, not a range: the index is then entered once per day and skips the rows by field.
    sums = rows.filter(as_of__in=days, overdue__gt=0).order_by().values("as_of", "system_id").annotate(late=Sum("overdue"))
    return {(day, system): late for day, system, late in sums.values_list("as_of", "system_id", "late")}


def branches(agencies: QuerySet[Agency]) -> dict[int, list[int]]:
    """Each unit with every unit under it, itself included."""
    under: dict[int, list[int]] = defaultdict(list)
    visible = agencies.order_by().values("pk")
    for ancestor, agency in AgencyPath.objects.filter(ancestor__in=visible).values_list("ancestor_id", "agency_id"):
        under[ancestor].append(agency)
    return under
