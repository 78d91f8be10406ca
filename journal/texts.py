"""How each kind of entry is called and reads on screen. Names in braces are keys of the body, or ``actor`` and ``subject``."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EventText(NamedTuple):
    name: str | Promise
    sentence: str | Promise


TEXTS = {
    "import_done": EventText(
        _("nhập tệp"), _("{actor} nhập tệp {file_name} ({subject}): {new} mới, {changed} thay đổi, {rejected} bị loại.")
    ),
    "import_refused": EventText(_("từ chối tệp"), _("Tệp {file_name} do {actor} nộp không được nhận ({subject}): {reason}")),
    "import_held": EventText(
        _("tệp chờ xác nhận"), _("Tệp {file_name} do {actor} nộp ({subject}) chờ xác nhận, chưa ghi gì. Lý do: [{reasons}].")
    ),
    "import_confirmed": EventText(
        _("xác nhận tệp"), _("{actor} xác nhận nhập tệp {file_name} ({subject}), lý do chờ [{holds}]. Ý kiến: {reason}")
    ),
    "import_canceled": EventText(_("hủy lần nhập"), _("{actor} hủy lần nhập {batch}, tệp {file_name} ({subject}).")),
    "import_reverted": EventText(
        _("hoàn lại lần nhập"),
        _("{actor} hoàn lại lần nhập {batch}, tệp {file_name} ({subject}), {dossiers} hồ sơ trở về như trước. Lý do: {reason}"),
    ),
    "source_words_taught": EventText(
        _("khai báo cách viết"), _("{actor} khai báo cách viết của hệ thống nguồn ({subject}): {words}.")
    ),
    "night_done": EventText(
        _("rà soát đêm"),
        _("Rà soát đêm {subject}: {overdue} hồ sơ quá hạn, {opened} mới quá hạn, {closed} đã xử lý. Thực hiện: {actor}."),
    ),
    "calendar_changed": EventText(_("đổi lịch làm việc"), _("{actor} cập nhật lịch làm việc.")),
    "reference_changed": EventText(_("đổi danh mục"), _("{actor} cập nhật danh mục: {subject}.")),
    "rules_changed": EventText(_("đổi quy tắc"), _("Phiên bản quy tắc đổi từ {old} sang {new}.")),
    "account_added": EventText(_("tạo người dùng"), _("{actor} tạo người dùng {subject}, vai trò {role_name}.")),
    "role_changed": EventText(_("đổi vai trò"), _("{actor} đổi vai trò của {subject} từ {old_name} sang {new_name}.")),
    "account_locked": EventText(_("khóa người dùng"), _("{actor} khóa người dùng {subject}.")),
    "account_unlocked": EventText(_("mở khóa người dùng"), _("{actor} mở khóa người dùng {subject}.")),
    "password_set": EventText(_("đặt lại mật khẩu"), _("{actor} đặt lại mật khẩu của {subject}.")),
    "membership_changed": EventText(
        _("đổi đơn vị phụ trách"), _("{actor} đổi đơn vị phụ trách của {subject}: thêm [{added}], bớt [{removed}].")
    ),
    "alias_changed": EventText(
        _("đổi tên gọi khác"), _("{actor} đổi tên gọi khác của {subject}: thêm [{added}], bớt [{removed}].")
    ),
    "personal_revealed": EventText(_("xem họ tên đầy đủ"), _("{actor} xem họ tên đầy đủ trong hồ sơ {subject}. Lý do: {reason}")),
    "letter_drafted": EventText(
        _("soạn dự thảo công văn"), _("{actor} soạn dự thảo công văn số {subject} từ số liệu {seal}. Mã băm: {sha256}")
    ),
    "letter_template_changed": EventText(_("đổi mẫu công văn"), _("{actor} đổi mẫu công văn, lần {subject}. Mã băm: {sha256}")),
    "review_criteria_decided": EventText(
        _("đổi tiêu chí xem xét trách nhiệm"),
        _("{actor} quyết định tiêu chí xem xét trách nhiệm số {subject}. Lý do: {reason}"),
    ),
    "review_file_made": EventText(
        _("lập hồ sơ kiểm điểm"),
        _("{actor} lập tệp {file_name} theo tiêu chí phiên bản {criteria}, số liệu {seal}. Mã băm: {sha256}"),
    ),
    "list_downloaded": EventText(
        _("tải danh sách hồ sơ"),
        _("{actor} tải về danh sách {rows} hồ sơ của ngày {subject}, tên chủ hồ sơ đã che. Điều kiện: {conditions}"),
    ),
    "api_key_given": EventText(
        _("cấp khóa kết nối"), _("{actor} cấp khóa kết nối {subject} cho hệ thống {system}, được gửi: {services}.")
    ),
    "api_key_revoked": EventText(_("thu hồi khóa kết nối"), _("{actor} thu hồi khóa kết nối {subject} của hệ thống {system}.")),
    "calendar_key_given": EventText(_("cấp địa chỉ lịch"), _("{actor} tạo địa chỉ lịch hạn trả cho {subject}.")),
    "calendar_key_renewed": EventText(
        _("đổi địa chỉ lịch"), _("{actor} đổi địa chỉ lịch hạn trả của {subject}; địa chỉ cũ hết hiệu lực.")
    ),
    "calendar_key_withdrawn": EventText(_("thu hồi địa chỉ lịch"), _("{actor} thu hồi địa chỉ lịch hạn trả của {subject}.")),
    "explanation_called": EventText(
        _("yêu cầu giải trình"), _("{actor} yêu cầu giải trình theo công văn {subject}, hạn {answer_by}. Đơn vị: {agencies}.")
    ),
    "explanation_submitted": EventText(
        _("gửi giải trình"), _("{actor} gửi giải trình số {subject} của đơn vị {agency} cho {count} hồ sơ.")
    ),
    "explanation_accepted": EventText(
        _("chấp nhận giải trình"), _("{actor} chấp nhận giải trình số {subject} của đơn vị {agency}.")
    ),
    "explanation_returned": EventText(_("trả lại giải trình"), _("{actor} trả lại giải trình số {subject} của đơn vị {agency}.")),
    "notices_sent": EventText(_("gửi thông báo"), _("{actor} gửi {subject} thông báo.")),
    "baselines_fixed": EventText(
        _("lập danh sách tại mốc"),
        _("{actor} lập danh sách tại mốc của Công văn {subject}: {lists} danh sách, {dossiers} hồ sơ."),
    ),
    "obligation_answered": EventText(
        _("báo cáo thực hiện yêu cầu"),
        _("{actor} báo cáo đơn vị {agency} thực hiện yêu cầu {number} của Công văn {subject}: {state}."),
    ),
    "letter_read": EventText(_("đọc công văn"), _("{actor} đưa công văn vào đọc, bản số {subject}: {file_name}.")),
    "letter_confirmed": EventText(
        _("ghi nhận công văn"),
        _("{actor} ghi nhận Công văn {subject}: {obligations} yêu cầu, {figures} số liệu, dẫn {cited} văn bản."),
    ),
    "delivery_expected": EventText(
        _("đặt lịch giao nộp"),
        _("{actor} đặt lịch giao nộp số {number} ({subject}): {kind}, {days}, trước {by}, từ {active_from}."),
    ),
    "delivery_changed": EventText(
        _("sửa lịch giao nộp"),
        _("{actor} sửa lịch giao nộp số {replaces} ({subject}) thành: {kind}, {days}, trước {by}, từ {active_from}."),
    ),
    "delivery_stopped": EventText(
        _("dừng lịch giao nộp"), _("{actor} dừng lịch giao nộp số {number} ({subject}) từ ngày {since}.")
    ),
}
