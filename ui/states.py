"""The words, icons and tones of a dossier's states and of a figure's freshness: one word per concept (glossary)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state looks: a word and an icon always, the tone (a colour token) on top."""

    word: str | Promise
    icon: str
    tone: str


STATES: dict[str, Mark] = {
    "newly_overdue": Mark(_("Mới quá hạn trong ngày"), icon="alert-triangle", tone="late"),
    "no_longer_overdue": Mark(_("Hết quá hạn trong ngày"), icon="circle-check", tone="calm"),
    "open": Mark(_("Đang xử lý"), icon="folder", tone="plain"),
    "in_time": Mark(_("Trong hạn"), icon="clock", tone="calm"),
    "due_soon": Mark(_("Sắp đến hạn"), icon="hourglass", tone="soon"),
    "due_today": Mark(_("Đến hạn hôm nay"), icon="bell", tone="soon"),
    "overdue": Mark(_("Quá hạn"), icon="alert-triangle", tone="late"),
    "awaiting": Mark(_("Tạm dừng"), icon="player-pause", tone="plain"),
    "undated": Mark(_("Chưa có hạn"), icon="calendar-question", tone="plain"),
    "received": Mark(_("Tiếp nhận trong ngày"), icon="inbox", tone="plain"),
    "done_early": Mark(_("Xong trước hạn"), icon="circle-check", tone="calm"),
    "done_on_time": Mark(_("Xong đúng hạn"), icon="circle-check", tone="calm"),
    "done_late": Mark(_("Xong quá hạn"), icon="clock-exclamation", tone="past"),
    "ended_other": Mark(_("Kết thúc khác"), icon="circle-minus", tone="plain"),
    "not_counted": Mark(_("Không tính"), icon="circle-off", tone="plain"),
}

FRESH: dict[str, Mark] = {
    "fresh": Mark(_("Số liệu mới"), icon="circle-check", tone="calm"),
    "old": Mark(_("Số liệu cũ"), icon="clock-exclamation", tone="soon"),
    "reconstructed": Mark(_("Dựng lại từ số liệu về sau"), icon="history", tone="plain"),
    "missing": Mark(_("Chưa có số liệu"), icon="alert-triangle", tone="late"),
}

SCOPES: dict[str, str | Promise] = {"own": _("riêng đơn vị"), "area": _("toàn địa bàn")}
SYSTEMS: dict[str, str | Promise] = {"old": _("Hệ thống cũ"), "new": _("Hệ thống mới")}
