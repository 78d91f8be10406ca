"""Units for tests: each call makes one agency with its place in the tree."""

from datetime import date

from agencies.models import Agency, AgencyPath
from agencies.rules import fold, sort_key


def make_agency(
    name: str,
    *,
    code: str = "",
    level: str = Agency.Level.COMMUNE,
    parent: Agency | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Agency:
    """A unit under ``parent``; the code defaults to one made from the name."""
    agency = Agency.objects.create(
        code=code or fold(name).replace(" ", "-")[:30],
        name=name,
        level=level,
        type="đơn vị",
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        code_system="tests",
        source="tests",
        verified=True,
        sort_key=sort_key(name),
        search_key=fold(name),
    )
    AgencyPath.objects.create(ancestor=agency, agency=agency)
    if parent:
        above = AgencyPath.objects.filter(agency=parent)
        AgencyPath.objects.bulk_create([AgencyPath(ancestor_id=path.ancestor_id, agency=agency) for path in above])
    return agency
