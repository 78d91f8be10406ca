"""A province's night: all of it (lock, ledger, checks, journal) beside the bare statements it cannot do without.

The bare statements are written by hand for one night of nothing but dossiers, into tables of their own with the same
columns, indexes and constraints; both do the same dates in turn, each in one committed transaction, and must agree.
Four letters address every unit, each with a list of all that was overdue at its mark; both follow them.
Goals: night / bare <= 1.3 with 100 000 open dossiers; with a million closed ones added the night takes as long as before
(within a tenth); a ranking of any past date takes at most twice today's.
"""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from agencies.models import Agency
from benchmarks import data
from directives.models import BaselineDossier, Directive
from directives.rules.fate import FATES
from directives.services.baselines import baselines_fix
from dossiers.models import AgencyDayCount, SweepRun
from dossiers.rules.overdue import age_edges, soon_edge
from dossiers.selectors.counts import FIGURES
from dossiers.selectors.runs import midnight_after
from kontum_tthc import nightly
from reports.selectors.ranking import ranking
from worktime.selectors import calendar

OPEN, CLOSED, PAST_DAYS, ROUNDS, LETTERS = 100_000, 1_000_000, 365, 10, 4
DAY = timedelta(days=1)

BARE_TABLES = """
CREATE TABLE bare_episode (LIKE dossiers_overdueepisode INCLUDING ALL);
ALTER TABLE bare_episode ADD FOREIGN KEY (dossier_id) REFERENCES dossiers_dossier DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (agency_id) REFERENCES agencies_agency DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (system_id) REFERENCES dossiers_sourcesystem DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE bare_count (LIKE dossiers_agencydaycount INCLUDING ALL);
ALTER TABLE bare_count ADD FOREIGN KEY (agency_id) REFERENCES agencies_agency DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (system_id) REFERENCES dossiers_sourcesystem DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE bare_cohort (LIKE directives_cohortcount INCLUDING ALL);
ALTER TABLE bare_cohort ADD FOREIGN KEY (baseline_id) REFERENCES directives_baseline DEFERRABLE INITIALLY DEFERRED;
"""
LATE = "overdue_from <= %(day)s AND (stopped_on IS NULL OR stopped_on >= overdue_from) AND received_on <= %(day)s"
OPEN_THEN = "received_on <= %(day)s AND (ended_on IS NULL OR ended_on > %(day)s)"
CLOSE = f"""
WITH late AS MATERIALIZED (
    SELECT id, agency_id, field FROM dossiers_dossier WHERE {LATE} AND ended_on IS NULL UNION ALL
    SELECT id, agency_id, field FROM dossiers_dossier WHERE {LATE} AND ended_on > %(day)s)
UPDATE bare_episode e SET ended_as_of = %(day)s, end_reason = 'finished', end_detected_at = %(now)s
WHERE ended_as_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM late WHERE late.id = e.dossier_id AND late.agency_id = e.agency_id AND late.field = e.field)
"""
NEW = f"""
SELECT id, system_id, agency_id, field, due_on, overdue_from::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
    %(now)s::timestamptz, %(day)s::date, ''
FROM dossiers_dossier d
WHERE {LATE} AND NOT EXISTS (SELECT 1 FROM bare_episode e WHERE e.dossier_id = d.id AND e.ended_as_of IS NULL)
"""
FLAG = f"""
INSERT INTO bare_episode
    (dossier_id, system_id, agency_id, field, due_on, became_overdue_at, detected_at, opened_as_of, end_reason)
{NEW} AND ended_on IS NULL UNION ALL {NEW} AND ended_on > %(day)s
"""
COUNT = f"""
INSERT INTO bare_count (as_of, system_id, agency_id, field, received, done_early, done_on_time, done_late, ended_other,
    open, in_time, due_today, due_soon, awaiting, undated, overdue, overdue_before_stop,
    overdue_5, overdue_10, overdue_30, overdue_90, overdue_more, oldest_due)
SELECT %(day)s, system_id, agency_id, coalesce(field, ''),
    count(*) FILTER (WHERE received_on = %(day)s),
    count(*) FILTER (WHERE ended_on = %(day)s AND status IN (9, 10) AND ended_on < due_on),
    count(*) FILTER (WHERE ended_on = %(day)s AND status IN (9, 10) AND ended_on = due_on),
    count(*) FILTER (WHERE ended_on = %(day)s AND status IN (9, 10) AND ended_on > due_on),
    count(*) FILTER (WHERE ended_on = %(day)s AND status NOT IN (9, 10)),
    count(*) FILTER (WHERE open), count(*) FILTER (WHERE open AND NOT late AND NOT stopped),
    count(*) FILTER (WHERE open AND NOT late AND NOT stopped AND due_on = %(day)s),
    count(*) FILTER (WHERE open AND NOT late AND NOT stopped AND due_on > %(day)s AND due_on < %(soon)s),
    count(*) FILTER (WHERE open AND NOT late AND stopped), 0,
    count(*) FILTER (WHERE open AND late), count(*) FILTER (WHERE open AND late AND stopped),
    count(*) FILTER (WHERE open AND late AND due_on >= %(age5)s),
    count(*) FILTER (WHERE open AND late AND due_on >= %(age10)s AND due_on < %(age5)s),
    count(*) FILTER (WHERE open AND late AND due_on >= %(age30)s AND due_on < %(age10)s),
    count(*) FILTER (WHERE open AND late AND due_on >= %(age90)s AND due_on < %(age30)s),
    count(*) FILTER (WHERE open AND late AND due_on < %(age90)s), min(due_on) FILTER (WHERE open AND late)
FROM (
    SELECT *, {LATE} AS late, coalesce(stopped_on <= %(day)s, false) AS stopped, {OPEN_THEN} AS open
    FROM (
        SELECT system_id, agency_id, field, 0 AS status, received_on, due_on, overdue_from, stopped_on, NULL::date AS ended_on
        FROM dossiers_dossier WHERE received_on <= %(day)s AND ended_on IS NULL
        UNION ALL
        SELECT system_id, agency_id, field, status, received_on, due_on, overdue_from, stopped_on, ended_on
        FROM dossiers_dossier WHERE received_on <= %(day)s AND ended_on >= %(day)s
    ) facts
) states
GROUP BY GROUPING SETS ((system_id, agency_id), (system_id, agency_id, field))
"""

