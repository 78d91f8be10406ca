"""One dossier's past: what each file changed, and what happened when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.models import CHANNELS, STATUSES, Dossier, DossierRevision
from ui.formats import UNKNOWN, day, moment

# The facts whose changes a reader follows, in reading order; dates derived from them would only repeat.
WORDS: dict[str, str | Promise] = {
    "status": gettext_lazy("Trạng thái"),
    "agency": gettext_lazy("Đơn vị xử lý"),
    "received_at": gettext_lazy("Ngày tiếp nhận"),
    "promised_due": gettext_lazy("Ngày hẹn trả"),
    "computed_due": gettext_lazy("Hạn tính toán"),
    "effective_due": gettext_lazy("Hạn hiện hành"),
    "stopped_at": gettext_lazy("Tạm dừng từ"),
    "ended_at": gettext_lazy("Kết thúc"),
    "returned_at": gettext_lazy("Trả kết quả"),
    "procedure_code": gettext_lazy("Mã thủ tục"),
    "procedure_name": gettext_lazy("Tên thủ tục"),
    "field": gettext_lazy("Lĩnh vực"),
    "applicant": gettext_lazy("Chủ hồ sơ"),
    "officer": gettext_lazy("Cán bộ xử lý"),
    "channel": gettext_lazy("Kênh thực hiện"),
    "extension_no": gettext_lazy("Số văn bản gia hạn"),
    "extension_on": gettext_lazy("Ngày văn bản gia hạn"),
    "note": gettext_lazy("Ghi chú"),
}
HIDDEN = {"applicant"}  # a change of name is told without the names


class Change(NamedTuple):
    word: str
    before: str
    after: str


@dataclass(frozen=True)
class Sighting:
    """What one batch brought; ``changes`` is empty for the first."""

    revision: DossierRevision
    first: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Moment:
    """A point of the dossier's life for the timeline. ``tone`` is a state's tone of ``ui/states.py``."""

    on: date
    text: str
    tone: str = "plain"


def dossier_sightings(dossier: Dossier) -> list[Sighting]:
    """Every revision with what it changed, newest first."""
    revisions = list(dossier.revisions.select_related("agency", "batch", "batch__system"))
    pairs = zip([None, *revisions], revisions, strict=False)
    return [Sighting(now, before is None, tuple(changes(before, now))) for before, now in pairs][::-1]


def changes(before: DossierRevision | None, now: DossierRevision) -> Iterable[Change]:
    """What a reader follows of what is different."""
    if before is None:
        return
    for name, word in WORDS.items():
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            hidden = name in HIDDEN
            yield Change(
                str(word), _("(đã ẩn)") if hidden else _written(name, old), _("(đã ẩn)") if hidden else _written(name, new)
            )


def _written(name: str, value: object) -> str:
    if value in (None, ""):
        return UNKNOWN
    if name == "status":
        return str(STATUSES[int(str(value))])
    if name == "channel":
        return str(CHANNELS[str(value)])
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


def dossier_timeline(dossier: Dossier) -> list[Moment]:
    """What happened, oldest first: receipt, stops, due dates, lateness as the nights found it, the end."""
    moments = list(_facts_of_life(dossier))
    for episode in dossier.episodes.select_related("agency"):
        moments.append(Moment(episode.opened_as_of, _("Ghi nhận quá hạn tại %(unit)s") % {"unit": episode.agency}, "late"))
        if episode.ended_as_of and episode.end_reason:  # without a reason it ran on into a night already on record
            reason = episode.get_end_reason_display()
            moments.append(Moment(episode.ended_as_of, _("Hết quá hạn: %(reason)s") % {"reason": reason}, "calm"))
    return sorted(moments, key=lambda item: item.on)


def told_by(moments: Iterable[Moment], as_of: date) -> tuple[list[Moment], list[Moment]]:
    """What had happened by the end of a day, and what came or is due after it."""
    told = list(moments)
    return [item for item in told if item.on <= as_of], [item for item in told if item.on > as_of]


def _facts_of_life(dossier: Dossier) -> Iterable[Moment]:
    if dossier.received_at:
        yield Moment(localdate(dossier.received_at), _("Tiếp nhận"))
    for stop in dossier.stops:
        if stop.get("from"):
            yield Moment(localdate(datetime.fromisoformat(stop["from"])), _("Tạm dừng"))
        if stop.get("to"):
            yield Moment(localdate(datetime.fromisoformat(stop["to"])), _("Tiếp tục giải quyết"))
    if dossier.original_due and dossier.original_due != dossier.effective_due:
        yield Moment(localdate(dossier.original_due), _("Hạn gốc"), "soon")
    if dossier.due_on:
        yield Moment(dossier.due_on, _("Hạn hiện hành"), "soon")
    if dossier.ended_on:
        yield Moment(dossier.ended_on, str(STATUSES[dossier.status]), "calm")
    if dossier.returned_at:
        yield Moment(localdate(dossier.returned_at), _("Trả kết quả"), "calm")
