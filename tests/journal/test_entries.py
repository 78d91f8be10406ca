"""Adding evidence: the row comes back as the database sealed it, and plain Python computes the same hash."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from journal.models import Entry
from journal.rules import FIRST_PREVIOUS, canonical, entry_hash
from journal.services import entry_add

pytestmark = pytest.mark.django_db


def test_an_added_entry_comes_back_numbered_dated_and_chained() -> None:
    first = entry_add(event="thử", actor="Cán bộ", subject="một", body={"b": 1, "a": "Đăk Tô"})
    second = entry_add(event="thử", actor="Cán bộ", subject="hai", body={})
    assert (first.seq, first.previous) == (1, FIRST_PREVIOUS)
    assert (second.seq, second.previous) == (2, first.hash)
    assert abs(first.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert first.body == '{"a":"Đăk Tô","b":1}'
    assert Entry.objects.get(seq=1).hash == first.hash


def test_the_second_implementation_computes_the_hash_the_database_wrote() -> None:
    entry = entry_add(
        event="e", actor="Nguyễn Văn A", subject="Hồ sơ 'x' \"y\" \\ ê", body={"n": None, "t": True, "x": [1, 2.5, "đ\n"]}
    )
    assert entry_hash(entry) == entry.hash
    assert entry_hash(Entry.objects.get()) == entry.hash


def test_a_text_that_could_shift_the_columns_under_the_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="separator"):
        entry_add(event="e", actor="a\x1fb", subject="s", body={})


def test_a_body_is_written_one_way_only() -> None:
    assert canonical({"b": [1], "a": {"d": 1, "c": "ê"}}) == '{"a":{"c":"ê","d":1},"b":[1]}'
    assert json.loads(canonical({"a": 1.5})) == {"a": 1.5}
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"a": float("nan")})
