"""What the words on the screens mean: the one home of definitions, in the glossary's words; ``{% term "overdue" %}`` shows them.

Each says in a sentence or two what the rule behind it does (docs/rules); the rule decides, the sentence explains.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Definition:
    word: str | Promise
    meaning: str | Promise


DEFINITIONS: dict[str, Definition] = {
    "as_of": Definition(
        _("ngày số liệu"),
        _("Số liệu mô tả tình trạng lúc 24:00 của ngày này, theo những gì các tệp cho biết khi rà soát đêm đó."),
    ),
    "published": Definition(
        _("số liệu đã chốt"),
        _("Số liệu của một ngày như đã biết khi rà soát đêm đó, không sửa về sau. Tệp đến muộn chỉ thay đổi các đêm sau."),
    ),
    "reconstructed": Definition(
        _("dựng lại"),
        _("Ngày này có trước tệp đầu tiên của hệ thống: tình trạng được suy ra từ tệp đầu tiên theo các ngày ghi trong hồ sơ."),
    ),
    "overdue": Definition(
        _("quá hạn"),
        _(
            "Chưa kết thúc mà đã qua hết ngày của hạn hiện hành, xét lúc 24:00 của ngày số liệu; thời hạn tính bằng giờ"
            " thì quá hạn ngay trong ngày đó. Hồ sơ tạm dừng từ trước khi lỡ hạn không tính là quá hạn."
        ),
    ),
    "open": Definition(
        _("đang xử lý"),
        _("Đã tiếp nhận và chưa kết thúc: trong hạn, quá hạn, tạm dừng hay chưa có hạn đều được đếm."),
    ),
    "awaiting": Definition(
        _("tạm dừng"),
        _(
            "Đang chờ bổ sung, nghĩa vụ tài chính hoặc lấy ý kiến, và việc chờ bắt đầu khi chưa lỡ hạn: thời gian chờ"
            " không tính vào thời hạn. Chờ sau khi đã lỡ hạn thì hồ sơ vẫn quá hạn."
        ),
    ),
    "due_today": Definition(_("đến hạn hôm nay"), _("Ngày của hạn hiện hành là ngày số liệu; chưa quá hạn.")),
    "due_soon": Definition(
        _("sắp đến hạn"),
        _("Còn nhiều nhất một ngày làm việc là đến hạn. Pháp luật không định nghĩa; đây là mức nhắc việc của hệ thống này."),
    ),
    "newly_overdue": Definition(
        _("mới quá hạn"),
        _("Đêm trước chưa quá hạn, đêm này quá hạn. Hồ sơ quá hạn chuyển sang đơn vị khác là mới ở đơn vị nhận."),
    ),
    "no_longer_overdue": Definition(
        _("hết quá hạn"),
        _("Đêm trước quá hạn, đêm này không: đã xong, rút, dừng hẳn, đổi hạn, hoặc chuyển sang đơn vị khác."),
    ),
    "age": Definition(
        _("số ngày quá hạn"),
        _("Số ngày làm việc sau ngày hạn đến hết ngày số liệu; nghỉ cuối tuần, nghỉ lễ, nghỉ bù không đếm, ngày làm bù có đếm."),
    ),
    "own": Definition(_("riêng đơn vị"), _("Hồ sơ do chính đơn vị xử lý, không kể đơn vị trực thuộc.")),
    "area": Definition(_("toàn địa bàn"), _("Hồ sơ của đơn vị và của mọi đơn vị trực thuộc; mỗi hồ sơ đếm một lần.")),
    "promised_due": Definition(
        _("ngày hẹn trả"),
        _("Ngày ghi trên giấy tiếp nhận hồ sơ và hẹn trả kết quả, như hệ thống nguồn báo: lời hẹn có giá trị pháp lý."),
    ),
    "computed_due": Definition(
        _("hạn tính toán"),
        _(
            "Hạn hệ thống này tính từ ngày tiếp nhận, thời hạn của thủ tục và lịch làm việc, để đối chiếu."
            " Khác ngày hẹn trả thì nêu ra, không thay."
        ),
    ),
    "effective_due": Definition(
        _("hạn hiện hành"),
        _("Hạn quyết định hồ sơ quá hạn hay không: ngày hẹn trả; nguồn không ghi thì là hạn tính toán."),
    ),
    "original_due": Definition(
        _("hạn gốc"), _("Hạn đầu tiên từng biết của hồ sơ; giữ nguyên dù sau đó được gia hạn hay hẹn lại.")
    ),
}
