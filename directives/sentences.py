"""Why an order counts as it does, in one sentence with its numbers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from directives.models import Obligation, ObligationCheck
from directives.rules.obligations import allowed
from dossiers.rules.freshness import STALE_AFTER
from ui.formats import day, integer

REASONS = {
    "no_mark": noop("Không có đêm rà soát nào tại mốc của văn bản, nên không có số để so."),
    "no_data": noop("Chưa có tệp của hệ thống nguồn, chưa xét được."),
    "not_renewed": noop("Từ mốc đến nay chưa có tệp mới của hệ thống nguồn, chưa xét được."),
    "stale": noop("Tệp mới nhất đã cũ quá %(stale)s ngày làm việc, chờ tệp mới để xét."),
    "due_untold": noop("Đã đến hạn %(due)s nhưng chưa có tệp cho biết tình hình ngày đó, chờ tệp để xét."),
    "met": noop("Tại mốc %(start)s, nay %(value)s; mức phải đạt: không quá %(target)s."),
    "met_at_due": noop("Đến hạn %(due)s còn %(at_due)s; mức phải đạt: không quá %(target)s. Nay %(value)s."),
    "met_late": noop("Đến hạn %(due)s còn %(at_due)s, nhiều hơn mức phải đạt %(target)s; nay %(value)s, đạt sau hạn."),
    "missed": noop("Đến hạn %(due)s còn %(at_due)s; mức phải đạt: không quá %(target)s. Nay %(value)s."),
    "on_pace": noop("Tại mốc %(start)s, nay %(value)s; nếu giảm đều đến hạn %(due)s thì ngày này còn không quá %(allowed)s."),
    "off_pace": noop("Tại mốc %(start)s, nay %(value)s; nếu giảm đều đến hạn %(due)s thì ngày này chỉ còn %(allowed)s."),
    "falling": noop("Tại mốc %(start)s, nay %(value)s, giảm %(fell)s. Văn bản không nêu thời hạn."),
    "not_falling": noop("Tại mốc %(start)s, nay %(value)s, chưa giảm. Văn bản không nêu thời hạn."),
}
MEASURES = {
    "cleared": noop("số hồ sơ quá hạn của đơn vị; mức phải đạt là 0"),
    "reduced": noop("số hồ sơ quá hạn của đơn vị; phải giảm ít nhất %(percent)s%%"),
    "settled": noop("số hồ sơ trong danh sách tại mốc chưa kết thúc đúng quy định (đã xử lý xong, rút, từ chối hoặc dừng xử lý)"),
    "task": noop("không đo được bằng số liệu; đơn vị báo cáo"),
}


def check_sentence(check: ObligationCheck) -> str:
    order = check.obligation
    numbers = {name: integer(getattr(check, name)) for name in ("start", "target", "value", "at_due")}
    fell = check.start - check.value if check.start is not None and check.value is not None else None
    said = {"due": day(order.due_on), "stale": STALE_AFTER, "fell": integer(fell), "allowed": integer(_allowed(check))}
    return _(REASONS[check.reason]) % (numbers | said)


def _allowed(check: ObligationCheck) -> int | None:
    order = check.obligation
    if order.due_on is None or check.start is None or check.target is None:
        return None
    return allowed(
        start=check.start,
        goal=check.target,
        issued_on=order.directive.issued_on,
        due_on=order.due_on,
        as_of=check.as_of,
    )


def measure_words(order: Obligation) -> str:
    """What is looked at to judge the order."""
    return _(MEASURES[order.kind]) % {"percent": order.percent}
