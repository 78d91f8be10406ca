"""Doors to what a file says that nobody understands: unknown units and statuses, unknown columns."""

from functools import partial
from pathlib import Path

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.caller import caller
from agencies.access import require
from agencies.rules import Capability
from agencies.selectors import agency_index
from dossiers import messages
from dossiers.models import STATUSES, ImportBatch
from dossiers.rules.cells import shown
from dossiers.rules.wordings import suggested_columns
from dossiers.selectors.imports import batches_listed
from dossiers.selectors.wordings import unit_names
from dossiers.services.reading import top_of
from dossiers.services.wordings import columns_teach, words_teach
from dossiers.sources.base import SourceError
from dossiers.sources.headers import CALLED, NAMES
from dossiers.views.imports import send
from kontum_tthc import clock
from worktime.rules import in_vietnam

TOP_ROWS, SHOWN_ROWS = 30, 20


@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What unknown words of a file mean, chosen one by one; the file is then read again."""
    user = caller(request)
    require(user, Capability.IMPORT)
    batch = get_object_or_404(batches_listed(), pk=pk)
    units = {text: code for text, code in _pairs(request, "don_vi") if code in unit_names()}
    statuses = {text: code for text, code in _pairs(request, "trang_thai") if code.isdecimal() and int(code) in STATUSES}
    try:
        batch = words_teach(batch=batch, units=units, statuses=statuses, user=user, now=clock.now())
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
        return redirect("dossiers:import", pk=pk)
    return _sent(request, batch)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The top of a file with an unknown header; which of our columns each is, suggested and to be chosen."""
    user = caller(request)
    require(user, Capability.IMPORT)
    batch = get_object_or_404(batches_listed(), pk=pk)
    try:
        top = [[shown(cell) for cell in row] for row in top_of(Path(batch.file.path), TOP_ROWS)]
    except SourceError as error:
        notices.error(request, messages.refusal(error.reason, error.parameters))
        return redirect("dossiers:import", pk=pk)
    place = _header_place(request, top)
    header = [" ".join(cell.split()) for cell in top[place]] if top else []
    if request.method == "POST":
        named = {str(number): cell for number, cell in enumerate(header) if cell}
        chosen = {named[number]: column for number, column in _pairs(request, "cot") if column in CALLED and number in named}
        try:
            return _sent(request, columns_teach(batch=batch, columns=chosen, user=user, now=clock.now()))
        except ValidationError as error:
            notices.error(request, " ".join(error.messages))
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/import_columns.html", _columns_page(batch, top, place, header), status=status)


def _columns_page(batch: ImportBatch, top: list[list[str]], place: int, header: list[str]) -> dict[str, object]:
    below = top[place + 1 :]
    units, on = agency_index(), in_vietnam(batch.data_as_of).date()
    found = suggested_columns(header, below, NAMES, lambda text: units.find(text, on=on).agency_id is not None)
    return {
        "batch": batch,
        "top": list(enumerate(top, start=1)),
        "place": place + 1,
        "columns": [(number, cell, found.get(number, "")) for number, cell in enumerate(header)],
        "below": below[:SHOWN_ROWS],
        "ours": CALLED,
    }


def _header_place(request: HttpRequest, top: list[list[str]]) -> int:
    """As asked, else the first row with the most filled cells."""
    asked = request.GET.get("dong", "")
    if asked.isdecimal() and 1 <= int(asked[:6]) <= len(top):
        return int(asked) - 1
    counts = [sum(map(bool, row)) for row in top]
    return counts.index(max(counts)) if counts else 0


def _pairs(request: HttpRequest, kind: str) -> list[tuple[str, str]]:
    """(word, meaning) of the choices that were made: fields ``<kind>_tu_<n>`` and ``<kind>_<n>``."""
    words = {name.rpartition("_")[2]: value for name, value in request.POST.items() if name.startswith(f"{kind}_tu_")}
    chosen = ((word, str(request.POST.get(f"{kind}_{number}", ""))) for number, word in words.items())
    return [(str(word), meaning) for word, meaning in chosen if meaning]


def _sent(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    transaction.on_commit(partial(send, request, batch.pk))
    notices.success(request, _("Đã ghi nhớ cách viết cho các lần sau. Tệp đang được đọc lại."))
    return redirect("dossiers:import", pk=batch.pk)
