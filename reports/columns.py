"""The columns of a ranking: what addresses call them, what the menu of columns calls them."""

from django.utils.translation import gettext_lazy as _

from reports.rules.ranking import SORTS
from ui.columns import Offer
from ui.states import STATES, SYSTEMS

FULL = ("rank", "name", "old", "new", "total", "day", "week", "letter", "share", "oldest", "ages", "spark")
LABELS = {
    "rank": _("Hạng"),
    "name": _("Đơn vị"),
    "old": SYSTEMS["old"],
    "new": SYSTEMS["new"],
    "total": _("Tổng quá hạn"),
    "day": _("So với hôm trước"),
    "week": _("So với 7 ngày trước"),
    "letter": _("Từ công văn gần nhất"),
    "share": _("Trong số đang xử lý"),
    "oldest": _("Lâu nhất (ngày hạn)"),
    "ages": _("Theo số ngày quá hạn"),
    "spark": _("30 ngày qua"),
    "open": STATES["open"].word,
    "due_today": STATES["due_today"].word,
    "due_soon": STATES["due_soon"].word,
    "explained": _("Trong đó đã giải trình"),
}
OFFER = Offer(LABELS, usual=FULL, fixed=("rank", "name"), sorts=SORTS)
