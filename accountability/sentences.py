"""Criteria and facts in words, the same on page, in workbook and document. Neutral: what is, not what to think of it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Criteria
from accountability.rules import CRITERIA, Criterion, Facts, late_months
from ui.formats import integer

NAMES: dict[Criterion, str | Promise] = {
    "late_again": gettext_lazy("Trễ hạn nhiều lần"),
    "stood_still": gettext_lazy("Không chuyển biến qua nhiều văn bản"),
    "unanswered": gettext_lazy("Không giải trình"),
}
DISCLAIMER = gettext_lazy("Tài liệu liệt kê sự kiện để người có thẩm quyền xem xét, không phải kết luận về trách nhiệm.")
BASIS = gettext_lazy("Công văn số 3812/UBND-TTHCC ngày 10/11/2022, điểm 2.")


def criterion_text(criterion: Criterion, criteria: Criteria) -> str:
    """What the criterion asks for, in one sentence."""
    texts = {
        "late_again": _(
            "Trong %(periods)s tháng gần nhất đã kết thúc, có ít nhất %(late_periods)s tháng mà lúc 24:00 ngày cuối tháng"
            " đơn vị có từ %(floor)s hồ sơ quá hạn trở lên."
        ),
        "stood_still": _("Đang có từ %(floor)s hồ sơ quá hạn trở lên đã tồn qua ít nhất %(letters)s văn bản chỉ đạo."),
        "unanswered": _("Có yêu cầu giải trình đã quá hạn giải trình mà vẫn còn hồ sơ chưa giải trình."),
    }
    return texts[criterion] % {name: getattr(criteria, name) for name in ("periods", "late_periods", "floor", "letters")}


def fact_text(criterion: Criterion, facts: Facts, criteria: Criteria) -> str:
    """What the unit's figures say to it."""
    known = sum(total is not None for total in facts.months)
    words = {
        "late": late_months(facts.months, criteria.floor),
        "known": known,
        "outlived": integer(facts.outlived),
        "unanswered": facts.unanswered,
    }
    texts = {
        "late_again": _("%(late)s trên %(known)s tháng có số liệu"),
        "stood_still": _("%(outlived)s hồ sơ"),
        "unanswered": _("%(unanswered)s yêu cầu"),
    }
    return texts[criterion] % words


def criteria_lines(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """(name, text) of each criterion, then of how many have to be met."""
    for criterion in CRITERIA:
        yield str(NAMES[criterion]), criterion_text(criterion, criteria)
    least = _("Đưa vào danh sách xem xét khi đáp ứng ít nhất %(least)s trên %(all)s tiêu chí.")
    yield _("Mức đưa vào danh sách"), least % {"least": criteria.least, "all": len(CRITERIA)}


def version_text(criteria: Criteria) -> str:
    if not criteria.pk:
        return _("phiên bản 0, mức hệ thống đặt sẵn, văn phòng chưa quyết định")
    words = {"number": criteria.pk, "day": f"{criteria.decided_at:%d/%m/%Y}", "who": criteria.decided_by}
    return _("phiên bản %(number)s, %(who)s quyết định ngày %(day)s") % words
