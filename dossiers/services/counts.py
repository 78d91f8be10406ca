"""The day's figures: one INSERT … SELECT over what the night touches, then the proof that they agree with the episodes."""

from django.db import connection
from django.db.models import CharField, Count, Q, Value

from agencies.models import Agency
from dossiers.models import AgencyDayCount
from dossiers.selectors.states import BASES, SHARES, Day, Known, Parameter, received, sql_condition
from dossiers.services.sweep import Night, episodes_alive

FACTS = ("system_id", "agency_id", "field", "received_on", "due_on", "overdue_from", "stopped_on")
ENDED_FACTS = ("status", "effective_due", "ended_at", "ended_on")
PLACES = {name: place for place, name in enumerate(BASES)}


class CountMismatchError(Exception):
    """The figures do not match the episodes behind them; the night must not be kept."""

    def __init__(self, unit: str, counted: int, listed: int) -> None:
        super().__init__(f"Số liệu quá hạn của {unit} là {counted} nhưng danh sách có {listed} hồ sơ; đêm này không được ghi.")


def day_count(night: Night) -> int:
    """Write the date's figures for every unit and system with anything to count, whole and by field. Returns the rows."""
    day = night.day
    state, state_values = _state(day)
    columns = _columns(day)
    counts = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql, _ in columns.values())
    facts, fact_values = _facts(night.known, day)
    statement = f"""
        INSERT INTO dossiers_agencydaycount (as_of, system_id, agency_id, field, {", ".join(columns)}, oldest_due)
        SELECT %s, system_id, agency_id, CASE WHEN grouping(field) = 1 THEN '' ELSE field END, {counts},
               min(due_on) FILTER (WHERE state = {PLACES["overdue"]})
        FROM (SELECT *, {state} AS state FROM ({facts}) facts) judged
        GROUP BY GROUPING SETS ((system_id, agency_id), (system_id, agency_id, field))
        HAVING grouping(field) = 1 OR field <> ''
    """  # noqa: S608  # names of our own columns; every value is a parameter
    values = [value for _, params in columns.values() for value in params]
    with connection.cursor() as cursor:
        cursor.execute(statement, [day.as_of, *values, *state_values, *fact_values])
        return int(cursor.rowcount)


def _state(day: Day) -> tuple[str, list[Parameter]]:
    """Each dossier's base state as its place in BASES, judged once, so that 18 figures need not judge it again."""
    judged = [(PLACES[name], *sql_condition(base(day))) for name, base in BASES.items()]
    cases = " ".join(f"WHEN {sql} THEN {place}" for place, sql, _ in judged)
    return f"CASE {cases} END", [value for *_, params in judged for value in params]


def _columns(day: Day) -> dict[str, tuple[str, tuple[Parameter, ...]]]:
    """Each count column (quoted) with the condition it counts, over facts and ``state``."""
    found: dict[str, tuple[str, tuple[Parameter, ...]]] = {
        '"received"': sql_condition(received(day)),
        '"open"': (f"state <> {PLACES['ended']}", ()),
    }
    for name in BASES.keys() - {"ended"}:
        found[f'"{name}"'] = f"state = {PLACES[name]}", ()
    for name, (base, more) in SHARES.items():
        sql, params = sql_condition(more(day))
        found[f'"{name}"'] = f"state = {PLACES[base]} AND {sql}", params
    return found


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
