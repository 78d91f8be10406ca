"""A table to take away as .xlsx: what it is of above, then its rows. Whatever a source said stays text; nothing is a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any, TypeAlias

import xlsxwriter
from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters in one cell
NARROW, WIDE = 9, 60  # characters in one column

Content: TypeAlias = str | int | float | date | None


def workbook_answer(
    *,
    name: str,
    title: str,
    facts: Iterable[tuple[str, str]],
    headings: Sequence[str],
    rows: Sequence[Sequence[Content]],
) -> FileResponse:
    """The file as an answer to save. ``facts``: what somebody must know who finds it on its own, as (label, text)."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    workbook_write(file, title=title, facts=facts, headings=headings, rows=rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def workbook_write(
    file: IO[bytes],
    *,
    title: str,
    facts: Iterable[tuple[str, str]],
    headings: Sequence[str],
    rows: Sequence[Sequence[Content]],
) -> None:
    """One sheet, laid out for a screen (head and filter stay) and for paper (A4 across, the head on every page)."""
    book = xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"})
    large, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
    look = {"bold": True, "bg_color": "#EDF1F5", "bottom": 1, "text_wrap": True, "valign": "top"}
    sheet, heading = book.add_worksheet(), book.add_format(look)
    sheet.write_string(0, 0, title, large)
    line = 1
    for label, text in facts:
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text)
        line += 1
    first = line + 1
    for place, text in enumerate(headings):
        sheet.set_column(place, place, _width(text, [row[place] for row in rows]))
        sheet.write_string(first, place, text, heading)
    for number, row in enumerate(rows, start=first + 1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value)
    _lay_out(sheet, first, len(headings), len(rows))
    book.close()


def _write(sheet: Any, line: int, place: int, value: Content) -> None:
    """What is not known leaves its cell empty: no zero, and nothing in the way of a sum."""
    if isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif isinstance(value, str):
        sheet.write_string(line, place, value[:LONGEST])
    elif value is not None:
        sheet.write_number(line, place, value)


def _width(heading: str, values: Iterable[Content]) -> int:
    longest = max((10 if isinstance(value, date) else len(str(value or "")) for value in values), default=0)
    return min(max(longest + 1, min(len(heading), 16), NARROW), WIDE)


def _lay_out(sheet: Any, first: int, columns: int, rows: int) -> None:
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, first + rows, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    sheet.set_footer("&R&P/&N")
