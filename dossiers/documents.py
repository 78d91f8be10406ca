"""Files made for people to take away."""

from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from dossiers.models import ImportIssue

EXCEL_ROWS = 1_048_575  # what one sheet holds below its header


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
        values = (issue.get_kind_display(), str(issue.line or ""), issue.column, issue.value, issue.reason, issue.message)
        for place, value in enumerate(values):
            sheet.write_string(line, place, value[:32_767])
    book.close()
