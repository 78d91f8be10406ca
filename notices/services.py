"""Telling people, and putting on record when they first opened what they were told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from journal.services import notices_sent
from notices.models import Notice
from notices.selectors import due_notices, notices_of, unopened_key


@transaction.atomic
def notices_send(*, now: datetime) -> int:
    """Tell everybody what they have not been told yet; returns how many notices that took.

    What there is to tell is derived from the facts: who acted, when this ran last and how often it runs do not matter.
    """
    _one_at_a_time()
    due = [(person, one) for one in due_notices(now) for person in one.people]
    told = set(Notice.objects.filter(key__in={one.key for _person, one in due}).values_list("user_id", "key"))
    fresh: dict[tuple[int, str], Notice] = {}
    for person, one in due:
        if (person, one.key) not in told:
            said = {"text": one.text, "url": one.url, "agency": one.agency, "directive": one.directive}
            fresh.setdefault((person, one.key), Notice(user_id=person, key=one.key, created_at=now, **said))
    if fresh:
        Notice.objects.bulk_create(fresh.values())
        _record(fresh)
    return len(fresh)


def notice_open(*, user: User, pk: int, now: datetime) -> Notice | None:
    """The person's own notice, from now on opened; the first time stands. None when there is none of that number."""
    mine = notices_of(user).filter(pk=pk)
    mine.filter(opened_at__isnull=True).update(opened_at=now)
    transaction.on_commit(lambda: cache.delete(unopened_key(user.pk)))
    return mine.first()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('notices'))")


def _record(sent: Iterable[tuple[int, str]]) -> None:
    people: defaultdict[str, list[int]] = defaultdict(list)
    for person, key in sent:
        people[key].append(person)
    everybody = {person for told in people.values() for person in told}
    names = dict(User.objects.filter(pk__in=everybody).values_list("pk", "username"))
    notices_sent(actor=_("hệ thống"), told={key: sorted(names[one] for one in told) for key, told in people.items()})
    transaction.on_commit(lambda: cache.delete_many([unopened_key(person) for person in everybody]))
