"""Following the lists behind letters' figures night by night, set-based."""

from django.db import connection
from django.db.models import Min, QuerySet

from directives.models import Baseline
from directives.rules.fate import FATES
from directives.selectors.cohorts import Look, followed
from dossiers.selectors.runs import finished_runs
from worktime.selectors import calendar

FOLLOWED = ("mark", "fate", "held")


def cohorts_catch_up(*, baselines: QuerySet[Baseline]) -> int:
    """Follow lists through the finished nights they have no row of yet, from their own mark on. Returns the rows written."""
    first = baselines.aggregate(first=Min("as_of"))["first"]
    if first is None:
        return 0
    working = calendar()
    runs = finished_runs().filter(as_of__gte=first).order_by("as_of")
    return sum(cohort_count(look=Look.of(run, working), baselines=baselines) for run in runs)


def cohort_count(*, look: Look, baselines: QuerySet[Baseline]) -> int:
    """One row per list whose mark is not after the day and that has none of this day yet. Returns the rows written.

    The stock is the published figure of the day; what of it is not of the list came after the mark.
    """
    as_of = look.day.as_of
    wanted = list(baselines.filter(as_of__lte=as_of).exclude(counts__as_of=as_of).order_by().values_list("pk", flat=True))
    if not wanted:
        return 0
    select, values = followed(look, wanted).order_by().values_list(*FOLLOWED).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_counting(select), [*values, as_of, as_of, wanted])
        return int(cursor.rowcount)


def _counting(followed_rows: str) -> str:
    """Each part once and whole: folded into one another they would be worked out again for every list and every column."""
    counts = ", ".join(f"count(*) FILTER (WHERE fate = '{name}') AS {name}" for name in FATES)
    columns = ", ".join(f"coalesce({name}, 0)" for name in FATES)
    return f"""
        WITH followed (mark, fate, held) AS MATERIALIZED ({followed_rows}),
        fates AS MATERIALIZED (
            SELECT mark, {counts}, count(*) FILTER (WHERE held AND fate IN ('vanished', 'moved')) AS unlisted
            FROM followed GROUP BY mark
        )
        INSERT INTO directives_cohortcount (baseline_id, as_of, size, {", ".join(FATES)}, unlisted, inflow, stock)
        SELECT list.id, %s, counted, {columns}, coalesce(unlisted, 0),
               coalesce(stock, 0) - coalesce(overdue, 0) - coalesce(unlisted, 0), coalesce(stock, 0)
        FROM directives_baseline list LEFT JOIN fates ON mark = list.id
        LEFT JOIN (
            SELECT agency_id, system_id, overdue AS stock FROM dossiers_agencydaycount WHERE as_of = %s AND field = ''
        ) figures ON figures.agency_id = list.agency_id AND figures.system_id = list.system_id
        WHERE list.id = ANY(%s)
    """  # noqa: S608  # names of our own columns; every value is a parameter
