"""The dossier list beside an empty page of the same frame and beside the same table in django-tables2's own template.

In one process: each request goes through the whole WSGI application (middleware, session, database) without a socket, for a
signed-in officer who sees the province; the ways take turns, the medians count. 100 rows of the overdue list of one night.
"kept": the same page asked again while the journal's head stays; "new": its rows and count made from the dossiers.
Goals: list / empty page <= 3 (aim 2), stock table / list >= 12 (aim 20).
"""

import io
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils.html import format_html

from accounts.caller import caller
from accounts.models import Role, User
from benchmarks import data
from dossiers.models import Dossier
from dossiers.rules.overdue import Facts, verdict
from dossiers.rules.privacy import mask_name
from dossiers.selectors.dossiers import dossiers_listed, listing
from dossiers.selectors.runs import midnight_after
from dossiers.selectors.states import overdue
from kontum_tthc import nightly
from ui.states import SYSTEMS
from ui.tables import chip_html

OPEN, CLOSED, WARM, ROUNDS = 5_000, 35_000, 5, 60
QUERY = "tinh_trang=overdue"
EMPTY = "{% extends 'base.html' %}{% block title %}Trang trống{% endblock %}"
STOCK = "{% extends 'base.html' %}{% load render_table from django_tables2 %}{% block title %}Hồ sơ{% endblock %}"
STOCK += "{% block content %}{% render_table table 'django_tables2/bootstrap5.html' %}{% endblock %}"


class StockTable(tables.Table):  # type: ignore[misc]  # untyped library
    """The columns of ``dossiers/tables.py`` as django-tables2's documentation writes them."""

    code = tables.Column(linkify=lambda record: reverse("dossiers:detail", args=[record.system_id, record.code]))
    agency = tables.Column(order_by=("agency__sort_key", "overdue_from", "id"))
    procedure_name = tables.Column(orderable=False, attrs={"td": {"class": "col-procedure"}})
    applicant = tables.Column(orderable=False)
    received_on = tables.DateColumn(format="d/m/Y", order_by=("received_on", "id"))
    due_on = tables.DateColumn(format="d/m/Y", order_by=("overdue_from", "id"))
    status = tables.Column(orderable=False)
    officer = tables.Column(order_by=("officer", "id"))

    class Meta:
        order_by = ("due_on",)

    def render_code(self, value: str, record: Dossier) -> str:
        system = record.system_id
        return format_html('{}<span class="system system--{}">{}</span>', value, system, SYSTEMS[system])

    def render_applicant(self, value: str) -> str:
        return mask_name(value)

    def render_status(self, record: Dossier) -> str:
        dates = (record.received_on, record.status, record.due_on, record.overdue_from, record.stopped_on, record.ended_on)
        facts = Facts(*dates, due_at=record.effective_due, ended_at=record.ended_at)
        found = verdict(facts, data.NIGHT, self.calendar)
        return chip_html(found.state, found.working_days or None)


def empty_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(EMPTY).render({}, request))


def stock_page(request: HttpRequest) -> HttpResponse:
    """The list as a project without a table of its own writes it; no filter bar."""
    night = listing(None)
    assert night is not None
    rows = dossiers_listed(user=caller(request), listing=night).filter(overdue(night.day))
    table = StockTable(rows.select_related("agency"))
    table.calendar = night.calendar
    tables.RequestConfig(request, paginate={"per_page": 100}).configure(table)
    return HttpResponse(engines["django"].from_string(STOCK).render({"table": table}, request))


urlpatterns = [
    path("do/trong/", empty_page),
    path("do/bang-goc/", stock_page),
    path("", include("kontum_tthc.urls")),
]
PAGES = {"empty page": "/do/trong/", "list, new": "/ho-so/", "list, kept": "/ho-so/", "stock table": "/do/bang-goc/"}


def run(scale: float = 1.0) -> dict[str, float]:
    batch = data.batches()
    data.add(data.OPEN, 1, round(OPEN * scale), batch)
    data.add(data.CLOSED, 1 + round(OPEN * scale), round(CLOSED * scale), batch)
    night = nightly.run(as_of=data.NIGHT, now=midnight_after(data.NIGHT) + timedelta(minutes=15), trigger="command")
    with served():
        asks = {name: ask(address) for name, address in PAGES.items()}
        times: dict[str, list[float]] = {name: [] for name in asks}
        for turn in range(WARM + ROUNDS):
            cache.clear()
            asks["empty page"]()  # the session is kept again
            for name, asked in asks.items():
                begun = perf_counter()
                asked()
                if turn >= WARM:
                    times[name].append(perf_counter() - begun)
    medians = {name: median(taken) for name, taken in times.items()}
    return {
        "overdue dossiers listed": float(night.overdue or 0),
        **{f"{name}, ms": taken * 1000 for name, taken in medians.items()},
        "list kept / empty page (goal 3, aim 2)": medians["list, kept"] / medians["empty page"],
        "list new / empty page": medians["list, new"] / medians["empty page"],
        "stock table / list kept (goal 12, aim 20)": medians["stock table"] / medians["list, kept"],
        "stock table / list new": medians["stock table"] / medians["list, new"],
    }


def served() -> AbstractContextManager[Any]:
    """The site with the two pages above; files are not collected here, so names are not hashed."""
    plain = {"BACKEND": f"{StaticFilesStorage.__module__}.{StaticFilesStorage.__qualname__}"}
    return override_settings(
        ROOT_URLCONF=__name__, STORAGES={**settings.STORAGES, "staticfiles": plain}, WHITENOISE_AUTOREFRESH=True
    )


def ask(address: str) -> Callable[[], bytes]:
    """A function that has the address answered by the application and returns the page; anything but 200 raises."""
    client, application = Client(), get_wsgi_application()
    user, _made = User.objects.get_or_create(username="bench", defaults={"role": Role.PROVINCIAL_OFFICE})
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    said: list[str] = []

    def start_response(status: str, _headers: object, _exc_info: object = None, /) -> Callable[[bytes], object]:
        said.append(status)
        return io.BytesIO().write

    def answer() -> bytes:
        said.clear()
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": QUERY,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        response = application(environ, start_response)
        page = b"".join(response)
        response.close()
        if said != ["200 OK"]:
            raise RuntimeError(f"{address}: {said}")
        return page

    return answer
