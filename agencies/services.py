"""Changing units: loading the dated tree, adding a way a name is written, who answers for which unit, who has a calendar
address. All of it journalled."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency, AgencyAlias, AgencyPath, AgencySuccession, CalendarFeed, Membership
from agencies.rules import KEY_BYTES, key_digest, match_key, spellings
from agencies.sources import AgencyRow, AliasRow, MergerRow
from journal.diff import Changes, table_sync
from journal.services import (
    alias_changed,
    calendar_key_given,
    calendar_key_renewed,
    calendar_key_withdrawn,
    membership_changed,
    reference_changed,
)

GENERATED = "sinh từ tên đơn vị"
ENDED_WITHOUT_HEIR = "Kết thúc hoạt động; không có một đơn vị kế thừa duy nhất"


def agencies_load(
    *, agencies: Iterable[AgencyRow], mergers: Iterable[MergerRow], aliases: Iterable[AliasRow], actor: str
) -> Changes:
    """Bring the tree, the aliases and the successions to what the files say; one journal entry if anything changed."""
    moves = list(mergers)
    rows = {row.code: row for row in reorganised(agencies, moves)}
    with transaction.atomic():
        changes = table_sync(Agency, "code", {code: row.attributes() for code, row in rows.items()})
        ids = dict(Agency.objects.values_list("code", "pk"))
        parents = {code: {"parent_id": ids.get(row.parent)} for code, row in rows.items()}
        changes |= table_sync(Agency, "code", parents)
        _paths_rebuild()
        changes |= _aliases_load(rows, aliases, ids) | _successions_load(moves, ids)
        if changes:
            reference_changed(actor=actor, subject=_("đơn vị"), changes=changes.as_dict())
    return changes


def reorganised(agencies: Iterable[AgencyRow], mergers: Collection[MergerRow]) -> list[AgencyRow]:
    """The units with the day each ended, and the new communes that began the day after.

    Old communes have one successor each; districts ended with none, which their remark says.
    """
    ends = {move.old_code: move.effective_on - timedelta(days=1) for move in mergers}
    districts = {move.old_district: move.effective_on - timedelta(days=1) for move in mergers}
    rows = []
    for row in agencies:
        if row.code in districts:
            row = replace(row, valid_to=districts[row.code], remark=ENDED_WITHOUT_HEIR)
        rows.append(replace(row, valid_to=ends[row.code]) if row.code in ends else row)
    return rows + list({move.new_id: _new_commune(move) for move in mergers}.values())


def _new_commune(move: MergerRow) -> AgencyRow:
    kind, name = move.new_name.split(" ", 1)
    return AgencyRow(
        code=move.new_id,
        name=f"UBND {kind.lower()} {name}",
        local_name=move.new_name,
        level=Agency.Level.COMMUNE,
        type=kind.lower(),
        parent="",
        code_system=f"GSO {move.effective_on.year}",
        source=move.source,
        verified=move.verified,
        remark=move.remark,
        valid_from=move.effective_on,
    )


def _paths_rebuild() -> None:
    """The closure, from the parents: every unit with itself and each unit above it."""
    parents = dict(Agency.objects.values_list("pk", "parent_id"))
    wanted = {(above, agency) for agency in parents for above in _line(agency, parents)}
    known = {(path.ancestor_id, path.agency_id): path.pk for path in AgencyPath.objects.all()}
    AgencyPath.objects.filter(pk__in=[pk for pair, pk in known.items() if pair not in wanted]).delete()
    AgencyPath.objects.bulk_create(
        [AgencyPath(ancestor_id=above, agency_id=agency) for above, agency in sorted(wanted - known.keys())]
    )


def _line(agency: int | None, parents: Mapping[int, int | None]) -> Iterable[int]:
    while agency is not None:
        yield agency
        agency = parents[agency]


def _aliases_load(rows: Mapping[str, AgencyRow], listed: Iterable[AliasRow], ids: Mapping[str, int]) -> Changes:
    """Aliases made from the names, and those of the file; what an administrator added stays."""
    wanted = {(ids[alias.code], match_key(alias.text)): (alias.code, alias.text, alias.source) for alias in listed}
    for row in rows.values():
        names = {match_key(row.name), match_key(row.local_name)}
        above = rows[row.parent].name if row.parent in rows else ""
        number = [row.code.split("-", 1)[1]] if row.valid_from else []  # new communes carry old numbers
        for text in [*spellings(row.name, above), *number]:
            if match_key(text) not in names:
                wanted.setdefault((ids[row.code], match_key(text)), (row.code, text, GENERATED))
    known = {(alias.agency_id, alias.key): alias for alias in AgencyAlias.objects.select_related("agency")}
    obsolete = [alias for place, alias in known.items() if alias.source == GENERATED and place not in wanted]
    AgencyAlias.objects.filter(pk__in=[alias.pk for alias in obsolete]).delete()
    missing = {place: alias for place, alias in wanted.items() if place not in known}
    AgencyAlias.objects.bulk_create(
        [
            AgencyAlias(agency_id=agency, key=key, text=text, source=source)
            for (agency, key), (_code, text, source) in missing.items()
        ]
    )
    return Changes(
        added=tuple(f"{code}: {text}" for code, text, _source in missing.values()),
        removed=tuple(f"{alias.agency.code}: {alias.text}" for alias in obsolete),
    )


def _successions_load(moves: Iterable[MergerRow], ids: Mapping[str, int]) -> Changes:
    """Exactly those of the file: of two heirs, one of them corrected away, nobody would answer."""
    wanted = {(ids[move.old_code], ids[move.new_id], move.effective_on): move for move in moves if move.old_code in ids}
    stored = AgencySuccession.objects.select_related("predecessor", "successor")
    known = {(row.predecessor_id, row.successor_id, row.effective_on): row for row in stored}
    obsolete = [row for key, row in known.items() if key not in wanted]
    AgencySuccession.objects.filter(pk__in=[row.pk for row in obsolete]).delete()
    new = {key: move for key, move in wanted.items() if key not in known}
    AgencySuccession.objects.bulk_create(
        AgencySuccession(predecessor_id=old, successor_id=heir, effective_on=day, source=move.source)
        for (old, heir, day), move in new.items()
    )
    return Changes(
        added=tuple(f"{move.old_code} → {move.new_id}" for move in new.values()),
        removed=tuple(f"{row.predecessor.code} → {row.successor.code}" for row in obsolete),
    )


def alias_checked(*, agency: Agency, text: str) -> str:
    """The key of a new alias. Raises ValidationError when there is nothing to match by or the unit has it already."""
    key = match_key(text)
    if not key:
        raise ValidationError({"text": _("Cách viết phải có ít nhất một chữ cái hoặc chữ số.")})
    known = AgencyAlias.objects.filter(agency=agency, key=key).first()
    if known:
        raise ValidationError({"text": _("Đơn vị này đã có cách viết “%(text)s”, được hiểu như nhau.") % {"text": known.text}})
    return key


def alias_add(*, agency: Agency, text: str, actor: str) -> AgencyAlias:
    """Teach one more way the unit's name is written; the next import understands it."""
    key = alias_checked(agency=agency, text=text)
    with transaction.atomic():
        alias = AgencyAlias.objects.create(agency=agency, key=key, text=text, source=actor)
        alias_changed(actor=actor, agency=agency.code, added=[text], removed=[])
    return alias


