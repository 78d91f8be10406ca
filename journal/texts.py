"""How each kind of entry reads on screen. Names in braces are keys of the body, or ``actor`` and ``subject``."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "import_done": _("{actor} nhập tệp {file_name} ({subject}): {new} mới, {changed} thay đổi, {rejected} bị loại."),
    "import_refused": _("Tệp {file_name} do {actor} nộp không được nhận ({subject}): {reason}"),
    "night_done": _(
        "Rà soát đêm {subject}: {overdue} hồ sơ quá hạn, {opened} mới quá hạn, {closed} đã xử lý. Thực hiện: {actor}."
    ),
    "calendar_changed": _("{actor} cập nhật lịch làm việc."),
    "reference_changed": _("{actor} cập nhật danh mục: {subject}."),
    "rules_changed": _("Phiên bản quy tắc đổi từ {old} sang {new}."),
    "account_added": _("{actor} tạo người dùng {subject}, vai trò {role_name}."),
    "role_changed": _("{actor} đổi vai trò của {subject} từ {old_name} sang {new_name}."),
    "account_locked": _("{actor} khóa người dùng {subject}."),
    "account_unlocked": _("{actor} mở khóa người dùng {subject}."),
    "password_set": _("{actor} đặt lại mật khẩu của {subject}."),
    "membership_changed": _("{actor} đổi đơn vị phụ trách của {subject}: thêm [{added}], bớt [{removed}]."),
    "alias_changed": _("{actor} đổi tên gọi khác của {subject}: thêm [{added}], bớt [{removed}]."),
    "personal_revealed": _("{actor} xem họ tên đầy đủ trong hồ sơ {subject}. Lý do: {reason}."),
}
