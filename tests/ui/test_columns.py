"""Columns and order as an address asks for them: short words, wrong ones refused by name, what names a row always there."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import QueryDict

from ui.columns import ColumnsField, Offer, SortField

OFFER = Offer({"code": "Mã", "due": "Hạn", "field": "Lĩnh vực"}, usual=("code", "due"), fixed=("code",), sorts=("due",))


def asked(query: str) -> Any:
    form = Form(QueryDict(query))
    form.fields = {"cot": ColumnsField(OFFER), "sap_xep": SortField(OFFER)}
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("", ("code", "due")),
        ("cot=", ("code", "due")),
        ("cot=code,field", ("code", "field")),
        ("cot=code&cot=field", ("code", "field")),  # ticked boxes, sent without our script
        ("cot=field,due", ("code", "field", "due")),
        ("cot=due,due,code", ("code", "due")),
    ],
)
def test_columns_come_as_asked_behind_those_that_name_the_row(query: str, columns: tuple[str, ...]) -> None:
    assert asked(query)["cot"] == columns


def test_a_column_that_does_not_exist_is_named_together_with_those_that_do() -> None:
    with pytest.raises(ValidationError, match=r"Không có cột “x, y”\. Các cột chọn được: code, due, field\."):
        ColumnsField(OFFER).clean("code,x,due,y")


def test_only_a_column_with_an_order_sorts() -> None:
    assert asked("sap_xep=-due")["sap_xep"] == "-due"
    assert asked("")["sap_xep"] == ""
    with pytest.raises(ValidationError, match="Không sắp xếp được theo “-field”"):
        SortField(OFFER).clean("-field")


def test_the_usual_columns_need_no_word() -> None:
    assert OFFER.word(("code", "due")) == ""
    assert OFFER.word(("code", "due", "field")) == "code,due,field"


def test_the_menu_ticks_what_is_shown_and_leads_back_to_the_usual() -> None:
    menu = OFFER.menu(("code", "field"), {"q": ["ab"], "cot": ["code,field"]})
    assert re.findall(r'value="(\w+)" form="bo-loc"( checked)?( disabled)?>([^<]+)<', menu.choices) == [
        ("code", " checked", " disabled", "Mã"),
        ("due", "", "", "Hạn"),
        ("field", " checked", "", "Lĩnh vực"),
    ]
    assert (menu.usual, menu.reset) == ("code,due", "?q=ab")