# All that happens to a listed dossier here: it is finished. Nobody looks for it elsewhere, or whether its file still has it.
COHORT = f"""
INSERT INTO bare_cohort (baseline_id, as_of, size, finished, overdue, inflow, stock,
    ended_other, moved, vanished, transferred, stopped, due_moved, uncounted, unlisted)
SELECT mark.id, %(day)s, counted, coalesce(finished, 0), coalesce(held, 0), coalesce(stock, 0) - coalesce(held, 0),
    coalesce(stock, 0), 0, 0, 0, 0, 0, 0, 0, 0
FROM directives_baseline mark
LEFT JOIN (
    SELECT baseline_id, count(*) FILTER (WHERE ended_on <= %(day)s) AS finished,
        count(*) FILTER (WHERE {LATE} AND {OPEN_THEN}) AS held
    FROM directives_baselinedossier JOIN dossiers_dossier dossier ON dossier.id = dossier_id GROUP BY baseline_id
) fates ON baseline_id = mark.id
LEFT JOIN (SELECT agency_id AS unit, system_id AS system, overdue AS stock FROM bare_count WHERE as_of = %(day)s AND field = '')
    figures ON unit = agency_id AND system = system_id
WHERE mark.as_of <= %(day)s
"""


FINISH = """
UPDATE dossiers_dossier SET status = 9, stopped_on = NULL, ended_on = %(day)s, ended_at = %(day)s + time '16:00'
WHERE ended_on IS NULL AND id %% 100 = %(n)s
"""


def run(scale: float) -> dict[str, float]:
    batch, count = data.batches(), int(OPEN * scale)
    data.add(data.OPEN, 1, count, batch)
    with connection.cursor() as cursor:
        cursor.execute(BARE_TABLES)
    nights = [data.NIGHT + DAY * n for n in range(1 + 2 * ROUNDS)]
    both(nights[0])
    write_letters(nights[1])
    before = rounds(nights[1 : ROUNDS + 1])
    data.add(data.CLOSED, count + 1, int(CLOSED * scale), batch)
    write_letters(nights[ROUNDS + 1])  # anew: lists of the same age, so that nothing but the archive differs
    after = rounds(nights[ROUNDS + 1 :])
    today, past = rankings(nights[-1])
    return {
        "night, open dossiers only, ms": before[0],
        "bare statements, ms": before[1],
        "night / bare (goal <= 1.3)": before[2],
        "night with closed ones added, ms": after[0],
        "bare statements with closed ones added, ms": after[1],
        "night / bare with closed ones added": after[2],
        "night with closed ones / without (goal <= 1.1)": after[0] / before[0],
        "dossiers of letters' lists": BaselineDossier.objects.count(),
        "ranking of today, ms": today,
        "ranking of past dates, ms": past,
        "past / today (goal <= 2)": past / today,
    }


