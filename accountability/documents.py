"""The facts as files for the organ that looks into responsibility: a document per unit, a workbook per unit and of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Criteria
from accountability.rules import CRITERIA
from accountability.selectors import Candidate, Pack
from accountability.sentences import BASIS, DISCLAIMER, NAMES, criteria_lines, fact_text, version_text
from directives.models import Explanation
from directives.sentences import check_sentence
from directives.words import COURSES
from ui.formats import UNKNOWN, day, integer, moment
from ui.states import SYSTEMS
from ui.wordfile import DOCX, Content, across, document_new, footers_set, table_add
from ui.wordfile import content as docx_content
from ui.workbook import XLSX, workbook_write

ANSWERS = {"co": gettext_lazy("đã giải trình"), "cho": gettext_lazy("chờ xem xét"), "chua": ""}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every file: whose, of which day, by which criteria, made by whom and when."""

    as_of: date
    seal: str
    criteria: Criteria
    maker: str
    now: datetime

    def lines(self) -> list[tuple[str, str]]:
        return [
            (_("Số liệu"), _("24:00 ngày %(day)s") % {"day": day(self.as_of)}),
            (_("Mã số liệu"), self.seal),
            (_("Căn cứ"), str(BASIS)),
            (_("Tiêu chí"), version_text(self.criteria)),
            *criteria_lines(self.criteria),
            (_("Lưu ý"), str(DISCLAIMER)),
            (_("Người lập"), _("%(maker)s, lúc %(moment)s") % {"maker": self.maker, "moment": moment(self.now)}),
        ]


def candidates_workbook(found: Sequence[Candidate], heading: Heading) -> bytes:
    criteria = heading.criteria
    file = BytesIO()
    workbook_write(
        file,
        title=_("Đơn vị theo tiêu chí xem xét trách nhiệm"),
        facts=heading.lines(),
        headings=[
            _("Đơn vị"),
            _("Mã đơn vị"),
            *map(str, SYSTEMS.values()),
            *(str(NAMES[criterion]) for criterion in CRITERIA),
            _("Số tiêu chí đáp ứng"),
            _("Đưa vào danh sách xem xét"),
        ],
        rows=[
            [
                one.agency.name,
                one.agency.code,
                one.old,
                one.new,
                *(_said(one, criterion, criteria) for criterion in CRITERIA),
                len(one.met),
                _("có") if one.considered else _("không"),
            ]
            for one in found
        ],
    )
    return file.getvalue()


def _said(one: Candidate, criterion: str, criteria: Criteria) -> str:
    word = _("đáp ứng") if criterion in one.met else _("không đáp ứng")
    return f"{word}: {fact_text(criterion, one.facts, criteria)}"  # type: ignore[arg-type]  # one of CRITERIA


def pack_workbook(found: Pack, heading: Heading) -> bytes:
    """The facts above, every overdue dossier of the unit below."""
    file = BytesIO()
    workbook_write(
        file,
        title=_("Hồ sơ phục vụ xem xét trách nhiệm: %(unit)s") % {"unit": found.candidate.agency.name},
        facts=[*heading.lines(), *_facts(found, heading.criteria)],
        headings=late_headings(),
        rows=list(late_rows(found)),
    )
    return file.getvalue()


def _facts(found: Pack, criteria: Criteria) -> Iterator[tuple[str, str]]:
    for criterion in CRITERIA:
        yield str(NAMES[criterion]), _said(found.candidate, criterion, criteria)
    for month in found.months:
        words = {"old": integer(month.old), "new": integer(month.new), "seal": month.seal or UNKNOWN}
        yield day(month.day), _("hệ thống cũ %(old)s, hệ thống mới %(new)s; mã số liệu %(seal)s") % words


def late_headings() -> list[str]:
    return [
        _("Mã hồ sơ"),
        _("Hệ thống"),
        _("Thủ tục"),
        _("Tiếp nhận"),
        _("Hạn"),
        _("Số ngày làm việc quá hạn"),
        _("Tồn qua văn bản"),
        _("Giải trình"),
    ]


def late_rows(found: Pack) -> Iterator[list[Content]]:
    for one in found.late:
        yield [
            one.code,
            str(SYSTEMS[one.system]),
            one.procedure,
            one.received_on,
            one.due_on,
            one.days,
            one.letters,
            str(ANSWERS[one.answer]),
        ]


