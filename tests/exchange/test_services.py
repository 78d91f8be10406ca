"""Keys given and revoked, requests kept once: in the database and on record."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from agencies.rules import key_digest
from dossiers.models import ImportBatch
from exchange.models import ApiKey, PushRequest, Service
from exchange.services import OtherBodyError, key_give, key_revoke, push_open
from journal.models import Entry
from tests.factories.exchange import make_key
from tests.factories.intake import AS_OF, NOW

OPENED: dict[str, Any] = {"number": "yeu-cau-0001", "service": Service.DOSSIERS, "body": b"{}", "data_as_of": None, "now": NOW}
ASKED: dict[str, Any] = {
    "system": "old",
    "name": "Trục",
    "services": ["TrangHoSo"],
    "per_minute": 5,
    "expires_on": None,
    "now": NOW,
}


def test_of_a_key_only_the_digest_is_kept_and_giving_it_is_on_record() -> None:
    key, secret = make_key(services=[Service.PAGES])
    assert (key.digest, secret.startswith(key.beginning), key.services) == (key_digest(secret), True, ["TrangHoSo"])
    entry = Entry.objects.get(event="api_key_given")
    assert secret not in entry.body
    assert entry.subject == str(key)


def test_a_revoked_key_stays_and_is_revoked_once(administrator: User) -> None:
    key, _secret = make_key()
    key_revoke(key=key, user=administrator, now=NOW)
    key.refresh_from_db()
    assert key.revoked_at == NOW
    assert key.revoked_by
    with pytest.raises(ValidationError, match="đã được thu hồi"):
        key_revoke(key=key, user=administrator, now=NOW)
    assert Entry.objects.filter(event="api_key_revoked").count() == 1


def test_only_the_administrator_gives_and_revokes(data_steward: User, provincial_officer: User, stranger: User) -> None:
    key, _secret = make_key()
    for person in (data_steward, provincial_officer, stranger):
        with pytest.raises(PermissionDenied):
            key_give(**ASKED, user=person)
        with pytest.raises(PermissionDenied):
            key_revoke(key=key, user=person, now=NOW)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("apikey_rate_in_range", {"per_minute": 0}),
        ("apikey_rate_in_range", {"per_minute": 6001}),
        ("apikey_opens_something", {"services": []}),
        ("apikey_revoked_by_somebody", {"revoked_at": NOW}),
        ("apikey_revoked_by_somebody", {"revoked_by": "An"}),
    ],
)
def test_the_database_refuses_a_key_that_makes_no_sense(name: str, values: dict[str, Any]) -> None:
    key, _secret = make_key()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(**values)


def test_a_number_is_one_request_of_a_key_and_another_of_another_key() -> None:
    one, other = make_key()[0], make_key(system="new")[0]
    first = push_open(key=one, **OPENED)
    assert push_open(key=one, **OPENED) == first
    assert push_open(key=other, **OPENED).batch.system_id == "new"
    assert (PushRequest.objects.count(), ImportBatch.objects.count()) == (2, 2)
    with pytest.raises(IntegrityError, match="pushrequest_number_once"), transaction.atomic():
        PushRequest.objects.create(key=one, number=first.number, service="x", digest="x", received_at=NOW, batch=first.batch)


@pytest.mark.parametrize("change", [{"body": b"{ }"}, {"service": Service.PAGES}, {"data_as_of": AS_OF}])
def test_a_number_used_for_something_else_is_refused(change: dict[str, Any]) -> None:
    key, _secret = make_key()
    push_open(key=key, **OPENED)
    with pytest.raises(OtherBodyError):
        push_open(key=key, **{**OPENED, **change})
    assert PushRequest.objects.count() == 1
