"""The ranking page beside an empty page of the same frame and beside the same table in django-tables2's own template.

Measured like ``benchmarks/pages.py``: the whole application in one process, ways in turn, medians. All units of the province
with 61 nights of counts made by the night itself. "kept": asked again while the data version stands; "new": made from the
counts each time. Goals: ranking / empty page <= 3 (aim 2), stock table / ranking >= 12 (aim 20), a past date <= 2 x today's.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import include, path, reverse
from django.utils.html import format_html

from accounts.caller import caller
from agencies.access import visible_agencies
from agencies.models import Agency
from benchmarks import data
from benchmarks.pages import CLOSED, OPEN, STOCK, ask, empty_page
from dossiers.links import list_url
from dossiers.selectors.runs import midnight_after
from journal.services import reference_changed
from kontum_tthc import nightly
from reports.rules.ranking import Row
from reports.selectors.ranking import ranking
from ui.formats import percent
from ui.templatetags.ui import age_bar, delta, sparkline

NIGHTS, WARM, ROUNDS = 61, 3, 30


class StockTable(tables.Table):  # type: ignore[misc]  # untyped library
    """The columns of ``reports/tables.py`` as django-tables2's documentation writes them."""

    rank = tables.Column()
    name = tables.Column(accessor="unit__name", linkify=lambda record: reverse("reports:agency", args=[record.unit.code]))
    old = tables.Column(accessor="now__old", linkify=lambda record: overdue_list(record, he_thong="old"))
    new = tables.Column(accessor="now__new", linkify=lambda record: overdue_list(record, he_thong="new"))
    total = tables.Column(accessor="now__total", linkify=lambda record: overdue_list(record))
    day = tables.Column(accessor="changes__0")
    week = tables.Column(accessor="changes__1")
    letter = tables.Column(accessor="changes__2")
    share = tables.Column(accessor="now__share")
    oldest = tables.DateColumn(accessor="now__oldest_due", format="d/m/Y")
    ages = tables.Column(accessor="now__ages", orderable=False)
    spark = tables.Column(orderable=False)

    def render_day(self, value: int) -> str:
        return delta(value)

    render_week = render_letter = render_day

    def render_share(self, value: float, record: Row) -> str:
        held = list_url(ngay=data.NIGHT, tinh_trang="open", don_vi=record.unit.code)
        return format_html('{} <small>của <a href="{}">{}</a></small>', percent(value), held, record.now.open)

    def render_ages(self, value: tuple[int, ...]) -> str:
        return age_bar(value)

    def render_spark(self, value: tuple[int | None, ...]) -> str:
        return sparkline(value, "30 ngày qua")


def overdue_list(row: Row, **words: str) -> str:
    return list_url(ngay=data.NIGHT, tinh_trang="overdue", don_vi=row.unit.code, **words)


def stock_page(request: HttpRequest) -> HttpResponse:
    """The same rows from the same counts; no filter bar, no line of totals."""
    table = StockTable(ranking(agencies=visible_agencies(caller(request)), as_of=data.NIGHT).rows)
    tables.RequestConfig(request, paginate=False).configure(table)
    return HttpResponse(engines["django"].from_string(STOCK).render({"table": table}, request))


urlpatterns = [
    path("do/trong/", empty_page),
    path("do/bang-goc/", stock_page),
    path("", include("kontum_tthc.urls")),
]


def run(scale: float = 1.0) -> dict[str, float]:
    batch = data.batches()
    data.add(data.OPEN, 1, round(OPEN * scale), batch)
    data.add(data.CLOSED, 1 + round(OPEN * scale), round(CLOSED * scale), batch)
    for back in reversed(range(NIGHTS)):
        as_of = data.NIGHT - timedelta(days=back)
        nightly.run(as_of=as_of, now=midnight_after(as_of) + timedelta(minutes=15), trigger="command")
    with served():
        page = ask("/xep-hang/")
        medians = timed(
            {
                "empty page": ask("/do/trong/"),
                "ranking, new": page,
                "ranking, kept": page,
                "stock table": ask("/do/bang-goc/"),
                "counts of today": counted(0),
                "counts of a past date": counted(NIGHTS // 2),
            }
        )
    return {
        "units ranked": float(len(ranking(agencies=Agency.objects.all(), as_of=data.NIGHT).rows)),
        **{f"{name}, ms": taken * 1000 for name, taken in medians.items()},
        "ranking kept / empty page (goal 3, aim 2)": medians["ranking, kept"] / medians["empty page"],
        "ranking new / empty page": medians["ranking, new"] / medians["empty page"],
        "stock table / ranking kept (goal 12, aim 20)": medians["stock table"] / medians["ranking, kept"],
        "stock table / ranking new": medians["stock table"] / medians["ranking, new"],
        "counts of a past date / of today (goal 2)": medians["counts of a past date"] / medians["counts of today"],
    }


def timed(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each way; they take turns, and a journal entry before each turn makes the first ranking a new one."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(WARM + ROUNDS):
        reference_changed(actor="bench", subject="bench", changes={})
        for name, way in ways.items():
            begun = perf_counter()
            way()
            if turn >= WARM:
                times[name].append(perf_counter() - begun)
    return {name: median(taken) for name, taken in times.items()}


def counted(back: int) -> Callable[[], object]:
    as_of = data.NIGHT - timedelta(days=back)
    return lambda: ranking(agencies=Agency.objects.all(), as_of=as_of)


def served() -> AbstractContextManager[Any]:
    """The site with the two pages above; files are not collected here, so names are not hashed."""
    plain = {"BACKEND": f"{StaticFilesStorage.__module__}.{StaticFilesStorage.__qualname__}"}
    return override_settings(
        ROOT_URLCONF=__name__, STORAGES={**settings.STORAGES, "staticfiles": plain}, WHITENOISE_AUTOREFRESH=True
    )
