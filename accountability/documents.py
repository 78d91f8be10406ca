"""The facts as files for the organ that looks into responsibility: a document per unit, a workbook per unit and of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.document import Document

from accountability.models import Criteria
from accountability.rules import CRITERIA, Criterion
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


def _said(one: Candidate, criterion: Criterion, criteria: Criteria) -> str:
    word = _("đáp ứng") if criterion in one.met else _("không đáp ứng")
    return f"{word}: {fact_text(criterion, one.facts, criteria)}"


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
    made.add_paragraph(_("HỒ SƠ PHỤC VỤ XEM XÉT TRÁCH NHIỆM"), style="Title")
    made.add_paragraph(found.candidate.agency.name).runs[0].bold = True
    for label, text in heading.lines():
        line = made.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(text)
    for number, (title, write) in enumerate(SECTIONS, start=1):
        if write is _list_of_late:
            across(made)
        made.add_heading(f"{number}. {title}", 1)
        write(made, found, heading.criteria)
    words = {"day": day(heading.as_of), "seal": heading.seal, "number": heading.criteria.pk}
    footers_set(made.sections[0], _("Số liệu 24:00 ngày %(day)s, mã %(seal)s; tiêu chí phiên bản %(number)s") % words)
    return docx_content(made)


def _compared(made: Document, found: Pack, criteria: Criteria) -> None:
    one = found.candidate
    rows = [
        [
            str(NAMES[criterion]),
            fact_text(criterion, one.facts, criteria),
            _("đáp ứng") if criterion in one.met else _("không đáp ứng"),
        ]
        for criterion in CRITERIA
    ]
    table_add(made, [_("Tiêu chí"), _("Số liệu của đơn vị"), _("Kết quả đối chiếu")], rows, [60, 65, 40])


def _by_month(made: Document, found: Pack, criteria: Criteria) -> None:
    rows = [[month.day, month.old, month.new, month.seal] for month in found.months]
    table_add(made, [_("Ngày"), *map(str, SYSTEMS.values()), _("Mã số liệu")], rows, [30, 35, 35, 65])


def _by_letter(made: Document, found: Pack, criteria: Criteria) -> None:
    """What became of the lists, then what each measured order was judged to be, with its numbers."""
    headings = [_("Văn bản"), _("Mốc số liệu"), _("Tại mốc"), _("Kết thúc đúng quy định"), _("Còn quá hạn"), _("Diễn biến")]
    rows = [
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
    ]
    table_add(made, headings, rows, [45, 25, 20, 25, 20, 30])
    for letter, order, check in _checks(found):
        words = {"letter": letter, "number": order}
        made.add_paragraph(_("%(letter)s, yêu cầu %(number)s: ") % words + check, style="List Bullet")


def _checks(found: Pack) -> Iterator[tuple[str, int, str]]:
    for letter in found.letters:
        for order in letter.orders:
            for standing in order.units:
                if standing.check:
                    yield letter.directive.reference, order.obligation.number, check_sentence(standing.check)


def _notices(made: Document, found: Pack, criteria: Criteria) -> None:
    rows = [
        [str(one.user), one.text, moment(one.created_at), moment(one.opened) if one.opened else _("chưa mở")]
        for one in found.notices
    ]
    table_add(made, [_("Người nhận"), _("Nội dung"), _("Báo lúc"), _("Mở lần đầu")], rows, [35, 70, 30, 30])


def _explained(made: Document, found: Pack, criteria: Criteria) -> None:
    """What was asked by when, and how much of it is left; then what was said and what came of it."""
    headings = [_("Theo văn bản"), _("Hạn giải trình"), _("Phải giải trình"), _("Đã chấp nhận"), _("Chờ xem xét"), _("Còn lại")]
    asked: list[list[Content]] = [
        [one.call.directive.reference, one.call.answer_by, one.asked.asked, one.asked.accepted, one.asked.waiting, one.asked.left]
        for one in found.calls
    ]
    table_add(made, headings, asked, [45, 28, 23, 23, 23, 23])
    said: list[list[Content]] = [
        [moment(one.submitted_at), one.get_reason_display(), one.text, one.count, str(Explanation.State(one.stood).label)]
        for one in found.explanations
    ]
    table_add(made, [_("Gửi lúc"), _("Nguyên nhân"), _("Nội dung"), _("Số hồ sơ"), _("Kết quả")], said, [30, 30, 65, 15, 25])


def _by_officer(made: Document, found: Pack, criteria: Criteria) -> None:
    made.add_paragraph(officers_text(found))
    if found.officers:
        headings = [_("Cán bộ xử lý"), _("Hồ sơ quá hạn"), _("Trong đó tồn qua đủ số văn bản")]
        table_add(made, headings, found.officers, [75, 40, 50])


def _list_of_late(made: Document, found: Pack, criteria: Criteria) -> None:
    """On pages turned sideways."""
    table_add(made, late_headings(), late_rows(found), [36, 24, 92, 22, 22, 18, 16, 22])


SECTIONS = (
    (gettext_lazy("Tiêu chí và số liệu của đơn vị"), _compared),
    (gettext_lazy("Số hồ sơ quá hạn cuối tháng"), _by_month),
    (gettext_lazy("Văn bản chỉ đạo và kết quả thực hiện"), _by_letter),
    (gettext_lazy("Thông báo đã gửi"), _notices),
    (gettext_lazy("Giải trình"), _explained),
    (gettext_lazy("Cán bộ xử lý, theo dữ liệu hồ sơ"), _by_officer),
    (gettext_lazy("Danh sách hồ sơ quá hạn"), _list_of_late),
)


def officers_text(found: Pack) -> str:
    if found.officers:
        return _("Tên ghi trong dữ liệu hồ sơ của hai hệ thống; hệ thống không xác định được ai giữ hồ sơ vào lúc quá hạn.")
    return _("Dữ liệu hồ sơ không ghi cán bộ xử lý, hoặc không có hồ sơ nào tồn qua đủ số văn bản.")


KINDS = {"xlsx": (XLSX, pack_workbook), "docx": (DOCX, pack_document)}
