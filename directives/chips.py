"""The words, icons and tones of explanations, of what was said of a dossier, and of calls: one word per concept (glossary)."""

from django.utils.translation import gettext_lazy as _

from directives.rules.calls import Standing
from directives.selectors.explained import Answer
from ui.states import Mark

EXPLANATIONS: dict[str, Mark] = {
    "submitted": Mark(_("Chờ xem xét"), icon="hourglass", tone="soon"),
    "accepted": Mark(_("Đã chấp nhận"), icon="circle-check", tone="calm"),
    "returned": Mark(_("Đã trả lại"), icon="arrow-back-up", tone="late"),
}
ANSWERS: dict[Answer, Mark] = {
    "co": Mark(_("Đã giải trình"), icon="circle-check", tone="calm"),
    "cho": Mark(_("Chờ xem xét"), icon="hourglass", tone="soon"),
    "chua": Mark(_("Chưa giải trình"), icon="circle", tone="plain"),
}
STANDINGS: dict[Standing, Mark] = {
    "late": Mark(_("Đã qua hạn"), icon="clock-exclamation", tone="late"),
    "soon": Mark(_("Sắp đến hạn"), icon="bell", tone="soon"),
    "open": Mark(_("Đang chờ đơn vị"), icon="clock", tone="plain"),
    "waiting": Mark(_("Chờ xem xét"), icon="hourglass", tone="soon"),
    "answered": Mark(_("Đã xong"), icon="circle-check", tone="calm"),
}