def alias_remove(*, alias: AgencyAlias, actor: str) -> None:
    """Forget a way of writing; dossiers already taken in keep their unit."""
    with transaction.atomic():
        alias.delete()
        alias_changed(actor=actor, agency=alias.agency.code, added=[], removed=[alias.text])


def memberships_set(*, user: User, agencies: Iterable[Agency], actor: str) -> None:
    """The person answers for exactly these units (and all under them); nothing is written when that is so already."""
    wanted = {agency.pk: agency for agency in agencies}
    with transaction.atomic():
        known = {member.agency_id: member.agency for member in user.memberships.select_related("agency")}
        added = [agency for pk, agency in wanted.items() if pk not in known]
        removed = [agency for pk, agency in known.items() if pk not in wanted]
        user.memberships.filter(agency__in=removed).delete()
        Membership.objects.bulk_create([Membership(user=user, agency=agency) for agency in added])
        if added or removed:
            codes = [sorted(agency.code for agency in part) for part in (added, removed)]
            membership_changed(actor=actor, username=user.username, added=codes[0], removed=codes[1])


@transaction.atomic
def calendar_key_give(*, user: User, now: datetime, actor: str) -> str:
    """A new secret key for the person's calendar address; one given before opens nothing any more.

    Returned this once, to be shown to the person: it cannot be read back.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    given = {"digest": key_digest(key), "created_at": now}
    _feed, first = CalendarFeed.objects.update_or_create(user=user, defaults=given)
    record = calendar_key_given if first else calendar_key_renewed
    record(actor=actor, username=user.username)
    return key


@transaction.atomic
def calendar_key_withdraw(*, user: User, actor: str) -> None:
    """The person's calendar address opens nothing any more; nothing is written when there was none."""
    withdrawn, _rows = CalendarFeed.objects.filter(user=user).delete()
    if withdrawn:
        calendar_key_withdrawn(actor=actor, username=user.username)
