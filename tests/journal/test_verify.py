"""What an owner of the database may do to the ledger with its triggers off, and what of it is found."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from journal.models import Entry
from journal.rules import FIRST_PREVIOUS, Anchor, entry_hash, verify
from journal.selectors import entries_in_order
from journal.services import entry_add

pytestmark = pytest.mark.django_db


@contextmanager
def as_owner() -> Generator[None]:
    """Triggers off, as only the table's owner can."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")


@pytest.fixture
def ledger() -> list[Entry]:
    return [entry_add(event="e", actor="a", subject=f"việc {n}", body={"n": n}) for n in range(1, 6)]


def test_an_untouched_chain_is_whole(ledger: list[Entry]) -> None:
    found = verify(entries_in_order())
    assert found.ok
    assert (found.entries, found.head) == (5, ledger[-1].hash)


def test_an_empty_ledger_is_whole() -> None:
    assert verify([]).head == FIRST_PREVIOUS


@pytest.mark.parametrize("column", ["actor", "event", "subject", "body"])
def test_an_edited_entry_is_located(ledger: list[Entry], column: str) -> None:
    with as_owner():
        Entry.objects.filter(seq=3).update(**{column: '{"n":9}'})
    found = verify(entries_in_order())
    assert (found.problem, found.seq, found.at) == ("content", 3, ledger[2].at)


def test_a_moved_date_is_located(ledger: list[Entry]) -> None:
    with as_owner():
        Entry.objects.filter(seq=2).update(at=ledger[0].at)
    assert verify(entries_in_order()).seq == 2


@pytest.mark.parametrize(("gone", "bad"), [(1, 2), (3, 4)])
def test_a_deleted_entry_is_located_at_the_next_one(ledger: list[Entry], gone: int, bad: int) -> None:
    with as_owner():
        Entry.objects.filter(seq=gone).delete()
    found = verify(entries_in_order())
    assert (found.problem, found.seq) == ("missing", bad)


def test_two_swapped_entries_are_located_at_the_first(ledger: list[Entry]) -> None:
    with as_owner():
        for seq, other in ((2, ledger[3]), (4, ledger[1])):
            Entry.objects.filter(seq=seq).update(at=other.at, subject=other.subject, body=other.body, hash=other.hash)
    assert verify(entries_in_order()).seq == 2


def test_an_entry_edited_and_sealed_again_is_located_at_the_next_one(ledger: list[Entry]) -> None:
    with as_owner():
        entry = ledger[2]
        entry.subject = "việc khác"
        Entry.objects.filter(seq=3).update(subject=entry.subject, hash=entry_hash(entry))
    found = verify(entries_in_order())
    assert (found.problem, found.seq) == ("chain", 4)


def test_a_cut_tail_is_found_only_against_an_anchor_kept_elsewhere(ledger: list[Entry]) -> None:
    with as_owner():
        Entry.objects.filter(seq__gte=4).delete()
    assert verify(entries_in_order()).ok
    found = verify(entries_in_order(), anchor=Anchor(5, ledger[4].hash))
    assert (found.problem, found.seq) == ("tail", 5)
    assert verify(entries_in_order(), anchor=Anchor(3, ledger[2].hash)).ok


def test_the_command_answers_one_json_object(ledger: list[Entry]) -> None:
    out = StringIO()
    call_command("journal_verify", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == {"ok": True, "entries": 5, "head": ledger[-1].hash}


def test_the_command_fails_naming_the_first_bad_entry_and_its_date(ledger: list[Entry]) -> None:
    out = StringIO()
    with as_owner():
        Entry.objects.filter(seq=4).update(body="{}")
    with pytest.raises(CommandError, match=r"số 4 \(\d\d/\d\d/\d{4}"):
        call_command("journal_verify", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == {"ok": False, "entries": 3, "head": ledger[2].hash}


def test_the_command_refuses_an_anchor_it_cannot_read() -> None:
    with pytest.raises(CommandError, match="không phải SỐ:MÃ-BĂM"):
        call_command("journal_verify", "--anchor", "abc")
