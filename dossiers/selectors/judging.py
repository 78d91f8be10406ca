"""What the judge of rows needs to know, read once per file."""

from datetime import datetime
from decimal import Decimal

from agencies.models import Agency
from agencies.rules import fold
from agencies.rules.names import UBND
from agencies.selectors import agency_index
from dossiers.models import Procedure, SourceWord, TimeUnit
from dossiers.rules.deadlines import TimeLimit
from dossiers.rules.facts import ProcedureRule
from dossiers.rules.rows import Context
from dossiers.selectors.wordings import words_of
from worktime.rules import OfficeHours, in_vietnam
from worktime.selectors import calendar


def judging_context(data_as_of: datetime, system: str) -> Context:
    """Calendar, units, procedures and the system's own words as they are now; ``data_as_of``: the moment the file describes."""
    procedures = list(Procedure.objects.all())
    rules = {procedure.code: procedure_rule(procedure) for procedure in procedures}
    local = {procedure.local_code: rules[procedure.code] for procedure in procedures if procedure.local_code}
    return Context(
        data_as_of=in_vietnam(data_as_of),
        calendar=calendar(),
        hours=OfficeHours(),
        agencies=agency_index(),
        agency_names=_agency_names(),
        procedures=local | rules,
        fields={fold(procedure.field): procedure.field for procedure in procedures},
        statuses={word: int(code) for word, code in words_of(system, SourceWord.Kind.STATUS).items()},
    )


def _agency_names() -> dict[int, str]:
    """Each unit's name with the place of the unit above it, which tells two of one name apart."""
    above = Agency.objects.values_list("pk", "name", "parent__name")
    return {pk: f"{name} ({UBND.sub('', parent)})" if parent else name for pk, name, parent in above}


def procedure_rule(procedure: Procedure) -> ProcedureRule:
    return ProcedureRule(
        id=procedure.pk,
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        limit=_limit(procedure),
        policy=procedure.stop_policy,
        cutoff=procedure.cutoff,
        financial_stops=procedure.financial_stops,
    )


def _limit(procedure: Procedure) -> TimeLimit | None:
    """None when no limit is stated: then nothing is computed (law.md §1.2)."""
    if procedure.time_unit == TimeUnit.UNSTATED:
        return None
    if procedure.time_unit == TimeUnit.SAME_DAY:
        return TimeLimit(Decimal(1), procedure.time_unit)
    return TimeLimit(procedure.time_limit, procedure.time_unit) if procedure.time_limit else None
