"""Following the lists behind letters' figures night by night, set-based."""

from datetime import date

from django.db import IntegrityError, connection
from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from directives.models import Baseline
from directives.rules.fate import FATES
from directives.selectors.cohorts import Look, judged
from dossiers.selectors.runs import finished_runs
from dossiers.selectors.states import dossier_key
from worktime.selectors import calendar


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
    columns = (dossier_key(look.known), "agency_id", "own", "late")
    select, values = judged(look, wanted).order_by().values_list(*columns).query.sql_with_params()
    try:
        with connection.cursor() as cursor:
            cursor.execute(_counting(select), [*values, wanted, as_of, as_of, wanted])
            return int(cursor.rowcount)
    except IntegrityError as error:
        raise CohortMismatchError(as_of) from error


def _counting(judged_rows: str) -> str:
    """Each dossier is judged once, however many letters it has outlived; an overdue one at another unit was handed over.

    Lists are joined to the few groups of dossiers alike, not to each of their dossiers.
    """
    fates = ", ".join(f"coalesce(sum(held) FILTER (WHERE fate = '{name}'), 0)" for name in FATES)
    overdue, unlisted = (f"coalesce(sum(held) FILTER (WHERE {condition}), 0)" for condition in ("fate = 'overdue'", "unlisted"))
    return f"""
        WITH judged (dossier, agency, own, late) AS MATERIALIZED ({judged_rows}),
        alike AS MATERIALIZED (
            SELECT baseline_id AS mark, agency, own, late, count(*) AS held
            FROM directives_baselinedossier JOIN judged ON dossier = dossier_id
            WHERE baseline_id = ANY(%s) GROUP BY mark, agency, own, late
        ),
        fates AS (
            SELECT mark, held, late AND agency = agency_id AS unlisted,
                   CASE WHEN own = 'overdue' AND agency <> agency_id THEN 'transferred' ELSE own END AS fate
            FROM alike JOIN directives_baseline list ON list.id = mark
        )
        INSERT INTO directives_cohortcount (baseline_id, as_of, size, {", ".join(FATES)}, unlisted, inflow, stock)
        SELECT list.id, %s, counted, {fates}, {unlisted}, coalesce(stock, 0) - {overdue} - {unlisted}, coalesce(stock, 0)
        FROM directives_baseline list LEFT JOIN fates ON mark = list.id
        LEFT JOIN (
            SELECT agency_id, system_id, overdue AS stock FROM dossiers_agencydaycount WHERE as_of = %s AND field = ''
        ) figures ON figures.agency_id = list.agency_id AND figures.system_id = list.system_id
        WHERE list.id = ANY(%s) GROUP BY list.id, stock
    """  # noqa: S608  # names of our own columns; every value is a parameter
