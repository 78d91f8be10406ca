"""Everybody is told what concerns them, once, whenever it is noticed; the record says who, what, when, and when first opened."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from agencies.models import Agency
from directives.models import Obligation
from directives.services.explanations import explanation_accept, explanation_return
from journal.models import Entry
from notices.models import Notice
from notices.selectors import notices_about, notices_of, unopened
from notices.services import notice_open, notices_send
from notices.tasks import send
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.dossiers import moment
from tests.factories.explanations import ANSWER_BY, NOW, Backlog, call, explain

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(user: User, now: datetime = NOW) -> list[str]:
    """What the person is newly told at that moment: kinds of keys."""
    before = set(notices_of(user).values_list("pk", flat=True))
    notices_send(now=now)
    return sorted(one.key.split(":")[0] for one in notices_of(user).exclude(pk__in=before))


def newest(user: User) -> Notice:
    found = notices_of(user).first()
    assert found
    return found


def test_a_letter_is_told_to_the_heads_of_the_units_it_addresses_once(
    backlog: Backlog, head_a: User, head_b: User, stranger: User, provincial_officer: User
) -> None:
    assert notices_send(now=NOW) == 2
    assert notices_send(now=NOW + DAY) == 0
    for head in (head_a, head_b):
        assert "3812/UBND-TTHCC ngày 10/11/2022" in newest(head).text
        assert (newest(head).url, newest(head).created_at) == ("/cong-van/3812-ubnd-tthcc/", NOW)
    assert not notices_of(stranger).exists()
    assert not notices_of(provincial_officer).exists()


def test_a_letter_to_several_units_of_one_head_is_one_notice_about_the_topmost(
    backlog: Backlog, head_a: User, commune_a: Agency, unit_a: Agency
) -> None:
    backlog.letter.addressees.create(label="Các phường").agencies.set([commune_a])
    own = make_user("phuong", Role.AGENCY_HEAD, commune_a)
    notices_send(now=NOW)
    assert [one.agency for one in notices_of(head_a)] == [unit_a]
    assert [one.agency for one in notices_of(own)] == [commune_a]


def test_a_letter_is_told_to_the_units_its_orders_bind(backlog: Backlog, head_b: User, unit_b: Agency) -> None:
    letter = make_directive("99/UBND", date(2022, 11, 9))
    order = {"number": 1, "sentence": "Báo cáo.", "addressee": "UBND huyện Đăk Tô", "kind": Obligation.Kind.TASK}
    Obligation.objects.create(directive=letter, **order).agencies.set([unit_b])
    notices_send(now=NOW)
    assert {one.directive for one in notices_of(head_b)} == {letter, backlog.letter}


def test_an_old_letter_is_told_to_nobody(backlog: Backlog, head_a: User, unit_a: Agency) -> None:
    old = make_directive("2624/UBND", date(2022, 8, 12))
    old.addressees.create(label="Các huyện").agencies.set([unit_a])
    notices_send(now=NOW)
    assert notices_of(head_a).count() == 1


def test_a_call_its_deadline_near_and_its_deadline_past_are_told_once_each(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, unit_a: Agency
) -> None:
    notices_send(now=NOW)
    call(backlog.letter, unit_a)
    assert told(head_a) == ["call"]
    assert "UBND thành phố Kon Tum được yêu cầu giải trình" in newest(head_a).text
    assert newest(head_a).url == "/giai-trinh/ho-so/?cong_van=3812-ubnd-tthcc&don_vi=608&giai_trinh=chua"
    assert told(head_a, NOW + DAY) == ["soon"]  # Friday: Monday and Tuesday are left
    assert "còn 3 hồ sơ" in newest(head_a).text
    assert told(head_a, moment(ANSWER_BY, 23, 59)) == []
    late = moment(ANSWER_BY + DAY, 0, 1)
    assert told(provincial_officer, late) == ["late"]
    assert newest(head_a).key.startswith("late:")
    assert told(head_a, late + DAY) == []
    assert [one.key.split(":")[0] for one in notices_of(head_b)] == ["letter"]


def test_who_has_explained_everything_is_not_reminded(backlog: Backlog, head_a: User, unit_a: Agency) -> None:
    call(backlog.letter, unit_a)
    notices_send(now=NOW)
    explain(head_a, backlog.numbers("A-1", "A-2", "A-3"), letter=backlog.letter)
    assert told(head_a, NOW + DAY) == []
    assert told(head_a, moment(ANSWER_BY + DAY)) == []


def test_an_explanation_is_told_to_the_office_and_what_came_of_it_to_the_unit(
    backlog: Backlog, head_a: User, head_b: User, provincial_officer: User, inspector: User
) -> None:
    notices_send(now=NOW)
    first, second = explain(head_a, backlog.numbers("A-1")), explain(head_a, backlog.numbers("A-2"))
    assert told(provincial_officer) == ["submitted", "submitted"]
    assert newest(provincial_officer).url == f"/giai-trinh/{second.pk}/"
    explanation_accept(explanation=first, remark="", user=provincial_officer, now=NOW)
    explanation_return(explanation=second, remark="Nêu rõ ngày xong", user=provincial_officer, now=NOW)
    assert told(head_a) == ["accepted", "returned"]
    assert not [one for user in (head_b, inspector) for one in notices_of(user) if not one.key.startswith("letter")]
    assert told(provincial_officer) == []


def test_who_is_locked_out_is_told_nothing(backlog: Backlog, head_a: User) -> None:
    User.objects.filter(pk=head_a.pk).update(is_active=False)
    notices_send(now=NOW)
    assert not Notice.objects.filter(user=head_a).exists()


def test_a_minute_missed_or_run_twice_changes_nothing(backlog: Backlog, head_a: User, unit_a: Agency) -> None:
    call(backlog.letter, unit_a)
    send()
    send()
    assert sorted(one.key.split(":")[0] for one in notices_of(head_a)) == ["call", "letter"]
    assert {one.created_at for one in notices_of(head_a)} == {NOW}


def test_the_journal_seals_who_was_told_what(backlog: Backlog, head_a: User, head_b: User) -> None:
    notices_send(now=NOW)
    body = json.loads(Entry.objects.get(event="notices_sent").body)
    assert body == {f"letter:{backlog.letter.pk}": ["thu-truong-a", "thu-truong-b"]}
    notices_send(now=NOW)
    assert Entry.objects.filter(event="notices_sent").count() == 1


def test_opening_is_put_on_record_the_first_time(backlog: Backlog, head_a: User, head_b: User) -> None:
    notices_send(now=NOW)
    pk = newest(head_a).pk
    assert notice_open(user=head_b, pk=pk, now=NOW) is None
    opened = notice_open(user=head_a, pk=pk, now=NOW + DAY)
    assert opened
    assert opened.opened_at == NOW + DAY
    again = notice_open(user=head_a, pk=pk, now=NOW + 2 * DAY)
    assert again
    assert again.opened_at == NOW + DAY


def test_the_bell_counts_what_is_not_opened(
    backlog: Backlog, head_a: User, unit_a: Agency, django_capture_on_commit_callbacks: object
) -> None:
    capture = django_capture_on_commit_callbacks
    assert unopened(head_a) == 0
    with capture(execute=True):  # type: ignore[operator]  # pytest-django's
        notices_send(now=NOW)
    assert unopened(head_a) == 1
    with capture(execute=True):  # type: ignore[operator]  # pytest-django's
        notice_open(user=head_a, pk=newest(head_a).pk, now=NOW)
    assert unopened(head_a) == 0


@pytest.mark.parametrize("change", [{"text": "khác"}, {"created_at": NOW - DAY}, {"key": "khác"}])
def test_what_was_said_cannot_be_changed(backlog: Backlog, head_a: User, change: dict[str, object]) -> None:
    notices_send(now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(user=head_a).update(**change)


def test_an_opened_notice_cannot_be_closed_again_and_none_can_be_deleted(backlog: Backlog, head_a: User) -> None:
    notices_send(now=NOW)
    mine = Notice.objects.filter(user=head_a)
    mine.update(opened_at=NOW)
    for change in (lambda: mine.update(opened_at=None), lambda: mine.update(opened_at=NOW + DAY), mine.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_office_sees_of_a_letter_whom_it_reached(backlog: Backlog, head_a: User, head_b: User, unit_a: Agency) -> None:
    call(backlog.letter, unit_a)
    notices_send(now=NOW)
    explain(head_a, backlog.numbers("A-1"), letter=backlog.letter)
    notices_send(now=NOW)
    found = {(one.user, one.key.split(":")[0]) for one in notices_about(backlog.letter)}
    assert found == {(head_a, "letter"), (head_a, "call"), (head_b, "letter")}


def test_telling_of_a_hundred_facts_costs_as_many_queries_as_of_ten(
    backlog: Backlog, head_a: User, provincial_officer: User, unit_a: Agency, unit_b: Agency
) -> None:
    call(backlog.letter, unit_a, unit_b)
    spent = []
    for size in (10, 100):
        for _more in range(size):
            explanation_accept(explanation=explain(head_a, backlog.numbers("A-1")), remark="", user=provincial_officer, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert notices_send(now=NOW) >= size
        spent.append(len(queries))
    assert spent[0] == spent[1]
