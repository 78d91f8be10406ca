"""Due dates as an iCalendar file (RFC 5545, 7986) that Google Calendar, Outlook and others subscribe to.

The file always says all there is: an event that is no longer in it has been dealt with, and programs take it out.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import CLASS, TRANSP

from dossiers.models import SweepRun
from reports.selectors.agenda import DueDay
from reports.tables import Lists
from ui.formats import day, integer
from ui.states import SYSTEMS

PRODUCT = "-//Kon Tum//Ho so qua han//VI"
REFRESH = timedelta(hours=6)
MOST_CODES = 100
DAY = timedelta(days=1)


def due_calendar(days: Iterable[DueDay], *, run: SweepRun | None, site: str) -> bytes:
    """``run``: the night the days were read from (None: there is none yet); ``site``: what links begin with."""
    calendar = Calendar.new(
        prodid=PRODUCT,
        uid="han-tra-ket-qua@kontum-tthc",
        calscale="GREGORIAN",
        method="PUBLISH",
        name=_("Hạn trả kết quả hồ sơ"),
        description=_told(run),
        subcomponents=[_event(one, run, site) for one in days] if run else [],
    )
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})  # RFC 7986 asks for the type to be named
    calendar.add("x-published-ttl", "PT6H")  # Outlook's name for it
    content: bytes = calendar.to_ical()
    return content


def _event(one: DueDay, run: SweepRun, site: str) -> Event:
    """The same unit and date keep their uid, so a changed count replaces the event and never doubles it."""
    address = site + Lists(run.as_of, unit=one.unit).of("in_time", han=one.due_on.isoformat())
    return Event.new(
        uid=f"han-{one.due_on.isoformat()}-{one.unit}@kontum-tthc",
        stamp=run.finished_at,
        last_modified=run.finished_at,
        start=one.due_on,
        end=one.due_on + DAY,
        summary=_("%(n)s hồ sơ đến hạn – %(unit)s") % {"n": integer(len(one.dossiers)), "unit": one.name},
        description="\n".join([*_codes(one), "", _told(run), address]),
        url=address,
        transparency=TRANSP.TRANSPARENT,
        classification=CLASS.PRIVATE,
    )


def _codes(one: DueDay) -> list[str]:
    lines = [f"{code} ({SYSTEMS[system]})" for system, code in one.dossiers[:MOST_CODES]]
    rest = len(one.dossiers) - MOST_CODES
    return [*lines, _("và %(n)s hồ sơ khác") % {"n": integer(rest)}] if rest > 0 else lines


def _told(run: SweepRun | None) -> str:
    if run is None:
        return _("Chưa có số liệu.")
    return _("Hồ sơ còn trong hạn lúc 24:00 ngày %(day)s.") % {"day": day(run.as_of)}
