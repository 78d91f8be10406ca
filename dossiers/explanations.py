"""A deadline's steps in Vietnamese sentences: the same words on the page, in the API and in the commands."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dossiers.rules.deadlines import Deadline
from dossiers.rules.steps import Step, StepDict, StepKind
from worktime.rules import SATURDAY, SUNDAY, in_vietnam

# By kind and variant; a kind without the step's own variant uses its plain sentence.
_SENTENCES = {
    (StepKind.RECEIVED, ""): gettext_noop("Tiếp nhận lúc %(start)s."),
    (StepKind.MOVED, "after_closing"): gettext_noop("Thời điểm %(start)s đã hết giờ làm việc: tính từ %(end)s."),
    (StepKind.MOVED, "before_opening"): gettext_noop("Thời điểm %(start)s chưa đến giờ làm việc: tính từ %(end)s."),
    (StepKind.MOVED, "lunch"): gettext_noop("Thời điểm %(start)s là giờ nghỉ trưa: tính từ %(end)s."),
    (StepKind.MOVED, "day_off"): gettext_noop("Thời điểm %(start)s là ngày nghỉ: tính từ %(end)s."),
    (StepKind.COUNTED, ""): gettext_noop("Tính %(amount)s %(unit)s: %(span)s."),
    (StepKind.COUNTED, "month_end"): gettext_noop(
        "Tính %(amount)s %(unit)s: %(span)s; tháng cuối không có ngày tương ứng nên lấy ngày cuối tháng."
    ),
    (StepKind.SKIPPED, ""): gettext_noop("Không tính: %(days)s."),
    (StepKind.ROLLED, ""): gettext_noop("Ngày cuối %(start)s là ngày nghỉ: chuyển sang ngày làm việc kế tiếp %(end)s."),
    (StepKind.CUTOFF, ""): gettext_noop("Tiếp nhận sau mốc %(reason)s: trả trong ngày làm việc kế tiếp %(end)s."),
    (StepKind.ORIGINAL_DUE, ""): gettext_noop("Hạn gốc: %(end)s."),
    (StepKind.STOPPED, ""): gettext_noop("Tạm dừng (%(stop)s) từ %(start)s đến %(end)s: %(amount)s %(unit)s không tính."),
    (StepKind.STOPPED_OPEN, ""): gettext_noop("Đang tạm dừng (%(stop)s) từ %(start)s: đồng hồ đứng, hạn vẫn ghi %(end)s."),
    (StepKind.STOP_IGNORED, ""): gettext_noop("Tạm dừng (%(stop)s) từ %(start)s, sau hạn %(end)s: hạn không dời."),
    (StepKind.ADDED, ""): gettext_noop("Cộng thêm %(amount)s %(unit)s: %(span)s."),
    (StepKind.RESTARTED, ""): gettext_noop("Thời hạn tính lại từ đầu từ %(end)s, thay cho hạn %(start)s."),
    (StepKind.DUE_MOVED, ""): gettext_noop("Hạn chuyển từ %(start)s sang %(end)s."),
    (StepKind.DUE, ""): gettext_noop("Hạn trả: %(end)s."),
}
_DAYS_NOTES = {
    StepKind.COUNTED: gettext_noop("Ngày làm bù: %(days)s."),
    StepKind.ADDED: gettext_noop("Ngày làm bù: %(days)s."),
    StepKind.MOVED: gettext_noop("Ngày nghỉ: %(days)s."),
    StepKind.ROLLED: gettext_noop("Ngày nghỉ: %(days)s."),
    StepKind.CUTOFF: gettext_noop("Ngày nghỉ: %(days)s."),
    StepKind.STOPPED: gettext_noop("Trong đó ngày nghỉ: %(days)s."),
}
_UNITS = {
    "working_day": gettext_noop("ngày làm việc"),
    "day": gettext_noop("ngày"),
    "working_hour": gettext_noop("giờ làm việc"),
    "week": gettext_noop("tuần"),
    "month": gettext_noop("tháng"),
}
_STOPS = {
    "supplement": gettext_noop("chờ bổ sung"),
    "financial": gettext_noop("nghĩa vụ tài chính"),
    "consultation": gettext_noop("lấy ý kiến"),
}
_STOP_KINDS = frozenset({StepKind.STOPPED, StepKind.STOPPED_OPEN, StepKind.STOP_IGNORED})
_WEEKENDS = {SATURDAY: gettext_noop("Thứ Bảy"), SUNDAY: gettext_noop("Chủ Nhật")}


class ExplainedStep(StepDict):
    """A step as data, and its sentence."""

    text: str


def as_json(deadline: Deadline) -> list[ExplainedStep]:
    """Every step with its sentence, JSON values only."""
    return [{**step.as_dict(), "text": sentence(step)} for step in deadline.steps]


def sentence(step: Step) -> str:
    """One step in Vietnamese."""
    days = ", ".join(f"{day:%d/%m/%Y} ({_(_WEEKENDS[reason]) if reason in _WEEKENDS else reason})" for day, reason in step.days)
    words = {
        "start": _written(step.start),
        "end": _written(step.end),
        "span": _span(step),
        "amount": _amount(step.amount),
        "unit": _(_UNITS[step.unit]) if step.unit else "",
        "reason": step.reason,
        "stop": _stop(step),
        "days": days,
    }
    text = _(_SENTENCES.get((step.kind, step.reason)) or _SENTENCES[step.kind, ""]) % words
    if days and step.kind in _DAYS_NOTES:
        text = f"{text} {_(_DAYS_NOTES[step.kind]) % words}"
    return text


def _stop(step: Step) -> str:
    # Translating is most of what a sentence costs, so only steps about a stop ask for its word.
    return _(_STOPS.get(step.reason, gettext_noop("lý do khác"))) if step.kind in _STOP_KINDS else ""


def _written(value: date) -> str:
    if isinstance(value, datetime):
        return f"{in_vietnam(value):%H:%M %d/%m/%Y}"
    return f"{value:%d/%m/%Y}"


def _span(step: Step) -> str:
    """``08/08/2022``, or ``02/08/2022–05/08/2022``."""
    return _written(step.start) if step.start == step.end else f"{_written(step.start)}–{_written(step.end)}"


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}".replace(".", ",")
