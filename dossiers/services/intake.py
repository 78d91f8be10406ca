"""Bringing a file in: open a batch (the original is kept byte for byte), run it in one transaction, or only try it."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from redis.exceptions import RedisError

from accounts.models import User
from dossiers import messages
from dossiers.models import ImportBatch, ImportIssue, SourceSystem
from dossiers.rules import RULES_VERSION
from dossiers.rules.cells import FIRST_YEAR
from dossiers.selectors.imports import progress_key
from dossiers.services import intake_sql as sql
from dossiers.services.intake_load import Load
from dossiers.sources.base import SourceError
from dossiers.sources.detect import open_source
from journal import services as journal
from worktime.rules import in_vietnam

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
PROGRESS_SECONDS = 120  # a running import that says nothing for so long has died
Status = ImportBatch.Status


def batch_open(
    *,
    source: BinaryIO,
    file_name: str,
    system: str,
    kind: str,
    data_as_of: datetime,
    now: datetime,
    actor: str,
    user: User | None = None,
) -> ImportBatch:
    """Keep the file and open a batch for it; the same bytes for the same system, kind and moment are the same batch.

    Raises SourceError when the file cannot even be kept: empty, too big, or described as of a moment still to come.
    """
    batch = _described(source, file_name=file_name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=actor)
    same = ImportBatch.objects.filter(system_id=system, sha256=batch.sha256, kind=kind, data_as_of=data_as_of)
    if known := same.order_by("-pk").first():
        return known
    batch.uploaded_by = user
    batch.file.save(batch.sha256, File(source), save=False)  # named by its content: nobody's file name reaches the disk
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:  # the same file arrived twice at once
        batch.file.delete(save=False)
        return same.get()
    return batch


def batch_run(*, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Import a batch that is not done yet: all of it or nothing, also when it is killed half-way and run again.

    A file that cannot be taken leaves the batch REFUSED with the reason. Our own error leaves it FAILED and is raised.
    """
    ImportBatch.objects.filter(pk=batch.pk).exclude(status=Status.DONE).update(status=Status.RUNNING, message="")
    _reporter(batch.pk)("wait", 0, 0)
    try:
        with transaction.atomic(), Path(batch.file.path).open("rb") as source:
            return _import(batch.pk, source, now)
    except SourceError as error:
        return _close(batch, Status.REFUSED, messages.refusal(error.reason, error.parameters), now)
    except Exception:
        logger.exception("import %s failed", batch.pk)
        _close(batch, Status.FAILED, messages.failure(), now)
        raise


def batch_try(
    *, source: BinaryIO, file_name: str, system: str, kind: str, data_as_of: datetime, now: datetime, actor: str
) -> tuple[ImportBatch, list[ImportIssue]]:
    """What an import would do: the same way through the same rules, then rolled back. Keeps no row and no file."""
    batch = _described(source, file_name=file_name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=actor)
    batch.sha256 = ""  # the same bytes may be in already, and may be tried all the same
    with transaction.atomic():
        batch.save()
        batch = _import(batch.pk, source, now)
        issues = list(batch.issues.all())
        transaction.set_rollback(True)
    return batch, issues


def _described(
    source: BinaryIO, *, file_name: str, system: str, kind: str, data_as_of: datetime, now: datetime, actor: str
) -> ImportBatch:
    """The batch, not saved, of a file fit to be taken."""
    if not SourceSystem.objects.filter(code=system).exists():
        raise SourceError("system_unknown", system=system)
    described = f"{in_vietnam(data_as_of):%d/%m/%Y %H:%M}"
    if data_as_of > now:
        raise SourceError("data_in_future", data_as_of=described, now=f"{in_vietnam(now):%d/%m/%Y %H:%M}")
    if data_as_of.year < FIRST_YEAR:  # nights would be told from then on
        raise SourceError("data_too_early", data_as_of=described, year=str(FIRST_YEAR))
    size, sha256 = _measured(source)
    return ImportBatch(
        system_id=system,
        kind=kind,
        data_as_of=data_as_of,
        accepted_at=now,
        file_name=Path(file_name).name[:255],
        file_size=size,
        sha256=sha256,
        actor=actor,
    )


def _measured(source: BinaryIO) -> tuple[int, str]:
    """(bytes, SHA-256) of a file that is neither empty nor too big; left at its beginning."""
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    for block in iter(lambda: source.read(MEGABYTE), b""):
        digest.update(block)
        size += len(block)
    source.seek(0)
    if size == 0:
        raise SourceError("file_empty")
    if size > settings.INTAKE_MAX_BYTES:
        raise SourceError("file_too_big", size=str(-(-size // MEGABYTE)), limit=str(settings.INTAKE_MAX_BYTES // MEGABYTE))
    return size, digest.hexdigest()


def _import(batch_id: int, source: BinaryIO, now: datetime) -> ImportBatch:
    """The one transaction. The lock makes imports of a system follow one another, and a second run of a batch find it done."""
    system = ImportBatch.objects.values_list("system_id", flat=True).get(pk=batch_id)
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK, [system])
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status == Status.DONE:
        return batch
    batch.issues.all().delete()
    opened = open_source(source)
    if opened.progress_only and batch.kind == ImportBatch.Kind.FULL:
        raise SourceError("progress_full")
    full = ImportBatch.objects.filter(system_id=system, kind=ImportBatch.Kind.FULL, status=Status.DONE)
    newest_full = full.aggregate(newest=Max("data_as_of"))["newest"]
    counts = Load(batch, opened, newest_full=newest_full, report=_reporter(batch_id)).run().as_dict()
    if batch.kind == ImportBatch.Kind.FULL and not counts["rows"]:
        raise SourceError("full_without_rows")  # else an empty file would pass for fresh data
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.status, batch.message, batch.finished_at = Status.DONE, "", now
    batch.format, batch.header_line, batch.rules_version = opened.shape, opened.header_line, RULES_VERSION
    batch.save()
    journal.import_done(
        actor=batch.actor,
        batch=batch.pk,
        file_name=batch.file_name,
        system=system,
        sha256=batch.sha256,
        data_as_of=batch.data_as_of,
        counts=counts,
    )
    return batch


def _close(batch: ImportBatch, status: Status, message: str, now: datetime) -> ImportBatch:
    """Say why nothing was written, in a transaction of its own."""
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).exclude(status=Status.DONE).update(
            status=status, message=message, finished_at=now
        )
        batch.refresh_from_db()
        if status == Status.REFUSED:
            journal.import_refused(
                actor=batch.actor,
                batch=batch.pk,
                file_name=batch.file_name,
                system=batch.system_id,
                sha256=batch.sha256,
                reason=message,
            )
    return batch


def _reporter(batch_id: int) -> Callable[[str, int, int], None]:
    """Tells the page how far an import is; a page without news is no reason to stop importing."""

    def report(step: str, done: int, total: int) -> None:
        try:
            cache.set(progress_key(batch_id), {"step": step, "done": done, "total": total}, PROGRESS_SECONDS)
        except RedisError:
            logger.warning("progress of import %s not shown: the cache does not answer", batch_id)

    return report