def write_letters(issued_on: date) -> None:
    """Four letters to every unit about the night before, their lists fixed; any others count as from long before."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare_cohort")
    Directive.objects.filter(issuer="bench").delete()
    Directive.objects.update(issued_on=data.NIGHT - DAY * PAST_DAYS)
    letter = {"issued_on": issued_on, "issuer": "bench", "subject": "bench", "source": "bench", "verified": True}
    for number in range(LETTERS):
        directive = Directive.objects.create(reference=f"{number}/BENCH", slug=f"{number}-bench", **letter)
        directive.addressees.create(label="bench").agencies.set(Agency.objects.all())
        baselines_fix(directive=directive, actor="bench")


def rounds(nights: list[date]) -> tuple[float, float, float]:
    """(night ms, bare ms, ratio): medians over the dates, each done by both in turn."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    times = [both(night, bare_first=bool(place % 2)) for place, night in enumerate(nights)]
    agree(nights[0])
    whole, alone = zip(*times, strict=True)
    return median(whole), median(alone), median(a / b for a, b in times)


def finish(day: date) -> None:
    """What the day's extract brings: one in a hundred of the open dossiers is done. Nobody vacuums before the night."""
    with connection.cursor() as cursor:
        cursor.execute(FINISH, {"day": day, "n": day.toordinal() % 100})


def both(day: date, *, bare_first: bool = False) -> tuple[float, float]:
    finish(day)
    first, second = (bare, full) if bare_first else (full, bare)
    times = {first: milliseconds(first, day), second: milliseconds(second, day)}
    return times[full], times[bare]


def milliseconds(work: Callable[[date], None], day: date) -> float:
    begun = perf_counter()
    work(day)
    return (perf_counter() - begun) * 1000


def full(day: date) -> None:
    nightly.run(as_of=day, now=midnight_after(day), trigger="bench")


def bare(day: date) -> None:
    days = calendar()
    edges = dict(zip(("age5", "age10", "age30", "age90"), age_edges(day, days), strict=True))
    values = {"day": day, "soon": soon_edge(day, days), "now": midnight_after(day), **edges}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (CLOSE, FLAG, COUNT, COHORT):
            cursor.execute(statement, values)


def agree(first: date) -> None:
    """A ratio between two that answer differently would say nothing."""
    counts = ", ".join(f'"{name}"' for name in ("as_of", "agency_id", "system_id", "field", *FIGURES, "oldest_due"))
    episodes = "dossier_id, agency_id, field, due_on, became_overdue_at, opened_as_of, ended_as_of"
    cohorts = ", ".join(("baseline_id", "as_of", "size", *FATES, "unlisted", "inflow", "stock"))
    with connection.cursor() as cursor:
        for ours, raw, columns in (
            ("dossiers_agencydaycount", "bare_count", counts),
            ("dossiers_overdueepisode", "bare_episode", episodes),
            (f"directives_cohortcount WHERE as_of >= date '{first}'", "bare_cohort", cohorts),
        ):
            one, other = f"SELECT {columns} FROM {ours}", f"SELECT {columns} FROM {raw}"
            cursor.execute(f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})")
            assert cursor.fetchall() == [], raw


def rankings(today: date) -> tuple[float, float]:
    """(today's, past dates') ranking in ms, medians, once a year of figures lies behind."""
    for model, keys in ((AgencyDayCount, ("id", "as_of")), (SweepRun, ("id", "as_of"))):
        columns = ", ".join(f'"{field.column}"' for field in model._meta.fields if field.name not in keys)
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (as_of, {columns}) SELECT as_of - n, {columns}"
                f" FROM {table}, generate_series(1, %s) n WHERE as_of = %s",
                [PAST_DAYS, data.NIGHT],
            )
            cursor.execute(f"VACUUM ANALYZE {table}")
    past = [data.NIGHT - DAY * n for n in range(40, PAST_DAYS - 40, 23)]
    ranked(today)  # the first pays for what is cached
    times = [(milliseconds(ranked, today), milliseconds(ranked, day)) for day in past]
    return median(now for now, _then in times), median(then for _now, then in times)


def ranked(day: date) -> None:
    found = ranking(agencies=Agency.objects.all(), as_of=day)
    assert found.total
    assert found.total.now.total