def pack_document(found: Pack, heading: Heading) -> bytes:
    made = document_new()
    unit, criteria = found.candidate.agency.name, heading.criteria
    made.add_paragraph(_("HỒ SƠ PHỤC VỤ XEM XÉT TRÁCH NHIỆM"), style="Title")
    made.add_paragraph(unit).runs[0].bold = True
    for label, text in heading.lines():
        line = made.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(text)
    made.add_heading(_("1. Tiêu chí và số liệu của đơn vị"), 1)
    table_add(
        made,
        [_("Tiêu chí"), _("Số liệu của đơn vị"), _("Kết quả đối chiếu")],
        [
            [
                str(NAMES[criterion]),
                fact_text(criterion, found.candidate.facts, criteria),
                _("đáp ứng") if criterion in found.candidate.met else _("không đáp ứng"),
            ]
            for criterion in CRITERIA
        ],
        [60, 65, 40],
    )
    made.add_heading(_("2. Số hồ sơ quá hạn cuối tháng"), 1)
    table_add(
        made,
        [_("Ngày"), *map(str, SYSTEMS.values()), _("Mã số liệu")],
        [[month.day, month.old, month.new, month.seal] for month in found.months],
        [30, 35, 35, 65],
    )
    made.add_heading(_("3. Văn bản chỉ đạo và kết quả thực hiện"), 1)
    table_add(
        made,
        [_("Văn bản"), _("Mốc số liệu"), _("Tại mốc"), _("Kết thúc đúng quy định"), _("Còn quá hạn"), _("Diễn biến")],
        [
            [
                f"{letter.directive.reference}, {day(letter.directive.issued_on)}",
                letter.marked_on,
                letter.flow.size,
                letter.flow.settled,
                letter.flow.fates["overdue"],
                str(COURSES[letter.flow.course].word),
            ]
            for letter in found.letters
            if letter.flow
        ],
        [45, 25, 20, 25, 20, 30],
    )
    for letter in found.letters:
        for order in letter.orders:
            for standing in order.units:
                if standing.check:
                    words = {"letter": letter.directive.reference, "number": order.obligation.number}
                    made.add_paragraph(
                        _("%(letter)s, yêu cầu %(number)s: ") % words + check_sentence(standing.check), style="List Bullet"
                    )
    made.add_heading(_("4. Thông báo đã gửi"), 1)
    table_add(
        made,
        [_("Người nhận"), _("Nội dung"), _("Báo lúc"), _("Mở lần đầu")],
        [
            [str(one.user), one.text, moment(one.created_at), moment(one.opened_at) if one.opened_at else _("chưa mở")]
            for one in found.notices
        ],
        [35, 70, 30, 30],
    )
    made.add_heading(_("5. Giải trình"), 1)
    table_add(
        made,
        [_("Theo văn bản"), _("Hạn giải trình"), _("Phải giải trình"), _("Đã chấp nhận"), _("Chờ xem xét"), _("Còn lại")],
        [
            [
                one.call.directive.reference,
                one.call.answer_by,
                one.asked.asked,
                one.asked.accepted,
                one.asked.waiting,
                one.asked.left,
            ]
            for one in found.calls
        ],
        [45, 28, 23, 23, 23, 23],
    )
    table_add(
        made,
        [_("Gửi lúc"), _("Nguyên nhân"), _("Nội dung"), _("Số hồ sơ"), _("Kết quả")],
        [
            [
                moment(one.submitted_at),
                one.get_reason_display(),
                one.text,
                one.count,
                str(Explanation.State(one.stood).label),
            ]
            for one in found.explanations
        ],
        [30, 30, 65, 15, 25],
    )
    made.add_heading(_("6. Cán bộ xử lý, theo dữ liệu hồ sơ"), 1)
    made.add_paragraph(officers_text(found))
    if found.officers:
        table_add(
            made,
            [_("Cán bộ xử lý"), _("Hồ sơ quá hạn"), _("Trong đó tồn qua đủ số văn bản")],
            [[name, late, stood] for name, late, stood in found.officers],
            [75, 40, 50],
        )
    across(made)
    made.add_heading(_("7. Danh sách hồ sơ quá hạn"), 1)
    table_add(made, late_headings(), late_rows(found), [36, 24, 92, 22, 22, 18, 16, 22])
    words = {"day": day(heading.as_of), "seal": heading.seal, "number": criteria.pk}
    footers_set(made.sections[0], _("Số liệu 24:00 ngày %(day)s, mã %(seal)s; tiêu chí phiên bản %(number)s") % words)
    return docx_content(made)


def officers_text(found: Pack) -> str:
    if found.officers:
        return _("Tên ghi trong dữ liệu hồ sơ của hai hệ thống; hệ thống không xác định được ai giữ hồ sơ vào lúc quá hạn.")
    return _("Dữ liệu hồ sơ không ghi cán bộ xử lý, hoặc không có hồ sơ nào tồn qua đủ số văn bản.")


KINDS = {"xlsx": (XLSX, pack_workbook), "docx": (DOCX, pack_document)}
