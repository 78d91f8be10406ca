"""Giving keys out and taking them back; taking in what is pushed, through the same way as every file."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability, key_digest
from dossiers.models import ImportBatch
from dossiers.services.intake import PATIENCE, BusyError, batch_open, batch_run
from exchange.models import ApiKey, PushRequest
from exchange.rules import beginning, new_key
from journal import services as journal

Status = ImportBatch.Status
UNFINISHED = (Status.WAITING, Status.RUNNING, Status.FAILED)


class OtherBodyError(Exception):
    """A request number that was used already, for something else."""


@transaction.atomic
def key_give(
    *, system: str, name: str, services: Sequence[str], per_minute: int, expires_on: date | None, user: User, now: datetime
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is returned this once: it cannot be read back."""
    require(user, Capability.MANAGE_KEYS)
    secret, by = new_key(), signature(user)
    key = ApiKey.objects.create(
        system_id=system,
        name=name,
        beginning=beginning(secret),
        digest=key_digest(secret),
        services=list(services),
        per_minute=per_minute,
        expires_on=expires_on,
        created_by=by,
        created_at=now,
    )
    journal.api_key_given(actor=by, key=str(key), system=system, services=key.services, expires_on=expires_on)
    return key, secret


@transaction.atomic
def key_revoke(*, key: ApiKey, user: User, now: datetime) -> None:
    """From here on the key opens nothing. Raises ValidationError when it does so already."""
    require(user, Capability.MANAGE_KEYS)
    by = signature(user)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        raise ValidationError(_("Khóa này đã được thu hồi trước đó."))
    journal.api_key_revoked(actor=by, key=str(key), system=key.system_id)


@transaction.atomic
def push_open(*, key: ApiKey, number: str, service: str, body: bytes, data_as_of: datetime | None, now: datetime) -> PushRequest:
    """Keep what was sent, as a delta that describes ``data_as_of`` (None: the moment it came), or find it kept already.

    Raises OtherBodyError, and SourceError when the body cannot even be kept.
    """
    ApiKey.objects.select_for_update().get(pk=key.pk)  # one number sent twice at once is one request
    digest = sha256(b"%s\0%s\0" % (service.encode(), str(data_as_of or "").encode()) + body).hexdigest()
    if known := PushRequest.objects.select_related("batch").filter(key=key, number=number).first():
        if known.digest != digest:
            raise OtherBodyError(number)
        return known
    batch = batch_open(
        source=BytesIO(body),
        file_name=f"{service}-{number}.json",
        system=key.system_id,
        kind=ImportBatch.Kind.DELTA,
        data_as_of=data_as_of or now,
        now=now,
        actor=_("kết nối %(key)s") % {"key": key},
    )
    return PushRequest.objects.create(key=key, number=number, service=service, digest=digest, received_at=now, batch=batch)


def push_run(*, push: PushRequest, now: datetime) -> ImportBatch:
    """Import what was sent, unless that is done. Left WAITING, for the worker, when it does not get its system's turn soon."""
    if push.batch.status not in UNFINISHED:
        return push.batch
    try:
        return batch_run(batch=push.batch, now=now, patience=PATIENCE)
    except BusyError:
        push.batch.refresh_from_db()
        return push.batch
