"""A dossier's four due dates side by side, each in words beside the one that decides."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.models import DossierFacts
from ui.formats import integer
from worktime.rules import CalendarMissing, WorkCalendar, in_vietnam

MISSING: dict[str, str | Promise] = {
    "effective_due": gettext_lazy("Hồ sơ không có hạn"),
    "promised_due": gettext_lazy("Nguồn không ghi"),
    "computed_due": gettext_lazy("Không có thời hạn của thủ tục để tính"),
    "original_due": gettext_lazy("Chưa từng có hạn"),
}


@dataclass(frozen=True, slots=True)
class DueDate:
    """``stands``: decides, same, earlier, later (than the one that decides) or missing; ``note`` says it in words."""

    name: str  # of ui/definitions.py
    at: datetime | None
    stands: str
    note: str | Promise


def due_dates(facts: DossierFacts, calendar: WorkCalendar) -> list[DueDate]:
    """The deciding one first."""
    return [_due(name, getattr(facts, name), facts, calendar) for name in MISSING]


def _due(name: str, at: datetime | None, facts: DossierFacts, calendar: WorkCalendar) -> DueDate:
    decides = facts.effective_due
    if at is None or decides is None:
        return DueDate(name, at, "missing", MISSING[name] if at is None else "")
    if name == "effective_due":
        return DueDate(name, at, "decides", _reason(facts))
    stands = "same" if _day(at) == _day(decides) else "earlier" if at < decides else "later"
    return DueDate(name, at, stands, _apart(_day(at), _day(decides), calendar))


def _reason(facts: DossierFacts) -> str:
    if facts.promised_due is None:
        return _("Là hạn tính toán, vì nguồn không ghi ngày hẹn trả")
    return _("Là ngày hẹn trả, như nguồn ghi")


def _apart(day: date, decides: date, calendar: WorkCalendar) -> str:
    """How far a day lies from the one that decides; in days of the calendar only where working days are not known."""
    if day == decides:
        return _("Cùng ngày với hạn hiện hành")
    words = {"days": integer(abs((day - decides).days))}
    try:
        words["working"] = integer(abs(calendar.working_days_between(day, decides)))
    except CalendarMissing:
        text = _("Sớm hơn hạn hiện hành %(days)s ngày") if day < decides else _("Muộn hơn hạn hiện hành %(days)s ngày")
    else:
        text = (
            _("Sớm hơn hạn hiện hành %(working)s ngày làm việc (%(days)s ngày lịch)")
            if day < decides
            else _("Muộn hơn hạn hiện hành %(working)s ngày làm việc (%(days)s ngày lịch)")
        )
    return text % words


def _day(at: datetime) -> date:
    return in_vietnam(at).date()
