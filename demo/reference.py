"""The demo's world as the reference data describes it: units of 2022, procedures with their limits, the calendar."""

from collections import Counter

from agencies.models import Agency, AgencyAlias
from agencies.selectors import agencies_on
from demo.plan import SNAPSHOT
from demo.world import BRANCH, Matter, Unit, World, handling_units, unlisted_matters
from dossiers.models import Procedure
from dossiers.rules.deadlines import TimeLimit
from worktime.selectors import calendar

NO_COUNTER = ("62", "KT-UBND")  # the province and its committee take in no dossiers of their own here
LONGEST = 200  # a longer limit is a slip in the published list


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
    limit = TimeLimit(procedure.time_limit, procedure.time_unit) if procedure.time_limit else None
    if procedure.time_unit == "same_day":
        limit = TimeLimit(procedure.time_limit or 1, "same_day")  # type: ignore[arg-type]  # the value decides nothing here
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
