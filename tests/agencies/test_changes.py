"""Aliases and memberships change through one door each, with evidence."""

import json

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from agencies.access import visible_agencies
from agencies.models import Agency
from agencies.selectors import agency_index
from agencies.services import alias_add, alias_remove, memberships_set
from journal.models import Entry
from journal.selectors import entry_text
from tests.agencies.test_matching import LETTER

pytestmark = pytest.mark.django_db


def test_an_alias_is_understood_until_it_is_taken_back(unit_b: Agency) -> None:
    alias = alias_add(agency=unit_b, text="Phòng một cửa ĐT", actor="An")
    match = agency_index().find("phòng Một cửa ĐT", on=LETTER)
    assert (match.agency_id, match.reason) == (unit_b.pk, "alias")
    alias_remove(alias=alias, actor="An")
    assert agency_index().find("Phòng một cửa ĐT", on=LETTER).reason == "unknown"
    assert [entry_text(entry) for entry in Entry.objects.all()] == [
        "An đổi tên gọi khác của 612: thêm [Phòng một cửa ĐT], bớt [].",
        "An đổi tên gọi khác của 612: thêm [], bớt [Phòng một cửa ĐT].",
    ]


def test_the_same_alias_for_two_units_decides_nothing(unit_a: Agency, unit_b: Agency) -> None:
    alias_add(agency=unit_a, text="Một cửa", actor="An")
    alias_add(agency=unit_b, text="Một cửa", actor="An")
    assert agency_index().find("một cửa", on=LETTER).reason == "ambiguous"


def test_an_alias_without_letters_or_known_already_is_refused_and_leaves_no_entry(unit_b: Agency) -> None:
    with pytest.raises(ValidationError, match="ít nhất một chữ"):
        alias_add(agency=unit_b, text=" – ", actor="An")
    alias_add(agency=unit_b, text="Một cửa", actor="An")
    with pytest.raises(ValidationError, match="đã có cách viết “Một cửa”"):
        alias_add(agency=unit_b, text="MỘT  CỬA", actor="An")
    assert Entry.objects.count() == 1


def test_memberships_become_exactly_what_is_asked(head_a: User, unit_a: Agency, unit_b: Agency) -> None:
    memberships_set(user=head_a, agencies=[unit_b], actor="An")
    assert list(visible_agencies(head_a)) == [unit_b]
    entry = Entry.objects.get()
    assert (entry.subject, json.loads(entry.body)) == (head_a.username, {"added": ["612"], "removed": ["608"]})


def test_memberships_as_they_are_leave_no_entry(head_a: User, unit_a: Agency) -> None:
    memberships_set(user=head_a, agencies=[unit_a], actor="An")
    assert not Entry.objects.exists()
