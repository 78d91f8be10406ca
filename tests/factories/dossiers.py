"""Facts for tests: what a batch brought of a dossier, in the shape the intake writes, without a file."""

from datetime import date, datetime, time, timedelta
from typing import Any

from agencies.models import Agency
from dossiers.models import Dossier, DossierRevision, ImportBatch, SourceSystem
from worktime.models import CalendarDay, CalendarYear
from worktime.rules import VIETNAM, end_of_day

HOLIDAYS = {date(2022, 9, 1): "Quốc khánh", date(2022, 9, 2): "Quốc khánh"}


def make_calendar(*years: int) -> None:
    """The plain week of these years (default 2021-2023) with the national day of 2022 off."""
    CalendarYear.objects.bulk_create(CalendarYear(year=year) for year in years or (2021, 2022, 2023))
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, kind="holiday", name=name, source="tests", verified=True) for day, name in HOLIDAYS.items()
    )


def make_systems() -> None:
    for code, name in (("old", "Hệ thống cũ"), ("new", "Hệ thống mới")):
        SourceSystem.objects.get_or_create(code=code, defaults={"name": name})


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def midnight(day: date) -> datetime:
    """24:00 of a day."""
    return moment(day + timedelta(days=1), 0)


def make_batch(data_as_of: datetime, *, system: str = "old", kind: str = "full", status: str = "done") -> ImportBatch:
    make_systems()
    return ImportBatch.objects.create(
        system_id=system,
        kind=kind,
        status=status,
        data_as_of=data_as_of,
        accepted_at=data_as_of,
        file_name="tep.csv",
        file_size=1,
        sha256=f"{ImportBatch.objects.count():064d}",
        actor="tests",
    )


def facts(
    batch: ImportBatch,
    agency: Agency,
    *,
    received: date | None,
    due: date | datetime | None = None,
    hourly: bool = False,
    status: int = 4,
    ended: date | datetime | None = None,
    stopped: date | None = None,
    field: str = "Đất đai",
    **columns: Any,
) -> dict[str, Any]:
    """The columns of ``DossierFacts`` as the intake would derive them, or as given.

    Dates stand for 08:00, due dates for their end.
    """
    due_at = due if isinstance(due, datetime) or due is None else end_of_day(due)
    ended_at = ended if isinstance(ended, datetime) or ended is None else moment(ended)
    due_on = due_at.date() if due_at else None
    return {
        "agency": agency,
        "field": field,
        "applicant": "Nguyễn Văn An",
        "status": status,
        "received_at": moment(received) if received else None,
        "received_on": received,
        "promised_due": due_at,
        "effective_due": due_at,
        "due_on": due_on,
        "overdue_from": due_on + timedelta(days=0 if hourly else 1) if due_on else None,
        "stopped_at": moment(stopped) if stopped else None,
        "stopped_on": stopped,
        "ended_at": ended_at,
        "ended_on": ended_at.date() if ended_at else None,
        "data_as_of": batch.data_as_of,
        "batch": batch,
        **columns,
    }


def observe(batch: ImportBatch, code: str, agency: Agency, **said: Any) -> Dossier:
    """The batch says this of the dossier (arguments of ``facts``): its newest facts, and one more revision."""
    columns = facts(batch, agency, **said)
    defaults = {**columns, "seen_at": batch.data_as_of, "row_hash": b"0" * 16, "search_text": code.lower()}
    dossier, _ = Dossier.objects.update_or_create(system=batch.system, code=code, defaults=defaults)
    DossierRevision.objects.create(system=batch.system, code=code, dossier=dossier, **columns)
    return dossier
