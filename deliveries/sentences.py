"""What is said of a late delivery, on pages and in notices."""

from django.utils.translation import gettext as _

from deliveries.selectors.schedule import LateDelivery
from ui.formats import moment


def late_text(late: LateDelivery) -> str:
    """A file that waits for a person is not in: that is said, and that it is there."""
    text = _("%(system)s: chưa có %(kind)s phải đến trước %(due)s.")
    if late.held:
        text = _("%(system)s: %(kind)s phải đến trước %(due)s đang chờ xác nhận, chưa ghi gì.")
    expected = late.expected
    return text % {"system": expected.system.name, "kind": expected.get_kind_display(), "due": moment(late.due)}
