"""Bringing a file in: open a batch (the original is kept byte for byte), run it in one transaction, or only try it."""

import hashlib
import logging
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg2.errors import LockNotAvailable

from accounts.models import User
from dossiers import messages
from dossiers.models import ImportBatch, ImportIssue, SourceSystem, SourceWord
from dossiers.rules import RULES_VERSION
from dossiers.rules.cells import FIRST_YEAR
from dossiers.rules.holds import holds, still_open
from dossiers.selectors.imports import batches_forgotten, newest_full_before
from dossiers.selectors.judging import judging_context
from dossiers.selectors.review import changes_of, found_by
from dossiers.selectors.wordings import words_of
from dossiers.services import intake_sql as sql
from dossiers.services.intake_load import Load
from dossiers.services.progress import CanceledError, Reporter
from dossiers.services.reading import reading
from dossiers.sources.base import SourceError
from journal import services as journal
from worktime.rules import in_vietnam

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
FOR_EVER, PATIENCE = 0.0, 5.0  # seconds an import may wait for its system's turn
ISSUES_KEPT = 5_000  # of what an import would say, while it waits to be confirmed
Status, Kind = ImportBatch.Status, ImportBatch.Kind
SETTLED = (Status.DONE, Status.REVERTED)


class BusyError(Exception):
    """Another import of the system has been running for longer than the caller can wait."""


@dataclass(slots=True)
class Outcome:
    """What an import did; or what it would do, when the batch waits for a person, and what it would say (``issues``)."""

    batch: ImportBatch
    issues: list[ImportIssue] = field(default_factory=list)

    @property
    def waiting(self) -> bool:
        return self.batch.status == Status.HELD


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
    asks: bool = False,
) -> ImportBatch:
    """Keep the file and open a batch for it; the same bytes for the same system, kind and moment are the same batch.

    ``asks``: a person wants to look at what it would do before anything is written.
    Raises SourceError when the file cannot even be kept: empty, too big, or described as of a moment still to come.
    """
    batch = _described(source, file_name=file_name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=actor)
    same = ImportBatch.objects.filter(system_id=system, sha256=batch.sha256, kind=kind, data_as_of=data_as_of)
    if known := same.exclude(status=Status.REVERTED).order_by("-pk").first():
        return known
    batch.uploaded_by, batch.asks = user, asks
    batch.file.save(batch.sha256, File(source), save=False)  # named by its content: nobody's file name reaches the disk
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError:  # the same file arrived twice at once
        batch.file.delete(save=False)
        return same.get()
    return batch


def batch_run(*, batch: ImportBatch, now: datetime, patience: float = FOR_EVER) -> ImportBatch:
    """Import a batch that is not done yet: all of it or nothing, also when it is killed half-way and run again.

    ``patience``: seconds it may wait for its turn; then the batch is WAITING again and BusyError is raised.

    What is unlikely (``dossiers/rules/holds.py``) or was to be looked at first leaves the batch HELD with what it would do.
    A file that cannot be taken leaves it REFUSED with the reason. Our own error leaves it FAILED and is raised.
    """
    ImportBatch.objects.filter(pk=batch.pk).exclude(status__in=SETTLED).update(status=Status.RUNNING, message="")
    report = Reporter(batch.pk)
    try:
        report("wait", 0, 0)
        with transaction.atomic(), Path(batch.file.path).open("rb") as source:
            _wait_turn(batch.system_id, patience)
            outcome = _import(batch.pk, source, now, report)
            transaction.set_rollback(outcome.waiting)
    except BusyError:
        ImportBatch.objects.filter(pk=batch.pk, status=Status.RUNNING).update(status=Status.WAITING)
        raise
    except SourceError as error:
        return _close(batch, Status.REFUSED, messages.refusal(error.reason, error.parameters), now)
    except CanceledError as canceled:
        return _close(batch, Status.CANCELED, messages.canceled(canceled.actor), now, actor=canceled.actor)
    except Exception:
        logger.exception("import %s failed", batch.pk)
        _close(batch, Status.FAILED, messages.failure(), now)
        raise
    return _hold(outcome) if outcome.waiting else outcome.batch


