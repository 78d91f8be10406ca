"""Lean tables: the page a request asks for, escaped cells, stable links, an honest total."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.html import escape

from agencies.models import Agency
from tests.factories.agencies import make_agency
from ui import tables
from ui.tables import LeanColumn, LeanTable

pytestmark = pytest.mark.django_db


class UnitTable(LeanTable):
    name = LeanColumn(
        lambda record: escape(record.name), verbose_name="Tên <b>", order_by=("name", "id"), css="num 100%", labelled=True
    )
    code = LeanColumn(verbose_name="Mã", names_row=True)

    def cell_code(self, record: Any) -> str:
        return f"<code>{escape(record.code)}</code>"


def asked(query: str) -> HttpRequest:
    return RequestFactory().get(f"/?{query}")


def table(query: str = "") -> LeanTable:
    return UnitTable(Agency.objects.order_by("id").values_list("name", "code", named=True)).configured(asked(query))


@pytest.fixture
def units() -> None:
    for number in range(1, 61):
        make_agency(f"Xã {number:02} <i>", code=f"x{number:02}")


@pytest.mark.usefixtures("units")
def test_cells_and_labels_are_escaped() -> None:
    body = table("so_dong=25").body
    assert "<i>" not in body
    assert "Xã 01 &lt;i&gt;" in body
    assert body.startswith('<tr><td class="num 100%" data-label="Tên &lt;b&gt;">Xã 01 &lt;i&gt;<th><code>x01</code>\n<tr>')


@pytest.mark.usefixtures("units")
def test_a_row_carries_a_label_only_where_a_card_needs_it_and_widths_only_in_the_head() -> None:
    shown = table("so_dong=25")
    assert shown.body.count("data-label") == 25
    assert 'class=""' not in shown.head + shown.body
    assert 'class="num 100% col-name"' in shown.head
    assert "col-name" not in shown.body


@pytest.mark.usefixtures("units")
def test_a_page_holds_what_was_asked_and_past_the_end_is_the_last_one() -> None:
    assert table("so_dong=25").body.count("<tr>") == 25
    assert table("so_dong=25&trang=3").body.count("<tr>") == 10
    assert table("so_dong=25&trang=99").page.number == 3
    assert table("so_dong=7").body.count("<tr>") == 60  # not offered: the default


@pytest.mark.usefixtures("units")
def test_sorting_goes_by_the_named_columns_only_and_turns_round() -> None:
    descending = table("sap_xep=-name&so_dong=25&q=xa")
    assert descending.body.index("Xã 60") < descending.body.index("Xã 59")
    assert descending.head.count("aria-sort") == descending.head.count("<a ") == 1
    assert 'aria-sort="descending"><a id="cot-name" href="?sap_xep=name&amp;so_dong=25&amp;q=xa"' in descending.head
    assert table("sap_xep=code&so_dong=25").body.index("x01") < table("sap_xep=code&so_dong=25").body.index("x02")


@pytest.mark.usefixtures("units")
def test_the_pager_keeps_the_filters_and_shows_gaps() -> None:
    Agency.objects.bulk_create(
        Agency(
            code=f"y{n}",
            name=f"Y {n}",
            level="commune",
            type="xã",
            code_system="",
            source="",
            verified=True,
            sort_key="",
            search_key="",
        )
        for n in range(400)
    )
    middle = table("so_dong=25&trang=9&q=x")
    assert middle.pages == [1, None, 7, 8, 9, 10, 11, None, 19]
    assert '<span aria-current="page">9</span><a href="?so_dong=25&amp;trang=10&amp;q=x">10</a>' in middle.pager
    assert '<a rel="next" href="?so_dong=25&amp;trang=10&amp;q=x">Sau</a>' in middle.pager
    assert 'rel="prev"' not in table("so_dong=25").pager
    assert table("so_dong=25&q=x").pager.count("…") == 1


@pytest.mark.usefixtures("units")
def test_one_page_needs_no_pager() -> None:
    assert table("so_dong=100").pager == ""


@pytest.mark.usefixtures("units")
def test_a_total_beyond_the_cap_says_more_than(monkeypatch: pytest.MonkeyPatch) -> None:
    assert table().total_text == "60"
    monkeypatch.setattr(tables, "COUNT_CAP", 50)
    capped = table("so_dong=25")
    assert capped.total_text == "hơn 50"
    assert capped.paginator.num_pages == 2


@pytest.mark.usefixtures("units")
def test_ten_rows_and_sixty_cost_the_same_two_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert table("so_dong=25").body.count("<tr>") == 25
    with django_assert_num_queries(2):
        assert table("so_dong=100").body.count("<tr>") == 60
