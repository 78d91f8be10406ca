"""The real calendar of 2018-2026 for tests: as a value, and loaded into the database."""

import csv
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from worktime.rules import VIETNAM, WorkCalendar
from worktime.services import CalendarLoad, CalendarRow, calendar_load

HOLIDAYS = Path(__file__).resolve().parents[2] / "data" / "holidays_2018_2026.csv"
KINDS = {"holiday": "holiday", "makeup_workday": "makeup"}


@lru_cache
def calendar_rows() -> tuple[CalendarRow, ...]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        return tuple(
            CalendarRow(
                date.fromisoformat(row["date"]),
                KINDS[row["kind"]],
                row["name"],
                row["source"],
                verified=row["confirmed"].startswith("yes"),
            )
            for row in csv.DictReader(lines)
        )


@lru_cache
def real_calendar() -> WorkCalendar:
    rows = calendar_rows()
    return WorkCalendar.build(
        {row.date.year for row in rows},
        {row.date: row.name for row in rows if row.kind == "holiday"},
        {row.date: row.name for row in rows if row.kind == "makeup"},
    )


def load_calendar() -> CalendarLoad:
    return calendar_load(rows=calendar_rows(), actor="tests")


def at(text: str) -> datetime:
    """``2022-08-01 09:00`` in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
