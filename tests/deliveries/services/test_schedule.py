"""Arranging, changing, stopping: journalled, and never another verdict about a day that is over."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from deliveries.models import ExpectedDelivery
from deliveries.services.schedule import delivery_change, delivery_expect, delivery_stop
from dossiers.models import SourceSystem
from journal.models import Entry
from journal.selectors import entry_text
from tests.factories.deliveries import make_expected
from tests.factories.dossiers import make_systems

pytestmark = pytest.mark.django_db
TODAY, FIRST = date(2022, 11, 8), date(2022, 11, 1)


def given(**changes: Any) -> dict[str, Any]:
    make_systems()
    usual = {"kind": "full", "days": "working", "by": time(6), "active_from": FIRST, "watcher": "Tổ dữ liệu", "note": ""}
    return {"system": SourceSystem.objects.get(pk="old"), **usual, **changes}


def told() -> list[str]:
    return [entry_text(entry) for entry in Entry.objects.filter(event__startswith="delivery_").order_by("seq")]


def test_a_file_is_expected_and_that_is_on_record(data_steward: User) -> None:
    made = delivery_expect(given=given(), user=data_steward)
    assert (made.plan.working_days, made.plan.by, made.plan.since, made.plan.until) == (True, time(6), FIRST, None)
    who = "Phụ trách dữ liệu (du-lieu)"
    text = f"{who} đặt lịch giao nộp số {made.pk} (old): bản đầy đủ, ngày làm việc, trước 06:00, từ 01/11/2022."
    assert told() == [text]


def test_one_file_is_expected_once_at_an_hour_while_it_is_expected(data_steward: User) -> None:
    first = delivery_expect(given=given(), user=data_steward)
    with pytest.raises(ValidationError, match="Đã có lịch cho tệp này vào giờ này"):
        delivery_expect(given=given(days="every"), user=data_steward)
    delivery_stop(expected=first, user=data_steward, today=TODAY)
    delivery_expect(given=given(), user=data_steward)


def test_another_hour_holds_from_today_and_leaves_the_days_before_as_they_were(data_steward: User) -> None:
    stood = delivery_expect(given=given(), user=data_steward)
    made = delivery_change(expected=stood, given=given(by=time(7)), user=data_steward, today=TODAY)
    stood.refresh_from_db()
    assert (stood.by, stood.stopped_from) == (time(6), TODAY)
    assert (made.by, made.active_from, made.stopped_from) == (time(7), TODAY, None)
    assert f"sửa lịch giao nộp số {stood.pk} (old) thành: bản đầy đủ, ngày làm việc, trước 07:00, từ 08/11/2022." in told()[1]
    with pytest.raises(ExpectedDelivery.DoesNotExist):
        delivery_change(expected=stood, given=given(by=time(8)), user=data_steward, today=TODAY)


@pytest.mark.parametrize("change", [{"note": "gọi trước"}, {"watcher": "Tổ mới"}])
def test_other_words_need_no_new_arrangement(data_steward: User, change: dict[str, str]) -> None:
    stood = delivery_expect(given=given(), user=data_steward)
    assert delivery_change(expected=stood, given=given(**change), user=data_steward, today=TODAY).pk == stood.pk
    assert ExpectedDelivery.objects.get().stopped_from is None


def test_what_has_judged_no_day_yet_is_simply_changed(data_steward: User) -> None:
    stood = delivery_expect(given=given(active_from=TODAY), user=data_steward)
    changed = delivery_change(expected=stood, given=given(active_from=TODAY, by=time(9)), user=data_steward, today=TODAY)
    assert (changed.pk, ExpectedDelivery.objects.get().by) == (stood.pk, time(9))


def test_a_change_that_cannot_be_leaves_everything_as_it_was(data_steward: User) -> None:
    stood = delivery_expect(given=given(), user=data_steward)
    delivery_expect(given=given(by=time(7)), user=data_steward)
    with pytest.raises(ValidationError):
        delivery_change(expected=stood, given=given(by=time(7)), user=data_steward, today=TODAY)
    assert ExpectedDelivery.objects.filter(stopped_from__isnull=True).count() == 2
    assert len(told()) == 2


def test_stopping_happens_once_and_what_has_not_begun_never_does(data_steward: User) -> None:
    stood = delivery_expect(given=given(), user=data_steward)
    later = delivery_expect(given=given(by=time(7), active_from=date(2022, 12, 1)), user=data_steward)
    for _twice in range(2):
        delivery_stop(expected=stood, user=data_steward, today=TODAY)
    delivery_stop(expected=later, user=data_steward, today=TODAY)
    assert [one.stopped_from for one in ExpectedDelivery.objects.order_by("by")] == [TODAY, date(2022, 12, 1)]
    assert len(told()) == 4
    assert "dừng lịch giao nộp" in told()[2]


def test_who_may_not_import_may_not_arrange(inspector: User) -> None:
    expected = make_expected()
    for act in (
        lambda: delivery_expect(given=given(), user=inspector),
        lambda: delivery_change(expected=expected, given=given(), user=inspector, today=TODAY),
        lambda: delivery_stop(expected=expected, user=inspector, today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "undo"}, {"days": "weekly"}, {"stopped_from": date(2022, 10, 31)}, {}],
    ids=["kind", "days", "stops before it starts", "twice"],
)
def test_the_database_refuses_what_makes_no_sense(wrong: dict[str, Any]) -> None:
    make_expected()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_expected(**({"by": "07:00", **wrong} if wrong else {}))
