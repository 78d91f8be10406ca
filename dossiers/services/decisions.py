"""What a person decides of a batch: let it in, stop it, take it back. Each act happens once and is journalled."""

from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability, fold
from dossiers import messages
from dossiers.models import Dossier, DossierRevision, ImportBatch
from dossiers.rules import RULES_VERSION
from dossiers.selectors.imports import cancel_key
from dossiers.services import intake_sql as sql
from journal import services as journal

CANCEL_SECONDS = 3600
Status, Kind = ImportBatch.Status, ImportBatch.Kind


@transaction.atomic
def batch_confirm(*, batch: ImportBatch, reason: str, user: User, now: datetime) -> ImportBatch:
    """Let a held batch in; it still has to be run. Raises ValidationError: not held, or held for reasons and none given.

    It is judged again when it runs: what was not there to be seen is asked about once more.
    """
    require(user, Capability.IMPORT)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Status.HELD:
        raise ValidationError(_("Lần nhập này không chờ xác nhận."))
    kinds = [hold["kind"] for hold in batch.review["holds"]]
    if kinds and not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do: tệp này đang chờ vì có điều khác thường.")})
    batch.status, batch.confirmed_by, batch.confirmed_at = Status.WAITING, signature(user), now
    batch.confirmed_holds, batch.reason = sorted({*batch.confirmed_holds, *kinds}), reason.strip()
    batch.save()
    journal.import_confirmed(
        actor=signature(user),
        batch=batch.pk,
        file_name=batch.file_name,
        system=batch.system_id,
        holds=kinds,
        reason=reason.strip(),
    )
    return batch


def batch_cancel(*, batch: ImportBatch, user: User, now: datetime) -> None:
    """Stop an import that waits, or tell the worker to leave one that runs: nothing of it stays."""
    require(user, Capability.IMPORT)
    with transaction.atomic():
        idle = ImportBatch.objects.filter(pk=batch.pk, status__in=[Status.WAITING, Status.HELD])
        text = messages.canceled(signature(user))
        if idle.update(status=Status.CANCELED, message=text, finished_at=now):
            journal.import_canceled(actor=signature(user), batch=batch.pk, file_name=batch.file_name, system=batch.system_id)
            return
    if ImportBatch.objects.filter(pk=batch.pk, status=Status.RUNNING).exists():
        cache.set(cancel_key(batch.pk), signature(user), CANCEL_SECONDS)


def batch_want(batch_id: int) -> None:
    """A canceled batch is wanted after all: it waits to be run. Nothing happens to any other."""
    canceled = ImportBatch.objects.filter(pk=batch_id, status=Status.CANCELED)
    canceled.update(status=Status.WAITING, message="", finished_at=None)


@transaction.atomic
def batch_revert(*, batch: ImportBatch, reason: str, user: User, now: datetime) -> ImportBatch:
    """Take a batch back as a whole, while no later one touched its dossiers. Returns the batch that does it.

    Nothing is deleted: the facts before it are written down anew, dossiers it brought first are no longer counted.
    Published nights stay as they are. Raises ValidationError.
    """
    require(user, Capability.IMPORT)
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK, [batch.system_id])
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Status.DONE or batch.kind == Kind.UNDO:
        raise ValidationError(_("Chỉ hoàn lại được một lần nhập đã ghi vào dữ liệu."))
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi lý do hoàn lại.")})
    _refuse_touched(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(status=Status.REVERTED)
    undo = _undo(batch, user, reason, now)
    journal.import_reverted(
        actor=signature(user),
        batch=batch.pk,
        undo=undo.pk,
        file_name=batch.file_name,
        system=batch.system_id,
        dossiers=undo.changed,
        reason=reason.strip(),
    )
    return undo


def _refuse_touched(batch: ImportBatch) -> None:
    touched = DossierRevision.objects.filter(batch=batch).exclude(dossier__batch=batch).count()
    if touched:
        message = _("%(n)s hồ sơ của lần nhập này đã được lần nhập sau thay đổi. Hãy hoàn lại các lần nhập sau trước.")
        raise ValidationError(message % {"n": touched})


def _undo(batch: ImportBatch, user: User, reason: str, now: datetime) -> ImportBatch:
    undo = ImportBatch(
        system_id=batch.system_id,
        kind=Kind.UNDO,
        data_as_of=batch.data_as_of,
        accepted_at=now,
        finished_at=now,
        file=batch.file.name,
        file_name=batch.file_name,
        file_size=batch.file_size,
        sha256=batch.sha256,
        uploaded_by=user,
        actor=signature(user),
        status=Status.DONE,
        rules_version=RULES_VERSION,
        reason=reason.strip(),
        reverts=batch,
    )
    undo.save()
    values = {"batch": batch.pk, "undo": undo.pk}
    with connection.cursor() as cursor:
        for statement in (sql.UNDO_CHANGED, sql.UNDO_NEW):
            cursor.execute(statement, values)
            undo.changed += cursor.rowcount
    undo.save(update_fields=["changed"])
    _search_anew(undo)
    return undo


def _search_anew(undo: ImportBatch) -> None:
    """Names went back, and what they are found by with them."""
    renamed = list(Dossier.objects.filter(revisions__batch=undo, revisions__changed__contains="applicant"))
    for dossier in renamed:
        dossier.search_text = fold(f"{dossier.code} {dossier.applicant}")
    Dossier.objects.bulk_update(renamed, ["search_text"], batch_size=1_000)
