"""Lists of dossiers as a night knew them, and one dossier with its past; both start from what the caller may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.shortcuts import get_object_or_404

from accounts.models import User
from agencies.access import can, visible_agencies, within_sight
from agencies.models import Agency
from agencies.rules import Capability
from agencies.selectors import agencies_on
from dossiers.models import AgencyDayCount, Dossier, SweepRun
from dossiers.rules.codes import code_key
from dossiers.selectors.counts import fields_counted
from dossiers.selectors.runs import days_known, finished_runs, latest_run
from dossiers.selectors.states import Day, Known, dossiers_known_at
from journal.selectors import head, night_seal
from worktime.rules import WorkCalendar
from worktime.selectors import calendar

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """What lists of one night need besides their rows and who asks; nothing here may be shown without a look at the caller."""

    version: str  # the journal's head; empty: nothing may be kept
    seal: str  # names the night's frozen figures on paper
    run: SweepRun
    days: tuple[date, date]  # the first and the newest date with figures
    calendar: WorkCalendar
    day: Day
    known: Known
    settled: bool  # no known dossier ends after the day: being open is not having ended, as the partial indexes say
    fields: tuple[str, ...]
    units: Choices  # existing that day: code, name
    names: Mapping[int, str]  # of all units


def night_of(as_of: date | None) -> SweepRun | None:
    """The finished night of that date, or the newest one when no date is asked; None when there is none."""
    return finished_runs().filter(as_of=as_of).first() if as_of else latest_run()


def listing(as_of: date | None) -> Listing | None:
    """For the night of that date or the newest; None when there is none.

    Kept for as long as the journal's head stays: whatever goes into it changes only together with an entry.
    """
    version = head()
    return _listing_kept(version, as_of) if version else _listing(version, as_of)


def _listing(version: str, as_of: date | None) -> Listing | None:
    run, days = night_of(as_of), days_known()
    if run is None or days is None:
        return None
    working, known = calendar(), dossiers_known_at(run)
    return Listing(
        version=version,
        seal=night_seal(run.as_of),
        run=run,
        days=days,
        calendar=working,
        day=Day.of(run.as_of, working),
        known=known,
        settled=known.model is Dossier and not known.filter(ended_on__gt=run.as_of).exists(),
        fields=tuple(fields_counted(AgencyDayCount.objects.filter(as_of=run.as_of))),
        units=tuple(agencies_on(run.as_of).values_list("code", "name")),
        names=dict(Agency.objects.order_by().values_list("pk", "name")),
    )


_listing_kept = lru_cache(maxsize=32)(_listing)


def dossiers_listed(*, user: User, listing: Listing) -> Known:
    """What the night knew of the dossiers of the caller's units."""
    return within_sight(user, listing.known)


def units_offered(*, user: User, listing: Listing) -> Choices:
    """The units of that day the caller may choose among."""
    if can(user, Capability.SEE_PROVINCE):
        return listing.units
    mine = set(visible_agencies(user).order_by().values_list("code", flat=True))
    return tuple(unit for unit in listing.units if unit[0] in mine)


def fields_offered(*, user: User, listing: Listing) -> Iterable[str]:
    """The fields the caller's units have figures in that day."""
    if can(user, Capability.SEE_PROVINCE):
        return listing.fields
    return fields_counted(within_sight(user, AgencyDayCount.objects.filter(as_of=listing.run.as_of)))


def dossier_or_404(*, user: User, system: str, code: str) -> Dossier:
    """One dossier, its code written any way a file may write it; outside the caller's units it is missing."""
    mine = within_sight(user, Dossier.objects.select_related("system", "agency", "procedure", "batch"))
    return get_object_or_404(mine, system=system, code=code_key(code))
