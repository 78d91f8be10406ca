"""Keys and what came by them."""

from datetime import date
from pathlib import Path

from django.db.models import Count, Max, QuerySet
from django.shortcuts import get_object_or_404

from agencies.rules import key_digest
from dossiers.models import ImportBatch
from dossiers.rules.cells import NUMBER_MARK
from dossiers.sources.detect import open_source
from exchange.models import ApiKey, PushRequest
from exchange.rules import KeyState


def key_of_token(token: str, today: date) -> ApiKey | None:
    """The key, if it opens anything: one unknown, expired and revoked are alike to whoever shows it."""
    key = ApiKey.objects.filter(digest=key_digest(token)).first()
    return key if key and key.state(today) == KeyState.OPEN else None


def keys_listed() -> QuerySet[ApiKey]:
    """All keys, newest first, with how often and when each was last used to send."""
    return ApiKey.objects.select_related("system").annotate(sent=Count("requests"), last_sent=Max("requests__received_at"))


def requests_listed() -> QuerySet[PushRequest]:
    return PushRequest.objects.select_related("key", "batch__system")


def request_or_404(key: ApiKey, number: str) -> PushRequest:
    """One of the key's own requests; another key's are missing."""
    return get_object_or_404(PushRequest.objects.select_related("batch"), key=key, number=number)


def dossier_codes(batch: ImportBatch) -> dict[int, str]:
    """What was sent, by place: the code each dossier is named by. Only for a batch that was read before without complaint."""
    with Path(batch.file.path).open("rb") as kept:
        return {row.line: row.cells.code.removeprefix(NUMBER_MARK) for row in open_source(kept).rows()}
