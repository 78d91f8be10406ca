"""Following the lists behind letters' figures night by night, set-based."""

from datetime import date
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import BooleanField, Min, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from directives.models import Baseline
from directives.rules.fate import FATES
from directives.selectors.cohorts import Look, gone, judged
from dossiers.selectors.runs import finished_runs
from dossiers.selectors.states import Known, dossier_key
from dossiers.services.sweep import episodes_alive
from worktime.selectors import calendar

OTHERS = tuple(name for name in FATES if name != "overdue")


class CohortMismatchError(Exception):
    """The lists and the published figures of a day contradict each other; nothing of it must be kept."""

    def __init__(self, as_of: date) -> None:
        text = _("Danh sách tại mốc của công văn không khớp số quá hạn đã công bố ngày %(day)s; đêm này không được ghi.")
        super().__init__(text % {"day": f"{as_of:%d/%m/%Y}"})


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
    alive, alive_values = _sql(episodes_alive(as_of).exclude(dossier__in=gone(look)).values_list("dossier_id", "agency_id"))
    others = judged(look, _among_others(look.known)).values_list(dossier_key(look.known), "agency_id", "own", "late")
    fates, fate_values = _sql(others)
    try:
        with connection.cursor() as cursor:
            values = [*alive_values, wanted, *fate_values, wanted, as_of, as_of]
            cursor.execute(_counting(alive, fates), values)
            return int(cursor.rowcount)
    except IntegrityError as error:
        raise CohortMismatchError(as_of) from error


def _among_others(known: Known) -> RawSQL:
    """As an array: of a join the planner may think that the whole archive is read sooner."""
    column = f'"{known.model._meta.db_table}"."{dossier_key(known)}"'
    return RawSQL(f"{column} = ANY(ARRAY(SELECT DISTINCT dossier FROM others))", (), BooleanField())  # noqa: S608, S611  # our names


def _sql(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    return rows.order_by().query.sql_with_params()


def _counting(alive: str, judged_rows: str) -> str:
    """Most of a list is overdue at its unit still, which the night has just found: only the others are judged one by one.

    One of them that is overdue at another unit was handed over.
    """
    counts = ", ".join(f"sum(held) FILTER (WHERE fate = '{name}') AS {name}" for name in OTHERS)
    columns = ", ".join(OTHERS)
    followed = ", ".join(f"coalesce({name}, 0) AS {name}" for name in OTHERS)
    left = " - ".join(("counted", *(f"coalesce({name}, 0)" for name in OTHERS)))
    return f"""
        WITH alive (dossier, agency) AS MATERIALIZED ({alive}),
        others AS MATERIALIZED (
            SELECT baseline_id AS mark, list.agency_id AS unit, dossier_id AS dossier
            FROM directives_baselinedossier JOIN directives_baseline list ON list.id = baseline_id
            LEFT JOIN alive ON alive.dossier = dossier_id AND alive.agency = list.agency_id
            WHERE alive.dossier IS NULL AND baseline_id = ANY(%s)
        ),
        judged (dossier, agency, own, late) AS MATERIALIZED ({judged_rows}),
        fates AS (
            SELECT mark, late AND agency = unit AS gone, count(*) AS held,
                   CASE WHEN own = 'overdue' AND agency <> unit THEN 'transferred' ELSE own END AS fate
            FROM others JOIN judged USING (dossier) GROUP BY mark, gone, fate
        ),
        counts AS (SELECT mark, {counts}, sum(held) FILTER (WHERE gone) AS unlisted FROM fates GROUP BY mark),
        followed AS (
            SELECT id, agency_id, system_id, counted, {followed}, {left} AS overdue, coalesce(unlisted, 0) AS unlisted
            FROM directives_baseline LEFT JOIN counts ON mark = id WHERE id = ANY(%s)
        )
        INSERT INTO directives_cohortcount (baseline_id, as_of, size, {columns}, overdue, unlisted, inflow, stock)
        SELECT id, %s, counted, {columns}, overdue, unlisted, coalesce(stock, 0) - overdue - unlisted, coalesce(stock, 0)
        FROM followed LEFT JOIN (
            SELECT agency_id, system_id, overdue AS stock FROM dossiers_agencydaycount WHERE as_of = %s AND field = ''
        ) figures USING (agency_id, system_id)
    """  # noqa: S608  # names of our own columns; every value is a parameter
