"""Lists of dossiers as a night knew them, and one dossier with its past; both start from what the caller may see."""

from datetime import date

from django.shortcuts import get_object_or_404

from accounts.models import User
from agencies.access import visible_agencies
from dossiers.models import AgencyDayCount, Dossier, SweepRun
from dossiers.selectors.runs import finished_runs, latest_run
from dossiers.selectors.states import Known, dossiers_known_at


def night_of(as_of: date | None) -> SweepRun | None:
    """The finished night of that date, or the newest one when no date is asked; None when there is none."""
    return finished_runs().filter(as_of=as_of).first() if as_of else latest_run()


def dossiers_listed(*, user: User, run: SweepRun) -> Known:
    """What the night knew of the dossiers of the caller's units."""
    return dossiers_known_at(run).filter(agency__in=visible_agencies(user).order_by().values("pk"))


def fields_counted(as_of: date) -> list[str]:
    """The fields with figures at the end of that day."""
    counted = AgencyDayCount.objects.filter(as_of=as_of).exclude(field="")
    return list(counted.order_by("field").values_list("field", flat=True).distinct())


def dossier_or_404(*, user: User, system: str, code: str) -> Dossier:
    """One dossier; outside the caller's units it is missing."""
    mine = Dossier.objects.filter(agency__in=visible_agencies(user).order_by().values("pk"))
    return get_object_or_404(mine.select_related("system", "agency", "procedure", "batch"), system=system, code=code)
