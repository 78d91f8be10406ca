"""The secret key of a person's calendar: given once, kept as a digest only, renewed, withdrawn, each time in the journal."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.http import Http404

from accounts.models import User
from agencies.access import answered_for, calendar_owner_or_404
from agencies.models import Agency, CalendarFeed
from agencies.rules import key_digest
from agencies.services import calendar_key_give, calendar_key_withdraw
from journal.models import Entry
from tests.factories.accounts import make_user
from tests.factories.worktime import at

pytestmark = pytest.mark.django_db
NOW = at("2022-11-10 07:30")


def events() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("seq").values_list("event", "actor", "subject"))


def test_a_key_opens_its_owners_calendar_and_is_kept_as_a_digest_only(head_a: User) -> None:
    key = calendar_key_give(user=head_a, now=NOW, actor="Thủ trưởng A")
    assert calendar_owner_or_404(key) == head_a
    feed = CalendarFeed.objects.get()
    assert (feed.digest, feed.created_at) == (key_digest(key), NOW)
    assert len(key) >= 43
    assert key not in "".join(str(value) for value in CalendarFeed.objects.values_list().get())
    assert key not in "".join(entry.body for entry in Entry.objects.all())
    assert events() == [("calendar_key_given", "Thủ trưởng A", "thu-truong-a")]


def test_a_renewed_key_ends_the_one_before(head_a: User) -> None:
    first = calendar_key_give(user=head_a, now=NOW, actor="A")
    second = calendar_key_give(user=head_a, now=NOW + timedelta(days=1), actor="A")
    assert first != second
    with pytest.raises(Http404):
        calendar_owner_or_404(first)
    assert calendar_owner_or_404(second) == head_a
    assert CalendarFeed.objects.get().created_at == NOW + timedelta(days=1)
    assert [event for event, *_ in events()] == ["calendar_key_given", "calendar_key_renewed"]


def test_a_withdrawn_key_opens_nothing_and_withdrawing_twice_writes_once(head_a: User) -> None:
    key = calendar_key_give(user=head_a, now=NOW, actor="A")
    for _again in range(2):
        calendar_key_withdraw(user=head_a, actor="A")
    with pytest.raises(Http404):
        calendar_owner_or_404(key)
    assert [event for event, *_ in events()] == ["calendar_key_given", "calendar_key_withdrawn"]


def test_a_locked_account_loses_its_calendar_at_once_and_has_it_again_when_unlocked(head_a: User) -> None:
    key = calendar_key_give(user=head_a, now=NOW, actor="A")
    User.objects.filter(pk=head_a.pk).update(is_active=False)
    with pytest.raises(Http404):
        calendar_owner_or_404(key)
    User.objects.filter(pk=head_a.pk).update(is_active=True)
    assert calendar_owner_or_404(key) == head_a


def test_two_people_never_share_a_key(head_a: User, head_b: User) -> None:
    key = calendar_key_give(user=head_a, now=NOW, actor="A")
    with pytest.raises(IntegrityError):
        CalendarFeed.objects.create(user=head_b, digest=key_digest(key), created_at=NOW)


def test_who_sees_the_province_answers_for_the_units_given_only(unit_a: Agency, commune_a: Agency, unit_b: Agency) -> None:
    officer = make_user("van-phong-2", "provincial_office", unit_a)
    assert set(answered_for(officer)) == {unit_a, commune_a}
