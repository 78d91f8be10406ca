"""Saying which file is expected when. What days were judged by is never changed afterwards: a new arrangement takes its place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.caller import signature
from accounts.models import User
from agencies.access import require
from agencies.rules import Capability
from deliveries.models import ExpectedDelivery
from journal import services as journal
from ui.formats import day

JUDGED_BY = ("system", "kind", "days", "by", "active_from")
WORDS = ("watcher", "note")
Given = Mapping[str, Any]  # a value for each of JUDGED_BY and WORDS


@transaction.atomic
def delivery_expect(*, given: Given, user: User) -> ExpectedDelivery:
    """Raises ValidationError, PermissionDenied."""
    require(user, Capability.IMPORT)
    made = _saved(ExpectedDelivery(**given))
    journal.delivery_expected(actor=signature(user), number=made.pk, system=made.system_id, said=_said(made))
    return made


@transaction.atomic
def delivery_change(*, expected: ExpectedDelivery, given: Given, user: User, today: date) -> ExpectedDelivery:
    """The arrangement that holds from now on. Raises ValidationError, PermissionDenied."""
    require(user, Capability.IMPORT)
    stood = ExpectedDelivery.objects.select_for_update().get(pk=expected.pk, stopped_from__isnull=True)
    judged = stood.active_from < today and any(getattr(stood, name) != given[name] for name in JUDGED_BY)
    if judged:
        _stop(stood, today)
        made = ExpectedDelivery(**{**given, "active_from": max(today, given["active_from"])})
    else:
        made = stood
        for name in (*JUDGED_BY, *WORDS):
            setattr(made, name, given[name])
    _saved(made)
    journal.delivery_changed(actor=signature(user), number=made.pk, replaces=stood.pk, system=made.system_id, said=_said(made))
    return made


@transaction.atomic
def delivery_stop(*, expected: ExpectedDelivery, user: User, today: date) -> None:
    """From today on it is not expected; stopped once, it stays so."""
    require(user, Capability.IMPORT)
    stood = ExpectedDelivery.objects.select_for_update().get(pk=expected.pk)
    if stood.stopped_from is None:
        since = _stop(stood, today)
        journal.delivery_stopped(actor=signature(user), number=stood.pk, system=stood.system_id, since=since)


def _stop(stood: ExpectedDelivery, today: date) -> date:
    """The first day on which it is not expected."""
    since = max(today, stood.active_from)
    ExpectedDelivery.objects.filter(pk=stood.pk).update(stopped_from=since)
    return since


def _saved(made: ExpectedDelivery) -> ExpectedDelivery:
    made.full_clean()
    made.save()
    return made


def _said(made: ExpectedDelivery) -> dict[str, str]:
    return {
        "kind": made.get_kind_display(),
        "days": made.get_days_display(),
        "by": f"{made.by:%H:%M}",
        "active_from": day(made.active_from),
        "watcher": made.watcher,
        "note": made.note,
    }
