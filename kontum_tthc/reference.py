"""The lists everything else refers to, from files to tables, in one transaction and in the order they need each other."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.services import agencies_load
from agencies.sources import read_agencies, read_aliases, read_mergers
from directives.services.letters import LetterError, directives_load
from directives.sources import read_letters
from dossiers.rules import RULES_VERSION
from dossiers.services.procedures import procedures_load, systems_load
from dossiers.sources.procedures import read_procedures
from journal.diff import Changes
from journal.selectors import last_entry
from journal.services import calendar_changed, rules_changed
from worktime.services import CalendarRow, CalendarRowsError, calendar_load

T = TypeVar("T")

CALENDAR_KINDS = {"holiday": "holiday", "makeup_workday": "makeup"}
# The list says in English how far each day was checked; screens speak Vietnamese.
CALENDAR_REMARKS = {
    "yes": "",
    "by statute; no announcement looked up": "theo luật; chưa đối chiếu thông báo nghỉ lễ",
    "yes; MISSING from PyPI holidays==0.109 (holidays/countries/vietnam.py)": "đã đối chiếu thông báo nghỉ lễ",
    "swap 31/08->22/08 only from package (not independently found)": "hoán đổi 31/8 và 22/8: mới có một nguồn",
    "yes as weekly rest (official Tết days 27-31/01)": "nghỉ hằng tuần liền kỳ nghỉ Tết",
    "announced; Labour Code amendment text not seen": "đã công bố; chưa đối chiếu văn bản sửa đổi Bộ luật Lao động",
}


class ReferenceFileError(Exception):
    """A file of lists cannot be used; nothing was changed. The text is Vietnamese."""


@transaction.atomic
def reference_load(*, folder: Path, actor: str) -> dict[str, Changes]:
    """Bring every list to what the files in ``folder`` say: {list: what changed}. Loading again changes nothing."""
    return {
        "calendar": _calendar(_read(folder / "holidays_2018_2026.csv", _calendar_rows), actor),
        "systems": systems_load(actor=actor),
        "agencies": agencies_load(
            agencies=_read(folder / "agencies_2022.csv", read_agencies),
            mergers=_read(folder / "mergers_2025.csv", read_mergers),
            aliases=_read(folder / "agency_aliases.csv", read_aliases),
            actor=actor,
        ),
        "procedures": procedures_load(rows=_read(folder / "procedures.csv", read_procedures), actor=actor),
        "directives": _directives(folder / "directives.json", actor),
        "rules": _rules(actor),
    }


def _read(path: Path, reader: Callable[[Path], list[T]]) -> list[T]:
    """The rows of a list. One without rows is refused: it would empty the table, and a calendar is what every due date needs."""
    try:
        if rows := reader(path):
            return rows
    except OSError as error:
        raise ReferenceFileError(_("Không mở được tệp %(name)s trong %(folder)s.") % _place(path)) from error
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ReferenceFileError(
            _("Tệp %(name)s không đúng mẫu: thiếu hoặc sai “%(what)s”. Hãy sửa rồi nạp lại.") % {**_place(path), "what": error}
        ) from error
    raise ReferenceFileError(_("Tệp %(name)s trong %(folder)s không có dòng nào. Hãy lấy lại tệp đủ rồi nạp lại.") % _place(path))


def _place(path: Path) -> dict[str, object]:
    return {"name": path.name, "folder": path.parent}


def _calendar_rows(path: Path) -> list[CalendarRow]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            CalendarRow(
                date=date.fromisoformat(row["date"]),
                kind=CALENDAR_KINDS[row["kind"]],
                name=row["name"],
                source=row["source"],
                verified=row["confirmed"].startswith("yes"),
                remark=CALENDAR_REMARKS.get(row["confirmed"], row["confirmed"]),
            )
            for row in csv.DictReader(file)
        ]


def _calendar(rows: list[CalendarRow], actor: str) -> Changes:
    try:
        load = calendar_load(rows=rows, actor=actor)
    except CalendarRowsError as error:
        raise ReferenceFileError(str(error)) from error
    if load.changed:
        calendar_changed(actor=actor, changes=load.as_body())
    return Changes(
        added=tuple(map(str, load.added)), removed=tuple(map(str, load.removed)), changed={str(day): {} for day in load.altered}
    )


def _directives(path: Path, actor: str) -> Changes:
    try:
        return directives_load(letters=_read(path, read_letters), actor=actor)
    except LetterError as error:
        raise ReferenceFileError(str(error)) from error


def _rules(actor: str) -> Changes:
    """Note in the journal from when verdicts come from this version of the rules."""
    noted = last_entry("rules_changed")
    if noted and noted.subject == RULES_VERSION:
        return Changes()
    old = noted.subject if noted else _("chưa có")
    rules_changed(actor=actor, old=old, new=RULES_VERSION)
    return Changes(changed={"rules": {"version": [old, RULES_VERSION]}})
