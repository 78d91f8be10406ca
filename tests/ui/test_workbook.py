"""A table to take away: every cell of its own kind, nothing a formula, the head on every sheet of paper."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from ui.workbook import Content, workbook_write


def made(*rows: list[Content], headings: tuple[str, ...] = ("Mã", "Số", "Hạn")) -> Any:
    file = BytesIO()
    workbook_write(file, title="Danh sách", facts=[("Ngày", "07/11/2022")], headings=headings, rows=rows)
    return openpyxl.load_workbook(file).active


def test_what_it_is_of_stands_above_the_head_and_the_rows() -> None:
    sheet = made(["A-1", 3, date(2022, 11, 7)], ["A-2", None, None])
    assert [[cell.value for cell in line] for line in sheet.iter_rows(max_row=4)] == [
        ["Danh sách", None, None],
        ["Ngày", "07/11/2022", None],
        [None, None, None],
        ["Mã", "Số", "Hạn"],
    ]
    assert sheet["A5"].value == "A-1"
    assert (sheet["B5"].value, sheet["B5"].data_type) == (3, "n")
    assert (sheet["C5"].value.date(), sheet["C5"].number_format) == (date(2022, 11, 7), "dd/mm/yyyy")
    assert sheet["B6"].value is sheet["C6"].value is None  # not known: neither zero nor a dash in the way of a sum


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://vi.du", "{=1}", "0012"])
def test_nothing_a_source_says_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    cell = made([text, 1, None])["A5"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_text_too_long_for_a_cell_is_cut_not_lost() -> None:
    assert made(["a" * 40_000, 1, None])["A5"].value == "a" * 32_767


def test_head_and_filter_stay_and_paper_lies_across_with_the_head_on_each_sheet() -> None:
    sheet = made(["A-1", 3, date(2022, 11, 7)])
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:C5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"


def test_a_table_without_rows_is_still_a_table() -> None:
    assert made()["A4"].value == "Mã"
