"""A small province with frozen figures: what the reports read, without the pipeline that writes it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from agencies.models import Agency
from dossiers.models import AgencyDayCount, SourceSystem, SweepRun
from journal.services import night_done
from worktime.models import WorkDate

NIGHT = date(2022, 11, 7)
SYSTEM_NAMES = {"old": "Hệ thống cũ", "new": "Hệ thống mới"}


def systems() -> None:
    for code, name in SYSTEM_NAMES.items():
        SourceSystem.objects.get_or_create(code=code, defaults={"name": name})


def workdates(first: date, last: date) -> None:
    """The plain week as the ordinal table; no holidays."""
    ordinal, rows = 0, []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        ordinal += day.weekday() < 5
        rows.append(WorkDate(date=day, ordinal=ordinal, working=day.weekday() < 5))
    WorkDate.objects.bulk_create(rows)


def night(
    as_of: date = NIGHT, *, status: str = "done", opened: int = 0, closed: int = 0, **data_as_of: datetime | None
) -> SweepRun:
    """A finished night; ``old=…, new=…`` say how far each system's data reach (default: that midnight)."""
    midnight = datetime.combine(as_of, datetime.min.time(), UTC) + timedelta(hours=17)
    reach = {name: data_as_of.get(name, midnight) for name in SYSTEM_NAMES}
    inputs: dict[str, dict[str, object]] = {
        name: {
            "data_as_of": at.isoformat() if at else None,
            "cutoff": midnight.isoformat() if at else None,
            "reconstructed": False,
            "pending": [],
        }
        for name, at in reach.items()
    }
    night_done(actor="tests", as_of=as_of, opened=opened, closed=closed, overdue=0, evidence={})
    return SweepRun.objects.create(
        as_of=as_of,
        status=status,
        trigger="test",
        started_at=midnight,
        finished_at=midnight,
        opened=opened,
        closed=closed,
        inputs=inputs,
    )


def count(agency: Agency, system: str, overdue: int, as_of: date = NIGHT, **fields: Any) -> AgencyDayCount:
    """One frozen row; unless said otherwise every overdue dossier is at most five days late."""
    ages = {} if any(name.startswith("overdue_") and name != "overdue_before_stop" for name in fields) else {"overdue_5": overdue}
    in_time = fields.pop("in_time", 0)
    held = in_time + overdue + fields.get("awaiting", 0) + fields.get("undated", 0)
    return AgencyDayCount.objects.create(
        agency=agency, system_id=system, as_of=as_of, overdue=overdue, open=held, in_time=in_time, **(ages | fields)
    )
