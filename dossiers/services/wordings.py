"""Teaching the intake what a system calls units, statuses and columns; what was refused for it is then read again."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.models import Agency
from agencies.rules import Capability, fold
from agencies.services import alias_add
from dossiers.models import ImportBatch, SourceWord
from dossiers.sources.headers import header_key
from journal import services as journal

Status = ImportBatch.Status
# What the same file keeps when it is read again.
AGAIN = ("system_id", "kind", "data_as_of", "file_name", "file_size", "sha256", "asks")
CONFIRMED = ("confirmed_holds", "confirmed_by", "confirmed_at")


@transaction.atomic
def words_teach(
    *, batch: ImportBatch, units: Mapping[str, str], statuses: Mapping[str, str], user: User, now: datetime
) -> ImportBatch:
    """``units``: code of the unit by the word of the file; ``statuses``: national code by word.

    Returns the batch to be run: the same one while it waits, else a new one of the same file.
    Raises ValidationError: nothing chosen, or a name that means another unit already.
    """
    require(user, Capability.IMPORT)
    if not units and not statuses:
        raise ValidationError(_("Chưa chọn nghĩa của cách viết nào."))
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=units.values())}
    for text, code in units.items():
        alias_add(agency=agencies[code], text=text, actor=signature(user))
    _keep(batch, SourceWord.Kind.STATUS, {fold(text): (text, code) for text, code in statuses.items()}, user, now)
    return _again(batch, user, now)


@transaction.atomic
def columns_teach(*, batch: ImportBatch, columns: Mapping[str, str], user: User, now: datetime) -> ImportBatch:
    """``columns``: ours by what the file's header calls them. Returns the batch to be run."""
    require(user, Capability.IMPORT)
    if not columns:
        raise ValidationError(_("Chưa chọn cột nào."))
    if len(set(columns.values())) < len(columns):
        raise ValidationError(_("Một cột của hệ thống này được chọn hai lần. Hãy để mỗi cột một lần."))
    _keep(batch, SourceWord.Kind.COLUMN, {header_key(text): (text, column) for text, column in columns.items()}, user, now)
    return _again(batch, user, now)


def _keep(batch: ImportBatch, kind: str, words: Mapping[str, tuple[str, str]], user: User, now: datetime) -> None:
    for key, (text, meaning) in words.items():
        SourceWord.objects.update_or_create(
            system_id=batch.system_id,
            kind=kind,
            key=key[:250],
            defaults={"text": text[:250], "meaning": meaning, "decided_by": signature(user), "decided_at": now},
        )
    if words:
        told = dict(words.values())
        journal.source_words_taught(actor=signature(user), system=batch.system_id, kind=str(kind), words=told)


def _again(batch: ImportBatch, user: User, now: datetime) -> ImportBatch:
    if batch.status != Status.DONE:
        ImportBatch.objects.filter(pk=batch.pk).update(status=Status.WAITING, message="")
        batch.refresh_from_db()
        return batch
    known = {name: getattr(batch, name) for name in (*AGAIN, *CONFIRMED)}
    again = ImportBatch(**known, file=batch.file.name, accepted_at=now, uploaded_by=user, actor=signature(user))
    again.attempt = batch.attempt + 1
    again.save()
    return again
