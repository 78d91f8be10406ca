"""A due date asked for in words - options of ``manage.py due`` or one line of JSON - and its answer."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from django.utils.translation import gettext as _

from dossiers.explanations import ExplainedStep, as_json
from dossiers.rules.deadlines import Deadline, DeadlineError, Stop, TimeLimit, deadline
from dossiers.rules.steps import iso
from worktime.rules import VIETNAM, WorkCalendar, in_vietnam

OPTIONS = ("received", "limit", "unit", "stop", "policy", "cutoff")
# A day without an hour lies within office hours, whatever they are: it is never moved to another day.
HOUR_OF_A_DATE = time(9)


class DueAnswer(TypedDict):
    due: str
    effective_start: str
    explanation: list[ExplainedStep]


def due_answer(options: Mapping[str, object], calendar: WorkCalendar) -> DueAnswer:
    """Raises DeadlineError (what to correct) or CalendarMissing (which year), both with a Vietnamese text."""
    limit, found = due_deadline(options, calendar)
    due = iso(found.due if limit.hourly else found.due.date())
    return {"due": due, "effective_start": iso(found.effective_start), "explanation": as_json(found)}


def due_deadline(options: Mapping[str, object], calendar: WorkCalendar) -> tuple[TimeLimit, Deadline]:
    """The limit and deadline asked for. An option that is None counts as not given; an unknown one is refused."""
    given = {name: value for name, value in options.items() if value is not None}
    for name in given.keys() - set(OPTIONS):
        raise DeadlineError(
            _("Không có thông tin “%(name)s”. Các thông tin: %(known)s.") % {"name": name, "known": ", ".join(OPTIONS)}
        )
    limit = _limit(given)
    found = deadline(
        _moment("received", _text("received", given)),
        limit,
        stops=[_stop(text) for text in _texts("stop", given)],
        policy=_text("policy", given, "pause"),
        cutoff=_cutoff(given, limit),
        calendar=calendar,
    )
    return limit, found


def _text(name: str, given: Mapping[str, object], default: str | None = None) -> str:
    value = given.get(name, default)
    if value is None:
        raise DeadlineError(_("Thiếu thông tin “%(name)s”.") % {"name": name})
    if not isinstance(value, str):
        raise DeadlineError(_("“%(name)s” phải là chữ, không phải %(value)r.") % {"name": name, "value": value})
    return value


def _texts(name: str, given: Mapping[str, object]) -> Iterable[str]:
    values = given.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise DeadlineError(_("“%(name)s” phải là danh sách các khoảng TỪ..ĐẾN.") % {"name": name})
    return values


def _limit(given: Mapping[str, object]) -> TimeLimit:
    """A whole or decimal number (comma or point); needless only for ``same_day``."""
    unit, value = _text("unit", given), given.get("limit", 1 if given["unit"] == "same_day" else None)
    if value is None:
        raise DeadlineError(_("Thiếu thông tin “limit”: thời hạn là bao nhiêu."))
    if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool):
        try:
            return TimeLimit(Decimal(str(value).strip().replace(",", ".")), unit)
        except InvalidOperation:
            pass
    raise DeadlineError(_("Thời hạn phải là một số, ví dụ 5 hoặc 0.5, không phải “%(value)s”.") % {"value": value})


def _cutoff(given: Mapping[str, object], limit: TimeLimit) -> time | None:
    if "cutoff" not in given:
        return None
    if limit.unit != "same_day":
        raise DeadlineError(_("Mốc giờ (cutoff) chỉ dùng cho thủ tục giải quyết trong ngày (same_day)."))
    text = _text("cutoff", given)
    try:
        return datetime.strptime(text, "%H:%M").replace(tzinfo=VIETNAM).time()
    except ValueError:
        raise DeadlineError(_("Mốc giờ “%(text)s” không đúng dạng HH:MM, ví dụ 15:00.") % {"text": text}) from None


def _stop(text: str) -> Stop:
    """``FROM..TO``; an empty TO is a stop that lasts."""
    start, dots, end = text.partition("..")
    if not dots or not start.strip():
        raise DeadlineError(_("Lần tạm dừng “%(text)s” không đúng dạng TỪ..ĐẾN (bỏ trống ĐẾN khi chưa xong).") % {"text": text})
    return Stop(_moment("stop", start), _moment("stop", end) if end.strip() else None)


def _moment(name: str, text: str) -> datetime:
    """ISO 8601; a time without an offset is Vietnam's."""
    text = text.strip()
    try:
        if len(text) == len("2022-08-01"):
            return datetime.combine(date.fromisoformat(text), HOUR_OF_A_DATE, VIETNAM)
        moment = datetime.fromisoformat(text)
        return in_vietnam(moment) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError):
        words = {"name": name, "text": text}
        raise DeadlineError(
            _("“%(name)s”: “%(text)s” không phải thời điểm dạng 2022-08-01 hoặc 2022-08-01T09:00.") % words
        ) from None