def batches_resume(*, now: datetime) -> None:
    """Run what was left lying, oldest first; what another import keeps waiting is left to the next time."""
    for batch in batches_forgotten():
        with suppress(BusyError):
            batch_run(batch=batch, now=now, patience=PATIENCE)


def batch_try(
    *, source: BinaryIO, file_name: str, system: str, kind: str, data_as_of: datetime, now: datetime, actor: str
) -> tuple[ImportBatch, list[ImportIssue]]:
    """What an import would do: the same way through the same rules, then rolled back. Keeps no row and no file."""
    batch = _described(source, file_name=file_name, system=system, kind=kind, data_as_of=data_as_of, now=now, actor=actor)
    batch.sha256 = ""  # the same bytes may be in already, and may be tried all the same
    with transaction.atomic(), tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(source, kept)  # another process reads it, so it must be on the disk
        kept.flush()
        batch.save()
        _wait_turn(system, FOR_EVER)
        batch = _import(batch.pk, kept, now, Reporter(batch.pk)).batch
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


def _wait_turn(system: str, patience: float) -> None:
    """The lock makes imports of a system follow one another, and a second run of a batch find it done."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.PATIENCE, [str(round(patience * 1000))])
            cursor.execute(sql.LOCK, [system])
            cursor.execute(sql.PATIENCE, ["0"])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise BusyError from error
        raise


def _import(batch_id: int, source: BinaryIO, now: datetime, report: Reporter) -> Outcome:
    """The one transaction, in the system's turn."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    system = batch.system_id
    if batch.status in SETTLED:
        return Outcome(batch)
    batch.issues.all().delete()
    context = judging_context(batch.data_as_of, system)
    before = newest_full_before(system)
    with reading(source, key=context.digest(), names=words_of(system, SourceWord.Kind.COLUMN)) as opened:
        shape = opened.shape
        if shape.progress_only and batch.kind == Kind.FULL:
            raise SourceError("progress_full")
        load = Load(batch, opened, context, newest_full=before.data_as_of if before else None, report=report)
        counts = load.run().as_dict()
    if batch.kind == Kind.FULL and not counts["rows"]:
        raise SourceError("full_without_rows")  # else an empty file would pass for fresh data
    for name, value in counts.items():
        setattr(batch, name, value)
    batch.format, batch.header_line, batch.rules_version = shape.name, shape.header_line, RULES_VERSION
    found = holds(found_by(batch, before, load.reasons), least=settings.INTAKE_HOLD_LEAST, full=batch.kind == Kind.FULL)
    unconfirmed = still_open(found, batch.confirmed_holds)
    if unconfirmed or (batch.asks and not batch.confirmed_at):
        batch.status, batch.message, batch.finished_at = Status.HELD, "", now
        batch.review = changes_of(batch) | {"holds": [hold._asdict() for hold in unconfirmed]}
        return Outcome(batch, list(batch.issues.order_by("line", "pk")[:ISSUES_KEPT]))
    batch.status, batch.message, batch.finished_at = Status.DONE, "", now
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
    return Outcome(batch)


@transaction.atomic
def _hold(outcome: Outcome) -> ImportBatch:
    """Keep what the import would do, of which nothing was written, for a person to look at."""
    batch = outcome.batch
    batch.save()
    batch.issues.all().delete()
    for issue in outcome.issues:
        issue.pk = None
    ImportIssue.objects.bulk_create(outcome.issues, batch_size=1_000)
    kinds = [hold["kind"] for hold in batch.review["holds"]]
    journal.import_held(actor=batch.actor, batch=batch.pk, file_name=batch.file_name, system=batch.system_id, reasons=kinds)
    return batch


def _close(batch: ImportBatch, status: ImportBatch.Status, message: str, now: datetime, actor: str = "") -> ImportBatch:
    """Say why nothing was written, in a transaction of its own."""
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).exclude(status__in=SETTLED).update(
            status=status, message=message, finished_at=now
        )
        batch.refresh_from_db()
        number, name, system = batch.pk, batch.file_name, batch.system_id
        if status == Status.REFUSED:
            journal.import_refused(
                actor=batch.actor, batch=number, file_name=name, system=system, sha256=batch.sha256, reason=message
            )
        if status == Status.CANCELED:
            journal.import_canceled(actor=actor, batch=number, file_name=name, system=system)
    return batch
