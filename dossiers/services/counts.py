"""The day's figures: one INSERT … SELECT over what the night touches, then the proof that they agree with the episodes."""

from django.db import connection
from django.db.models import CharField, Count, Q, Value

from agencies.models import Agency
from dossiers.models import AgencyDayCount
from dossiers.selectors.states import AGES, STATES, Day, Known, Parameter, age, overdue, overdue_before_stop, sql_condition
from dossiers.services.sweep import Night, episodes_alive

FACTS = ("system_id", "agency_id", "field", "received_on", "due_on", "overdue_from", "stopped_on")
ENDED_FACTS = ("status", "effective_due", "ended_at", "ended_on")


class CountMismatchError(Exception):
    """The figures do not match the episodes behind them; the night must not be kept."""

    def __init__(self, unit: str, counted: int, listed: int) -> None:
        super().__init__(f"Số liệu quá hạn của {unit} là {counted} nhưng danh sách có {listed} hồ sơ; đêm này không được ghi.")


def columns(day: Day) -> dict[str, Q]:
    """Each count column with the condition it counts."""
    ages = {f"overdue_{name}": age(name, day) for name in AGES}
    return {name: state(day) for name, state in STATES.items()} | {"overdue_before_stop": overdue_before_stop(day)} | ages


def day_count(night: Night) -> int:
    """Write the date's figures for every unit and system with anything to count, whole and by field. Returns the rows."""
    names: list[str] = []
    counts: list[str] = []
    params: list[Parameter] = []
    for name, condition in columns(night.day).items():
        sql, values = sql_condition(condition)
        names.append(f'"{name}"')
        counts.append(f"count(*) FILTER (WHERE {sql})")
        params += values
    late, late_params = sql_condition(overdue(night.day))
    source, source_params = _facts(night.known, night.day)
    statement = f"""
        INSERT INTO dossiers_agencydaycount (as_of, system_id, agency_id, field, {", ".join(names)}, oldest_due)
        SELECT %s, system_id, agency_id, CASE WHEN grouping(field) = 1 THEN '' ELSE field END, {", ".join(counts)},
               min(due_on) FILTER (WHERE {late})
        FROM ({source}) facts
        GROUP BY GROUPING SETS ((system_id, agency_id), (system_id, agency_id, field))
        HAVING grouping(field) = 1 OR field <> ''
    """  # noqa: S608  # names of our own columns; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [night.day.as_of, *params, *late_params, *source_params])
        return int(cursor.rowcount)


def _facts(known: Known, day: Day) -> tuple[str, list[Parameter]]:
    """What a night has to look at, in disjoint parts with an index each; never the archive.

    Of the open ones it reads only what their index holds. (Received on the day yet ended before it: an error of the
    source's, counted as received all the same.)
    """
    known = known.order_by()
    ended = known.filter(
        Q(received_on__lte=day.as_of, ended_on__gte=day.as_of) | Q(received_on=day.as_of, ended_on__lt=day.as_of)
    ).values_list(*FACTS, *ENDED_FACTS)
    blanks = {f"no_{name}": Value(None, output_field=CharField()) for name in ENDED_FACTS}  # typed by the columns above them
    still_open = known.filter(received_on__lte=day.as_of, ended_on__isnull=True).annotate(**blanks).values_list(*FACTS, *blanks)
    parts = [part.query.sql_with_params() for part in (ended, still_open)]
    return " UNION ALL ".join(sql for sql, _ in parts), [value for _, params in parts for value in params]


def day_check(night: Night) -> int:
    """Every unit's overdue figure must be the number of its episodes. Returns the number of figures compared."""
    as_of = night.day.as_of
    alive = episodes_alive(as_of, newest=night.until is None)
    listed = {(unit, system): count for unit, system, count in alive.values_list("agency", "system").annotate(Count("pk"))}
    figures = AgencyDayCount.objects.filter(as_of=as_of, field="", overdue__gt=0)
    counted = {(unit, system): count for unit, system, count in figures.values_list("agency", "system", "overdue")}
    for unit, system in sorted(listed.keys() | counted.keys()):
        pair = counted.get((unit, system), 0), listed.get((unit, system), 0)
        if pair[0] != pair[1]:
            raise CountMismatchError(str(Agency.objects.get(pk=unit)), *pair)
    return len(counted)
