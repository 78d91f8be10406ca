"""Fixing the lists of dossiers behind a letter's figures, once; what the letter says stays beside what we count."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import product
from typing import TypeAlias

from django.db import connection, transaction
from django.db.models import Count

from directives.models import Baseline, Directive
from directives.rules.marks import Mark, mark
from directives.selectors.baselines import Scope, scope_of
from directives.selectors.cohorts import Look
from directives.services.cohorts import cohorts_catch_up
from dossiers.models import SourceSystem
from dossiers.selectors.runs import finished_runs, systems_told
from dossiers.selectors.states import Known, dossier_key, overdue
from journal import services as journal
from journal.rules import JSON
from worktime.selectors import calendar

Place: TypeAlias = tuple[int, str]  # unit, system
Quoted: TypeAlias = Mapping[Place, tuple[date, int]]  # the day and the number the letter gives

DIGEST = """
SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (SELECT concat_ws('|', agency.code, mark.system_id, mark.as_of, dossier.code, member.due_on) AS line
      FROM directives_baselinedossier member JOIN directives_baseline mark ON mark.id = baseline_id
      JOIN agencies_agency agency ON agency.id = mark.agency_id JOIN dossiers_dossier dossier ON dossier.id = dossier_id
      WHERE directive_id = %s) lines
"""


class BaselineError(Exception):
    """A letter's lists do not hold as many dossiers as were counted for them; nothing of them is kept."""


@transaction.atomic
def baselines_fix(*, directive: Directive, actor: str) -> list[Baseline]:
    """Fix the lists of a letter that has none, follow them to the newest night, and write it in the journal.

    Nothing happens while no finished night tells of the letter's mark (``directives/rules/marks.py``).
    """
    Directive.objects.select_for_update().get(pk=directive.pk)  # of two doors at once, the second finds them fixed
    if directive.baselines.exists():
        return []
    scope, quoted = scope_of(directive), _quoted(directive)
    fixed: list[Baseline] = []
    for marked, places in _marked(directive, scope, quoted).items():
        fixed += _fix(directive, marked, places, quoted, scope)
    if fixed:
        cohorts_catch_up(baselines=directive.baselines.all())
        _journal(directive, fixed, actor)
    return fixed


def _quoted(directive: Directive) -> Quoted:
    """The newest figure of each unit and system not dated after the letter."""
    figures = directive.figures.filter(as_of__lte=directive.issued_on).order_by("as_of")
    rows = figures.values_list("agency_id", "system_id", "as_of", "value")
    return {(agency, system): (as_of, value) for agency, system, as_of, value in rows}


def _marked(directive: Directive, scope: Scope, quoted: Quoted) -> Mapping[Mark, set[Place]]:
    """The units and systems of each mark."""
    nights = frozenset(finished_runs().values_list("as_of", flat=True))
    systems = SourceSystem.objects.values_list("code", flat=True)
    days = [day for day, _value in quoted.values()]
    found: dict[Mark, set[Place]] = defaultdict(set)
    for place in {*product(scope.units, systems), *quoted}:
        own = quoted[place][0] if place in quoted else None
        if marked := mark(issued_on=directive.issued_on, own=own, quoted=days, nights=nights):
            found[marked].add(place)
    return found


def _fix(directive: Directive, marked: Mark, places: Collection[Place], quoted: Quoted, scope: Scope) -> list[Baseline]:
    """The lists of one mark. Where the scope is inferred, only of units that then hold overdue dossiers."""
    run = finished_runs().get(as_of=marked.as_of)
    look = Look.of(run, calendar())
    late = look.known.filter(overdue(look.day), agency__in={unit for unit, _system in places}).order_by()
    rows = late.values_list("agency_id", "system_id").annotate(held=Count("pk"))
    counted = {(unit, system): held for unit, system, held in rows}
    told = systems_told(run.inputs)
    fixed = Baseline.objects.bulk_create(
        Baseline(
            directive=directive,
            agency_id=unit,
            system_id=system,
            as_of=marked.as_of,
            dated_by=marked.dated_by,
            inferred=scope.inferred and (unit, system) not in quoted,
            run=run,
            quoted=quoted[unit, system][1] if (unit, system) in quoted else None,
            counted=counted.get((unit, system), 0),
        )
        for unit, system in sorted(places)
        if system in told and ((unit, system) in quoted or (unit, system) in counted or not scope.inferred)
    )
    _list_members(directive, marked.as_of, late, sum(one.counted for one in fixed))
    return fixed


def _list_members(directive: Directive, as_of: date, late: Known, counted: int) -> None:
    select, values = late.values_list(dossier_key(late), "agency_id", "system_id", "due_on").query.sql_with_params()
    statement = f"""
        INSERT INTO directives_baselinedossier (baseline_id, dossier_id, due_on)
        SELECT mark.id, late.dossier, late.due_on FROM ({select}) late (dossier, agency, system, due_on)
        JOIN directives_baseline mark ON mark.agency_id = late.agency AND mark.system_id = late.system
        WHERE mark.directive_id = %s AND mark.as_of = %s
    """  # noqa: S608  # names of our own columns; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, directive.pk, as_of])
        if cursor.rowcount != counted:
            raise BaselineError(f"{directive}: {counted} counted, {cursor.rowcount} listed")
        cursor.execute("ANALYZE directives_baseline, directives_baselinedossier")  # they are followed at once


def _journal(directive: Directive, fixed: Collection[Baseline], actor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [directive.pk])
        (digest,) = cursor.fetchone()
    codes = dict(directive.baselines.values_list("agency_id", "agency__code"))
    quoted: dict[str, JSON] = {
        f"{codes[one.agency_id]}|{one.system_id}": [one.quoted, one.counted] for one in fixed if one.quoted is not None
    }
    journal.baselines_fixed(
        actor=actor,
        reference=directive.reference,
        as_of=sorted({one.as_of for one in fixed}),
        lists=len(fixed),
        dossiers=sum(one.counted for one in fixed),
        evidence={"quoted": quoted, "inferred": any(one.inferred for one in fixed), "list_sha256": digest},
    )
