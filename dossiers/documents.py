"""Files made for people to take away."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from dossiers.messages import line_text
from dossiers.models import ImportIssue
from dossiers.selectors.dossiers import Listing
from dossiers.tables import DossierTable
from ui.formats import day, integer, moment
from ui.tables import COUNT_CAP
from ui.workbook import workbook_answer

EXCEL_ROWS = 1_048_575  # what one sheet holds below its header
LIST_MOST = COUNT_CAP  # dossiers in one file


def list_answer(
    table: DossierTable, *, listing: Listing, conditions: str, reader: str, now: datetime
) -> tuple[FileResponse, int]:
    """The list as a file, in its order, with how many dossiers it holds; beyond ``LIST_MOST`` it says that there are more."""
    found = list(table.data.data[: LIST_MOST + 1])
    shown, values = found[:LIST_MOST], table.values()
    answer = workbook_answer(
        name=f"ho-so-{listing.run.as_of}.xlsx",
        title=_("Danh sách hồ sơ"),
        facts=[
            (_("Ngày số liệu"), _("Tình trạng lúc 24:00 ngày %(day)s") % {"day": day(listing.run.as_of)}),
            (_("Mã số liệu"), listing.seal),
            (_("Điều kiện"), conditions or _("không có: mọi hồ sơ đã tiếp nhận")),
            (_("Thứ tự"), table.order_text),
            (_("Số hồ sơ"), integer(len(found)) if len(found) == len(shown) else _cut()),
            (_("Người tải"), _("%(reader)s, lúc %(moment)s") % {"reader": reader, "moment": moment(now)}),
            (_("Ghi chú"), _("Tên chủ hồ sơ đã che như trên màn hình. Dữ liệu cá nhân: chỉ dùng cho công việc.")),
        ],
        headings=[heading for heading, _value in values],
        rows=[[value(record) for _heading, value in values] for record in shown],
    )
    return answer, len(shown)


def _cut() -> str:
    text = _("%(most)s hồ sơ đầu theo thứ tự này; danh sách còn nữa. Hãy lọc bớt rồi tải lại để có đủ.")
    return text % {"most": integer(LIST_MOST)}


def issues_workbook(issues: Iterable[ImportIssue], file: BinaryIO) -> None:
    """The issues of one batch as a workbook. Every cell is written as text, so nothing a file said becomes a formula."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(_("Vấn đề khi nhập"))
    bold = book.add_format({"bold": True})
    headings = (_("Loại"), _("Dòng"), _("Cột"), _("Giá trị trong tệp"), _("Mã lý do"), _("Giải thích và cách khắc phục"))
    for place, (heading, width) in enumerate(zip(headings, (12, 8, 22, 32, 24, 100), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)
    sheet.freeze_panes(1, 0)
    for line, issue in zip(range(1, EXCEL_ROWS + 1), issues, strict=False):
        values = (issue.get_kind_display(), line_text(issue.line), issue.column, issue.value, issue.reason, issue.message)
        for place, value in enumerate(values):
            sheet.write_string(line, place, value[:32_767])
    book.close()
