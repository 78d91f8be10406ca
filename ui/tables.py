"""Lean tables: django-tables2 owns columns, order and pages; each row is printed by one plain function.

Stock django-tables2 spends its time per cell (signature inspection, attribute dictionaries, a template include);
here a column brings ``cell``, a function from record to escaped HTML, and the page's rows become one string.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Self
from urllib.parse import urlencode

import django_tables2 as tables
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui.formats import integer
from ui.templatetags.ui import due_chip

ORDER, PAGE, PER_PAGE = "sap_xep", "trang", "so_dong"
PER_PAGE_CHOICES = (25, 50, 100)
COUNT_CAP = 10_000
KEPT_SECONDS = 600  # a deployment may change the markup while the data stay

Cell = Callable[[Any], str]


class LeanColumn(tables.Column):  # type: ignore[misc]  # untyped library
    """A column whose cells ``cell(record)`` prints, or the table's method ``cell_<name>``; both return escaped HTML."""

    def __init__(self, cell: Cell | None = None, *, css: str = "", **options: Any) -> None:
        options.setdefault("orderable", "order_by" in options)
        super().__init__(**options)
        self.cell = cell
        self.css = css

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Each table copies its columns; nothing inside a lean column changes afterwards, so a flat copy does."""
        return copy(self)


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # generic only in the stubs
    """Counts up to a cap: an exact count of a large archive costs more than the page itself."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list.data.data  # type: ignore[attr-defined]  # django-tables2's rows around a queryset
        return int(rows.order_by().values("pk")[: COUNT_CAP + 1].count())

    @cached_property
    def capped(self) -> bool:
        return self.count > COUNT_CAP

    @property
    def num_pages(self) -> int:
        return max(1, -(-min(self.count, COUNT_CAP) // self.per_page))


@dataclass(frozen=True)
class Heading:
    label: str
    css: str
    url: str  # empty when the column has no order
    sort: str  # ascending, descending or none, as aria-sort says it


@dataclass(frozen=True)
class PageLink:
    label: str
    url: str  # empty: the current page, or a gap
    current: bool = False


class LeanTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Base of the project's tables. Use: ``Table(queryset).configured(request)``."""

    query: dict[str, list[str]]

    def __init__(self, data: Any, *, version: str = "") -> None:
        """``version`` names the state of everything a row is printed from: with one, the same query is printed once."""
        super().__init__(data, order_by_field=ORDER)
        self.version = version

    def configured(self, request: HttpRequest) -> "LeanTable":
        """Order and page as the request asks; a page past the end is the last one."""
        self.query = dict(request.GET.lists())
        tables.RequestConfig(request, paginate=False).configure(self)
        self.paginator = CappedPaginator(self.rows, self.rows_asked(request))
        asked = request.GET.get(PAGE, "")
        if self.version:
            self.key = self._key(asked)
            if kept := cache.get(self.key):
                self.paginator.count, self.body = kept
        self.page = self.paginator.get_page(asked)
        return self

    def _key(self, page: str) -> str:
        """Of one page of rows: the query in full, so also whose rows it may find, and whatever else a row shows."""
        query = self.data.data.query.sql_with_params()
        parts = (self.version, type(self).__qualname__, static("dist/icons.svg"), query, self.paginator.per_page, page)
        return "rows:" + sha256(repr(parts).encode()).hexdigest()

    @staticmethod
    def rows_asked(request: HttpRequest) -> int:
        asked = request.GET.get(PER_PAGE, "")
        return int(asked) if asked.isdecimal() and int(asked) in PER_PAGE_CHOICES else PER_PAGE_CHOICES[-1]

    def address(self, **changes: str | None) -> str:
        """This page's address with these parameters instead; None leaves one out."""
        kept = {name: value for name, value in {**self.query, **changes}.items() if value is not None}
        return "?" + urlencode(kept, doseq=True)

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Any) -> Heading:
        css = column.column.css
        if not column.orderable:
            return Heading(str(column.header), css, "", "none")
        ordered = self._order_by or ()
        alias = next((alias for alias in ordered if alias.lstrip("-") == column.name), "")
        sort = "descending" if alias.startswith("-") else "ascending" if alias else "none"
        following = f"-{column.name}" if sort == "ascending" else column.name
        return Heading(str(column.header), css, self.address(**{PAGE: None, ORDER: following}), sort)

    @cached_property
    def body(self) -> SafeString:
        """The rows of this page, cells labelled for the phone layout."""
        parts = [
            (format_html('<td class="{}" data-label="{}">', column.column.css, column.header), self._cell(column))
            for column in self.columns
        ]
        rows: Any = self.page.object_list  # django-tables2's rows around a slice of the queryset
        printed = mark_safe("\n".join([_row(record, parts) for record in rows.data]))  # noqa: S308  # cells escape
        if self.version:
            cache.set(self.key, (self.paginator.count, printed), KEPT_SECONDS)
        return printed

    def _cell(self, column: Any) -> Cell:
        own: Cell | None = column.column.cell
        return own or getattr(self, f"cell_{column.name}")

    @cached_property
    def page_links(self) -> list[PageLink]:
        """First, neighbours, last, with gaps."""
        number, last = self.page.number, self.paginator.num_pages
        wanted = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
        links: list[PageLink] = []
        for before, page in zip([0, *wanted], wanted, strict=False):
            if page > before + 1:
                links.append(PageLink("…", ""))
            links.append(PageLink(str(page), "" if page == number else self.address(trang=str(page)), page == number))
        return links

    @cached_property
    def previous_url(self) -> str:
        return self.address(trang=str(self.page.number - 1)) if self.page.number > 1 else ""

    @cached_property
    def next_url(self) -> str:
        return self.address(trang=str(self.page.number + 1)) if self.page.number < self.paginator.num_pages else ""

    @cached_property
    def total_text(self) -> str:
        """How many rows in all, in words; honest about the cap."""
        shown = integer(min(self.paginator.count, COUNT_CAP))
        return _("hơn %(count)s") % {"count": shown} if self.paginator.capped else shown


@lru_cache(maxsize=4096)
def chip_html(state: str, days: int | None = None) -> SafeString:
    """The due chip of ``{% due_chip %}``, rendered once per state and number of days."""
    return render_to_string("ui/chip.html", due_chip(state, days))


def _row(record: Any, parts: Iterable[tuple[SafeString, Cell]]) -> str:
    return "<tr>" + "".join([f"{opening}{cell(record)}</td>" for opening, cell in parts]) + "</tr>"
