"""The database seals the ledger itself and refuses to change it."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from journal.models import Entry

pytestmark = pytest.mark.django_db


def test_an_entry_is_numbered_dated_and_chained_by_the_database() -> None:
    for n in range(3):
        Entry.objects.create(
            seq=99, at="2000-01-01T00:00:00Z", actor="a", event="e", subject=str(n), body="{}", previous="", hash=""
        )
    first, second, third = Entry.objects.all()
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.previous == "0" * 64
    assert second.previous == first.hash
    assert third.previous == second.hash
    assert first.at.year > 2000


def test_the_ledger_cannot_be_updated_or_deleted() -> None:
    Entry.objects.create(actor="a", event="e", subject="s", body="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(actor="b")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.get().actor == "a"
    assert len(hashlib.sha256(b"").hexdigest()) == len(Entry.objects.get().hash)
