"""The demo's world as the reference data describes it: units of 2022, procedures with their limits, the calendar."""

from collections import Counter
from datetime import time
from decimal import Decimal

from agencies.models import Agency, AgencyAlias
from agencies.selectors import agencies_on
from demo.plan import SNAPSHOT
from demo.world import BRANCH, Matter, Unit, World, handling_units, unlisted_matters
from dossiers.models import Procedure, TimeUnit
from dossiers.rules.deadlines import TimeLimit
from dossiers.services.procedures import procedures_load
from dossiers.sources.procedures import ProcedureRow
from worktime.selectors import calendar

NO_COUNTER = ("62", "KT-UBND")  # the province and its committee take in no dossiers of their own here
LONGEST = 200  # a longer limit is a slip in the published list
# The published list has no limit in hours and none within the day; two procedures that say they are made up show both.
MADE_UP = "dữ liệu minh hoạ, không có thủ tục này"
HOURS, SAME_DAY, CUTOFF = "MH.000001", "MH.000002", time(15)


def procedures_add(*, actor: str) -> None:
    """The two made-up procedures, through the normal loading of procedures."""
    rows = [
        _made_up(HOURS, "(Minh hoạ) Chứng thực bản sao trả trong 4 giờ làm việc", Decimal(4), "working_hour"),
        _made_up(SAME_DAY, "(Minh hoạ) Chứng thực trong ngày, nhận sau 15 giờ thì trả ngày làm việc kế tiếp", None, "same_day"),
    ]
    procedures_load(rows=rows, actor=actor)
    Procedure.objects.filter(code=SAME_DAY).update(cutoff=CUTOFF)


def _made_up(code: str, name: str, limit: Decimal | None, unit: str) -> ProcedureRow:
    return ProcedureRow(code, "", name, "Chứng thực", "xã/huyện", limit, unit, "", MADE_UP, verified=False, remark=MADE_UP)


def world_read() -> World:
    """Raises CalendarMissing where the calendar is not loaded."""
    units = list(agencies_on(SNAPSHOT).exclude(code__in=NO_COUNTER).select_related("parent").order_by("code"))
    names = Counter(unit.name for unit in units)
    procedures = Procedure.objects.exclude(time_limit__gt=LONGEST).order_by("code")
    handled = [(procedure, handling_units(procedure.level, procedure.field)) for procedure in procedures]
    matters = [_matter(procedure, units_of) for procedure, units_of in handled if units_of]
    return World([_unit(unit, names[unit.name] > 1) for unit in units], [*matters, *unlisted_matters()], calendar())


def aliases_read() -> dict[str, list[str]]:
    """The listed short names of provincial units, by code."""
    found: dict[str, list[str]] = {}
    listed = AgencyAlias.objects.filter(agency__level=Agency.Level.PROVINCE, agency__valid_to=None).order_by("agency", "pk")
    for code, text in listed.values_list("agency__code", "text"):
        found.setdefault(code, []).append(text)
    return found


def _unit(agency: Agency, ambiguous: bool) -> Unit:
    if agency.type == BRANCH:
        return Unit(agency.code, agency.name, "branch", agency.type, agency.code.rpartition("-")[2])
    district = {Agency.Level.DISTRICT: agency.code, Agency.Level.COMMUNE: agency.parent.code if agency.parent else ""}
    return Unit(agency.code, agency.name, agency.level, agency.type, district.get(Agency.Level(agency.level), ""), ambiguous)


def _matter(procedure: Procedure, units: frozenset[str]) -> Matter:
    stated = procedure.time_limit or procedure.time_unit == TimeUnit.SAME_DAY
    limit = TimeLimit(procedure.time_limit or Decimal(1), procedure.time_unit) if stated else None
    return Matter(
        procedure.code,
        procedure.name,
        procedure.field,
        limit,
        units,
        policy=procedure.stop_policy,
        cutoff=procedure.cutoff,
        financial_stops=procedure.financial_stops,
    )
