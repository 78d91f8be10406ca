"""The words, icons and tones of fates, courses and judgements: one word per concept (glossary). Neutral: facts, not blame."""

from django.utils.translation import gettext_lazy as _

from directives.rules.flow import Course
from directives.rules.obligations import Reason, State
from ui.states import Mark

# What a dossier of a list, or beside it, can be; the words of the address (``ket_qua``).
FATES: dict[str, Mark] = {
    "overdue": Mark(_("Còn quá hạn"), icon="alert-triangle", tone="late"),
    "finished": Mark(_("Đã xử lý xong"), icon="circle-check", tone="calm"),
    "ended_other": Mark(_("Rút, từ chối hoặc dừng xử lý"), icon="circle-check", tone="calm"),
    "transferred": Mark(_("Quá hạn tại đơn vị khác"), icon="arrow-right", tone="soon"),
    "stopped": Mark(_("Tạm dừng"), icon="player-pause", tone="plain"),
    "due_moved": Mark(_("Hạn thay đổi, không còn quá hạn"), icon="calendar-event", tone="soon"),
    "moved": Mark(_("Chuyển sang hệ thống khác"), icon="arrows-exchange", tone="soon"),
    "vanished": Mark(_("Không còn trong tệp, chưa thấy kết thúc"), icon="file-unknown", tone="soon"),
    "uncounted": Mark(_("Không còn thuộc số liệu"), icon="circle-minus", tone="plain"),
    "inflow": Mark(_("Mới phát sinh sau mốc"), icon="circle-plus", tone="late"),
}
GROUPS = {
    "settled": _("Kết thúc đúng quy định"),
    "unsettled": _("Chưa kết thúc"),
    "left": _("Kết quả khác"),
}
COURSES: dict[Course, Mark] = {
    "settled": Mark(_("Đã dứt điểm"), icon="circle-check", tone="calm"),
    "improved": Mark(_("Có giải quyết"), icon="trending-down", tone="plain"),
    "still": Mark(_("Chưa chuyển biến"), icon="minus", tone="soon"),
    "none": Mark(_("Không có hồ sơ tại mốc"), icon="circle", tone="plain"),
}
# In the order in which they are told. Where a letter sets no date there is no pace: the number falls or it does not.
CHECKS: dict[State | Reason, Mark] = {
    "breached": Mark(_("Quá hạn thực hiện"), icon="clock-exclamation", tone="late"),
    "behind": Mark(_("Chậm tiến độ"), icon="hourglass", tone="soon"),
    "not_falling": Mark(_("Chưa giảm"), icon="minus", tone="soon"),
    "unknown": Mark(_("Chưa đủ số liệu"), icon="help-circle", tone="plain"),
    "on_course": Mark(_("Đúng tiến độ"), icon="trending-down", tone="plain"),
    "falling": Mark(_("Đang giảm"), icon="trending-down", tone="plain"),
    "fulfilled": Mark(_("Đã thực hiện"), icon="circle-check", tone="calm"),
}
ANSWERS: dict[str, Mark] = {
    "": Mark(_("Chưa báo cáo"), icon="circle", tone="plain"),
    "done": Mark(_("Đã thực hiện"), icon="circle-check", tone="calm"),
    "doing": Mark(_("Đang thực hiện"), icon="clock", tone="plain"),
    "unable": Mark(_("Chưa thực hiện được"), icon="hourglass", tone="soon"),
}
