"""Lean tables: django-tables2 owns columns, order and pages; each row is printed by one plain function.

Stock django-tables2 spends its time per cell (signature inspection, attribute dictionaries, a template include);
here a column brings ``cell``, a function from record to escaped HTML, and head, rows and pager each become one string,
which ``ui/table.html`` puts in its place. A row carries nothing twice: 100 rows are most of a page's bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Self, TypeAlias

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui.addresses import ORDER, PAGE, PER_PAGE, address
from ui.columns import Offer, order_text
from ui.formats import integer
from ui.language import remembered
from ui.templatetags.ui import due_chip

PER_PAGE_CHOICES = (25, 50, 100)
COUNT_CAP = 10_000

Cell: TypeAlias = Callable[[Any], str]
Value: TypeAlias = Callable[[Any], "str | int | date | None"]


class LeanColumn(tables.Column):  # type: ignore[misc]  # untyped library
    """A column whose cells ``cell(record)`` prints, or the table's method ``cell_<name>``; both return escaped HTML.

    ``value(record)``, or the method ``value_<name>``, is what a file of the table holds instead: text, number, date, None.
    ``reads``: the attributes of a record it looks at. ``usual``: shown unless other columns are asked for.
    ``names_row``: its cells say what a row is about. ``labelled``: on a phone's card, where there is no head, its cells would
    not say what they are.
    """

    def __init__(
        self,
        cell: Cell | None = None,
        *,
        value: Value | None = None,
        reads: Sequence[str] = (),
        css: str = "",
        usual: bool = True,
        names_row: bool = False,
        labelled: bool = False,
        **options: Any,
    ) -> None:
        options.setdefault("orderable", "order_by" in options)
        super().__init__(**options)
        self.cell, self.plain, self.reads = cell, value, reads
        self.css, self.usual, self.names_row, self.labelled = css, usual, names_row, labelled

    def order(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        """Turned round, what is not known still comes last, and equal rows stay in the order they had."""
        if not is_descending:
            return queryset, False
        first, *others = self.order_by
        return queryset.order_by(F(first).desc(nulls_last=True), *others), True

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
    """A column's head; ``key`` names the column in ids and addresses."""

    key: str
    label: str
    css: str
    url: str  # empty when the column has no order
    sort: str  # ascending, descending or none, as aria-sort says it
    brief: str = ""  # what a phone's card calls its cells, where they do not say it themselves (static/js/tables.js)

    def __html__(self) -> str:
        """Carries the column's name as a class always, so that widths are said here once and not in each row."""
        css = css_class(self.css if f"col-{self.key}" in self.css else f"{self.css} col-{self.key}".strip())
        brief = format_html(' data-brief="{}"', self.brief) if self.brief else ""
        if not self.url:
            return format_html('<th scope="col"{}{}>{}</th>', css, brief, self.label)
        return format_html(
            '<th scope="col"{}{} aria-sort="{}"><a id="cot-{}" href="{}" class="table-sort {}">{}</a></th>',
            css, brief, self.sort, self.key, self.url, self.sort, self.label,
        )  # fmt: skip


def css_class(names: str) -> SafeString:
    """The attribute, or nothing."""
    return format_html(' class="{}"', names) if names else mark_safe("")


def opening(css: str, label: str = "", *, names_row: bool = False) -> SafeString:
    """How the cells of a column begin; a ``<th>`` in a column without ``<td>`` names its row without saying so."""
    shown = format_html(' data-label="{}"', label) if label else ""
    return format_html("<{}{}{}>", "th" if names_row else "td", css_class(css), shown)


def head_html(headings: Iterable[Heading]) -> SafeString:
    return format_html("<tr>{}</tr>", mark_safe("".join([heading.__html__() for heading in headings])))  # noqa: S308  # escaped


class LeanTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Base of the project's tables. Use: ``Table(queryset, columns).configured(request)``; no columns are the usual ones."""

    query: dict[str, list[str]]

    def __init__(self, data: Any, columns: Sequence[str] = ()) -> None:
        super().__init__(data, order_by_field=ORDER)
        self.chosen = tuple(columns) or self.offer().usual
        self.shown = [self.columns.columns[name] for name in self.chosen]  # its own look-up by name walks all of them

    @property
    def look(self) -> str:
        """A class for the whole table."""
        return ""

    @classmethod
    @cache
    def offer(cls) -> Offer:
        columns: Mapping[str, LeanColumn] = cls.base_columns
        return Offer(
            labels={name: column.verbose_name for name, column in columns.items()},
            usual=tuple(name for name, column in columns.items() if column.usual),
            fixed=tuple(name for name, column in columns.items() if column.names_row),
            sorts=tuple(name for name, column in columns.items() if column.orderable),
        )

    @classmethod
    def reads(cls, columns: Sequence[str]) -> tuple[str, ...]:
        """The attributes of a record that these columns look at; everything else may stay in the database."""
        wanted = (name for column in columns or cls.offer().usual for name in cls.base_columns[column].reads)
        return tuple(dict.fromkeys(wanted))

    def ordered(self, request: HttpRequest) -> Self:
        """Order as the request asks."""
        self.query = dict(request.GET.lists())
        tables.RequestConfig(request, paginate=False).configure(self)
        return self

    def configured(self, request: HttpRequest) -> Self:
        """Order and page as the request asks; a page past the end is the last one."""
        self.ordered(request)
        self.paginator = CappedPaginator(self.rows, self.rows_asked(request))
        self.page = self.paginator.get_page(request.GET.get(PAGE, ""))
        return self

    @staticmethod
    def rows_asked(request: HttpRequest) -> int:
        asked = request.GET.get(PER_PAGE, "")
        return int(asked) if asked.isdecimal() and int(asked) in PER_PAGE_CHOICES else PER_PAGE_CHOICES[-1]

    def address(self, **changes: str | None) -> str:
        """This page's address with these parameters instead; None leaves one out."""
        return address(self.query, **changes)

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.shown]

    def _heading(self, column: Any) -> Heading:
        css = column.column.css
        if not column.orderable:
            return Heading(column.name, column.header, css, "", "none")
        ordered = self._order_by or ()
        alias = next((alias for alias in ordered if alias.lstrip("-") == column.name), "")
        sort = "descending" if alias.startswith("-") else "ascending" if alias else "none"
        following = f"-{column.name}" if sort == "ascending" else column.name
        return Heading(column.name, column.header, css, self.address(**{PAGE: None, ORDER: following}), sort)

    @cached_property
    def head(self) -> SafeString:
        return head_html(self.headings)

    @cached_property
    def body(self) -> SafeString:
        """The rows of this page, one line each; every row is the same frame with its own cells in it.

        HTML lets a cell and a row end where the next begins: over 100 rows that is 5 kB less.
        """
        frame = "<tr>" + "".join([_frame(column.column, column.header) for column in self.shown])
        cells = [self._cell(column) for column in self.shown]
        rows: Any = self.page.object_list  # django-tables2's rows around a slice of the queryset
        return mark_safe("\n".join([frame % tuple([cell(record) for cell in cells]) for record in rows.data]))  # noqa: S308  # cells escape

    def _cell(self, column: Any) -> Cell:
        own: Cell | None = column.column.cell
        return own or getattr(self, f"cell_{column.name}")

    @property
    def order_text(self) -> str:
        """By which columns the rows stand, in words."""
        return "; ".join(order_text(alias, self.offer().labels.__getitem__) for alias in self._order_by or ())

    def values(self) -> list[tuple[str, Value]]:
        """What a file holds of each shown column: its heading, and how to read a record."""
        return [(str(column.header), column.column.plain or getattr(self, f"value_{column.name}")) for column in self.shown]

    @cached_property
    def pages(self) -> list[int | None]:
        """Numbers of first, neighbours and last page; None is a gap."""
        number, last = self.page.number, self.paginator.num_pages
        wanted = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
        numbers: list[int | None] = []
        for before, page in zip([0, *wanted], wanted, strict=False):
            numbers += [None, page] if page > before + 1 else [page]
        return numbers

    @cached_property
    def pager(self) -> SafeString:
        """Links to the other pages; nothing where one page holds all."""
        number, last = self.page.number, self.paginator.num_pages
        if last == 1:
            return mark_safe("")
        before = self._page_link(number - 1, _("Trước"), ' rel="prev"') if number > 1 else ""
        after = self._page_link(number + 1, _("Sau"), ' rel="next"') if number < last else ""
        inner = before + "".join(map(self._page_mark, self.pages)) + after
        return format_html('<nav class="pager" aria-label="{}">{}</nav>', _("Các trang"), mark_safe(inner))  # noqa: S308  # escaped

    def _page_mark(self, number: int | None) -> str:
        if number is None:
            return '<span aria-hidden="true">…</span>'
        if number == self.page.number:
            return f'<span aria-current="page">{number}</span>'
        return self._page_link(number, str(number))

    def _page_link(self, number: int, label: str, rel: str = "") -> str:
        return format_html('<a{} href="{}">{}</a>', mark_safe(rel), self.address(**{PAGE: str(number)}), label)  # noqa: S308  # ours

    @cached_property
    def total_text(self) -> str:
        """How many rows in all, in words; honest about the cap."""
        shown = integer(min(self.paginator.count, COUNT_CAP))
        return _("hơn %(count)s") % {"count": shown} if self.paginator.capped else shown


@remembered()
def chip_html(state: str, days: int | None = None) -> SafeString:
    """The due chip of ``{% due_chip %}``, rendered once per state and number of days."""
    return mark_safe(render_to_string("ui/chip.html", due_chip(state, days)).strip())  # noqa: S308  # rendered with autoescape


def _frame(column: LeanColumn, label: str) -> str:
    """A cell with a place for what it holds."""
    begin = opening(column.css, label if column.labelled else "", names_row=column.names_row)
    return begin.replace("%", "%%") + "%s"
