"""Doors to the imports: the list with the upload form, one batch as it goes, its issues to take away."""

import tempfile
from collections.abc import Callable
from functools import partial

from celery import current_app
from django.conf import settings
from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect
from kombu.exceptions import OperationalError

from accounts.caller import caller
from agencies.access import can, require
from agencies.rules import Capability
from dossiers import messages
from dossiers.documents import issues_workbook
from dossiers.first_run import first_run
from dossiers.forms import ImportForm
from dossiers.models import STATUSES, ImportBatch, ImportIssue
from dossiers.selectors.imports import batches_listed, import_progress, issues_by_kind, issues_listed, system_freshness
from dossiers.selectors.runs import latest_run
from dossiers.selectors.wordings import unit_names, unknown_statuses, unknown_units
from dossiers.selectors.worker import worker_answers
from dossiers.services.decisions import batch_cancel, batch_confirm, batch_revert, batch_want
from dossiers.services.intake import batch_open
from dossiers.sources.base import SourceError
from kontum_tthc import clock
from ui.htmx import wants_fragment
from ui.workbook import XLSX

BATCHES_SHOWN, ISSUES_SHOWN = 50, 200
Status = ImportBatch.Status
TO_RUN = (Status.WAITING, Status.RUNNING, Status.REFUSED, Status.FAILED, Status.CANCELED)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    user, now = caller(request), clock.now()
    require(user, Capability.SEE_IMPORTS)
    if request.method == "POST":
        return _upload(request)
    form = ImportForm(initial={"data_as_of": now, "system": request.GET.get("he_thong"), "asks": True})
    return _imports_page(request, form)


@require_GET
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(caller(request), Capability.SEE_IMPORTS)
    batch = get_object_or_404(batches_listed(), pk=pk)
    kind = request.GET.get("loai", "")
    shown = Paginator(issues_listed(batch, kind if kind in ImportIssue.Kind.values else ""), ISSUES_SHOWN)
    page = {
        "batch": batch,
        "can_import": can(caller(request), Capability.IMPORT),
        "holds": [messages.hold_text(**hold) for hold in batch.review["holds"]] if batch.status == Status.HELD else (),
        "going": batch.status in (Status.WAITING, Status.RUNNING),
        "looked_at": batch.status in (Status.DONE, Status.HELD, Status.REVERTED),
        "again": batch.status in TO_RUN,
        "progress": import_progress(batch) if batch.status == Status.RUNNING else None,
        "answering": worker_answers(),
        "kinds": issues_by_kind(batch),
        "unknown": _unknown(batch) if can(caller(request), Capability.IMPORT) else {},
        "kind": kind,
        "issues": shown.get_page(request.GET.get("trang")),
    }
    return render(request, "dossiers/_import.html" if wants_fragment(request) else "dossiers/import.html", page)


def _unknown(batch: ImportBatch) -> dict[str, object]:
    """What of its words somebody has to explain."""
    if batch.status not in (Status.DONE, Status.HELD):
        return {}
    units, statuses = unknown_units(batch), unknown_statuses(batch)
    return {"units": units, "statuses": statuses, "names": unit_names() if units else {}, "codes": STATUSES}


@require_POST
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a batch that is not done to the worker once more."""
    require(caller(request), Capability.IMPORT)
    batch = get_object_or_404(batches_listed(), pk=pk)
    if batch.status in TO_RUN:
        send(request, batch.pk)
    return redirect("dossiers:import", pk=batch.pk)


@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a batch in that waits for a person."""

    def act(batch: ImportBatch) -> None:
        batch_confirm(batch=batch, reason=request.POST.get("reason", ""), user=caller(request), now=clock.now())
        send(request, batch.pk)

    return _decide(request, pk, act)


@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a batch that waits or runs."""
    return _decide(request, pk, lambda batch: batch_cancel(batch=batch, user=caller(request), now=clock.now()))


@require_POST
def import_revert(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a batch that is in."""

    def act(batch: ImportBatch) -> None:
        batch_revert(batch=batch, reason=request.POST.get("reason", ""), user=caller(request), now=clock.now())
        notices.success(request, _("Đã hoàn lại lần nhập. Các đêm đã công bố giữ nguyên; đêm tới tính theo thông tin trước đó."))

    return _decide(request, pk, act)


def _decide(request: HttpRequest, pk: int, act: Callable[[ImportBatch], None]) -> HttpResponse:
    require(caller(request), Capability.IMPORT)
    batch = get_object_or_404(batches_listed(), pk=pk)
    try:
        act(batch)
    except ValidationError as error:
        notices.error(request, " ".join(error.messages))
    return redirect("dossiers:import", pk=batch.pk)


@require_GET
def import_issues(request: HttpRequest, pk: int) -> FileResponse:
    require(caller(request), Capability.SEE_IMPORTS)
    batch = get_object_or_404(batches_listed(), pk=pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    issues_workbook(issues_listed(batch).iterator(), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"van-de-lan-nhap-{batch.pk}.xlsx", content_type=XLSX)


def _imports_page(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    user = caller(request)
    if wants_fragment(request):
        return render(request, "dossiers/_upload.html", {"form": form, "limit": _limit()}, status=status)
    freshness = system_freshness(clock.now())
    page = {
        "form": form,
        "limit": _limit(),
        "can_import": can(user, Capability.IMPORT),
        "answering": worker_answers(),
        "freshness": freshness,
        "first_run": None if all(system.data_as_of for system in freshness) and latest_run() else first_run(user),
        "batches": Paginator(batches_listed(), BATCHES_SHOWN).get_page(request.GET.get("trang")),
    }
    return render(request, "dossiers/imports.html", page, status=status)


def _limit() -> int:
    """The largest file taken, in MB."""
    return int(settings.INTAKE_MAX_BYTES) // 2**20


def _upload(request: HttpRequest) -> HttpResponse:
    user, form = caller(request), ImportForm(request.POST, request.FILES)
    require(user, Capability.IMPORT)
    if not form.is_valid():
        return _imports_page(request, form, status=422)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            batch = batch_open(
                source=given["file"].file,
                file_name=given["file"].name,
                system=given["system"].pk,
                kind=given["kind"],
                data_as_of=given["data_as_of"],
                now=clock.now(),
                actor=str(user),
                user=user,
                asks=given["asks"],
            )
            if batch.status == Status.DONE:
                notices.info(request, _("Tệp này đã nhập trước đây; không có gì thay đổi."))
            else:
                transaction.on_commit(partial(send, request, batch.pk))
    except SourceError as error:
        form.add_error("file", messages.refusal(error.reason, error.parameters))
        return _imports_page(request, form, status=422)
    address = reverse("dossiers:import", args=[batch.pk])
    return HttpResponseClientRedirect(address) if wants_fragment(request) else redirect(address)


def send(request: HttpRequest, batch_id: int) -> None:
    """By name: tasks are another door. A broker that does not answer leaves the batch waiting, and the page says so."""
    batch_want(batch_id)
    try:
        current_app.send_task("dossiers.tasks.intake", args=[batch_id], retry=False)
    except OperationalError:
        notices.error(
            request,
            _("Bộ xử lý không nhận việc lúc này. Tệp đã được giữ, sẽ tự chạy khi hệ thống sẵn sàng; cũng có thể bấm “Chạy lại”."),
        )
