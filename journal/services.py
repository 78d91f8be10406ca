"""Writing evidence. Call inside the transaction of the act itself, last: writers queue until the transaction ends."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from journal.models import Entry
from journal.rules import JSON, SEPARATOR, canonical

INSERT = """
INSERT INTO journal_entry (seq, at, actor, event, subject, body, previous, hash)
VALUES (0, clock_timestamp(), %s, %s, %s, %s, '', '') RETURNING *
"""  # the trigger replaces number, moment, chain and hash; the row comes back as sealed


def entry_add(*, event: str, actor: str, subject: str, body: Mapping[str, JSON]) -> Entry:
    """Add one entry and return it as the database sealed it."""
    if any(SEPARATOR in text for text in (event, actor, subject)):
        raise ValueError("A journal text contains the separator of the sealed text.")
    (entry,) = Entry.objects.raw(INSERT, [actor, event, subject, canonical(body)])
    return entry


# The acts an inspector may ask about; how each reads on screen is in journal/texts.py.


def import_done(
    *, actor: str, batch: int, file_name: str, system: str, sha256: str, data_as_of: datetime, counts: Mapping[str, int]
) -> Entry:
    """A file was taken in. ``counts``: new, changed, unchanged, rejected, repaired, stale, vanished."""
    body: dict[str, JSON] = {
        "batch": batch,
        "file_name": file_name,
        "sha256": sha256,
        "data_as_of": data_as_of.isoformat(),
        **counts,
    }
    return entry_add(event="import_done", actor=actor, subject=system, body=body)


def import_refused(*, actor: str, batch: int, file_name: str, system: str, sha256: str, reason: str) -> Entry:
    """A file was not taken as a whole; nothing of it was written."""
    body: dict[str, JSON] = {"batch": batch, "file_name": file_name, "sha256": sha256, "reason": reason}
    return entry_add(event="import_refused", actor=actor, subject=system, body=body)


def import_held(*, actor: str, batch: int, file_name: str, system: str, reasons: Sequence[str]) -> Entry:
    """A file waits for a person; nothing of it was written. ``reasons``: kinds of holds, empty for a mere preview."""
    body: dict[str, JSON] = {"batch": batch, "file_name": file_name, "reasons": list(reasons)}
    return entry_add(event="import_held", actor=actor, subject=system, body=body)


def import_confirmed(*, actor: str, batch: int, file_name: str, system: str, holds: Sequence[str], reason: str) -> Entry:
    """A person lets a file in in spite of what it waits for."""
    body: dict[str, JSON] = {"batch": batch, "file_name": file_name, "holds": list(holds), "reason": reason}
    return entry_add(event="import_confirmed", actor=actor, subject=system, body=body)


def import_canceled(*, actor: str, batch: int, file_name: str, system: str) -> Entry:
    """A person stopped an import; nothing of it was written."""
    return entry_add(event="import_canceled", actor=actor, subject=system, body={"batch": batch, "file_name": file_name})


def import_reverted(*, actor: str, batch: int, undo: int, file_name: str, system: str, dossiers: int, reason: str) -> Entry:
    """A batch was taken back as a whole: the facts before it were written anew, as batch ``undo``; nothing was deleted."""
    body: dict[str, JSON] = {"batch": batch, "undo": undo, "file_name": file_name, "dossiers": dossiers, "reason": reason}
    return entry_add(event="import_reverted", actor=actor, subject=system, body=body)


def source_words_taught(*, actor: str, system: str, kind: str, words: Mapping[str, str]) -> Entry:
    """Somebody said what a system's words mean. ``kind``: column or status; ``words``: meaning by word."""
    body: dict[str, JSON] = {"kind": kind, "words": [f"{word} = {meaning}" for word, meaning in words.items()]}
    return entry_add(event="source_words_taught", actor=actor, subject=system, body=body)


def night_done(*, actor: str, as_of: date, opened: int, closed: int, overdue: int, evidence: Mapping[str, JSON]) -> Entry:
    """The figures of one business date are frozen. ``evidence``: what they were computed from, and their digest."""
    body: dict[str, JSON] = {"as_of": as_of.isoformat(), "opened": opened, "closed": closed, "overdue": overdue, **evidence}
    return entry_add(event="night_done", actor=actor, subject=as_of.isoformat(), body=body)


def calendar_changed(*, actor: str, changes: Mapping[str, JSON]) -> Entry:
    """Days off or make-up days were added, changed or taken out: due dates may move."""
    return entry_add(event="calendar_changed", actor=actor, subject="calendar", body=changes)


def reference_changed(*, actor: str, subject: str, changes: Mapping[str, JSON]) -> Entry:
    """Agencies, procedures, letters or systems changed. ``subject`` names the list, in Vietnamese."""
    return entry_add(event="reference_changed", actor=actor, subject=subject, body=changes)


def rules_changed(*, actor: str, old: str, new: str) -> Entry:
    """From here on verdicts come from another version of the rules."""
    return entry_add(event="rules_changed", actor=actor, subject=new, body={"old": old, "new": new})


def account_added(*, actor: str, username: str, role: str, role_name: str) -> Entry:
    return entry_add(event="account_added", actor=actor, subject=username, body={"role": role, "role_name": role_name})


def role_changed(*, actor: str, username: str, old: str, new: str, old_name: str, new_name: str) -> Entry:
    body = {"old": old, "new": new, "old_name": old_name, "new_name": new_name}
    return entry_add(event="role_changed", actor=actor, subject=username, body=body)


def account_locked(*, actor: str, username: str) -> Entry:
    return entry_add(event="account_locked", actor=actor, subject=username, body={})


def account_unlocked(*, actor: str, username: str) -> Entry:
    return entry_add(event="account_unlocked", actor=actor, subject=username, body={})


def password_set(*, actor: str, username: str) -> Entry:
    """Somebody else set the person's password."""
    return entry_add(event="password_set", actor=actor, subject=username, body={})


def membership_changed(*, actor: str, username: str, added: Sequence[str], removed: Sequence[str]) -> Entry:
    """``added``, ``removed``: codes of the units the person answers for from now on, or no longer."""
    return entry_add(event="membership_changed", actor=actor, subject=username, body={"added": added, "removed": removed})


def alias_changed(*, actor: str, agency: str, added: Sequence[str], removed: Sequence[str]) -> Entry:
    """``added``, ``removed``: texts that mean the unit from now on, or no longer."""
    return entry_add(event="alias_changed", actor=actor, subject=agency, body={"added": added, "removed": removed})


def personal_revealed(*, actor: str, system: str, code: str, reason: str) -> Entry:
    """Somebody saw an applicant's full name, for the reason they gave."""
    return entry_add(event="personal_revealed", actor=actor, subject=f"{system}/{code}", body={"reason": reason})


def list_downloaded(*, actor: str, as_of: date, rows: int, conditions: str, columns: Sequence[str]) -> Entry:
    """Somebody took a list of dossiers away that names people, masked as on screen."""
    body: dict[str, JSON] = {"rows": rows, "conditions": conditions, "columns": columns}
    return entry_add(event="list_downloaded", actor=actor, subject=as_of.isoformat(), body=body)


def letter_drafted(*, actor: str, number: int, as_of: date, seal: str, agencies: Sequence[str], sha256: str) -> Entry:
    """A letter was drafted from the published figures of a day."""
    told: dict[str, JSON] = {"as_of": as_of.isoformat(), "seal": seal, "agencies": list(agencies), "sha256": sha256}
    return entry_add(event="letter_drafted", actor=actor, subject=str(number), body=told)


def letter_template_changed(*, actor: str, number: int, sha256: str) -> Entry:
    """Letters are drafted with another template from here on; no digest: with the built-in one."""
    return entry_add(event="letter_template_changed", actor=actor, subject=str(number), body={"sha256": sha256})


def review_criteria_decided(*, actor: str, number: int, limits: Mapping[str, int], reason: str) -> Entry:
    """From here on units are listed for a review of responsibility by these criteria."""
    return entry_add(event="review_criteria_decided", actor=actor, subject=str(number), body={**limits, "reason": reason})


def review_file_made(*, actor: str, agency: str, as_of: date, seal: str, criteria: int, name: str, sha256: str) -> Entry:
    """A file of facts for a review of responsibility was taken away. ``agency``: a unit's code, "" for all."""
    told: dict[str, JSON] = {"as_of": as_of.isoformat(), "seal": seal, "criteria": criteria, "file_name": name, "sha256": sha256}
    return entry_add(event="review_file_made", actor=actor, subject=agency, body=told)


def api_key_given(*, actor: str, key: str, system: str, services: Sequence[str], expires_on: date | None) -> Entry:
    """From here on a program may push dossiers of a system. ``key``: its name and first characters, never the secret."""
    body: dict[str, JSON] = {"system": system, "services": services, "expires_on": expires_on.isoformat() if expires_on else None}
    return entry_add(event="api_key_given", actor=actor, subject=key, body=body)


def api_key_revoked(*, actor: str, key: str, system: str) -> Entry:
    """From here on the key opens nothing."""
    return entry_add(event="api_key_revoked", actor=actor, subject=key, body={"system": system})


def calendar_key_given(*, actor: str, username: str) -> Entry:
    """From here on a secret address shows the person's due dates to whoever has it."""
    return entry_add(event="calendar_key_given", actor=actor, subject=username, body={})


def calendar_key_renewed(*, actor: str, username: str) -> Entry:
    """A new secret address; the one before it opens nothing any more."""
    return entry_add(event="calendar_key_renewed", actor=actor, subject=username, body={})


def calendar_key_withdrawn(*, actor: str, username: str) -> Entry:
    return entry_add(event="calendar_key_withdrawn", actor=actor, subject=username, body={})


def explanation_called(*, actor: str, letter: str, agencies: Sequence[str], answer_by: date) -> Entry:
    """Units (codes) are asked to explain the dossiers a letter is about."""
    return entry_add(
        event="explanation_called",
        actor=actor,
        subject=letter,
        body={"agencies": agencies, "answer_by": answer_by.isoformat()},
    )


def explanation_submitted(*, actor: str, number: int, agency: str, dossiers: Sequence[str], said: Mapping[str, JSON]) -> Entry:
    """A unit answered. ``dossiers``: ``system/code`` of each.

    ``said``: letter, reason, promised_on, replaces, and the digests of text and attachment: applicants' names stay out of here.
    """
    body: dict[str, JSON] = {"agency": agency, "dossiers": dossiers, "count": len(dossiers), **said}
    return entry_add(event="explanation_submitted", actor=actor, subject=str(number), body=body)


def explanation_accepted(*, actor: str, number: int, agency: str, remark_sha256: str) -> Entry:
    body: dict[str, JSON] = {"agency": agency, "remark_sha256": remark_sha256}
    return entry_add(event="explanation_accepted", actor=actor, subject=str(number), body=body)


def explanation_returned(*, actor: str, number: int, agency: str, remark_sha256: str) -> Entry:
    """The unit has to answer anew; why is beside the explanation, here only its digest."""
    body: dict[str, JSON] = {"agency": agency, "remark_sha256": remark_sha256}
    return entry_add(event="explanation_returned", actor=actor, subject=str(number), body=body)


def notices_sent(*, actor: str, told: Mapping[str, Sequence[str]]) -> Entry:
    """People were told something in the application. ``told``: sign-in names of those told, by the notice's key."""
    return entry_add(event="notices_sent", actor=actor, subject=str(sum(map(len, told.values()))), body=told)


def baselines_fixed(
    *, actor: str, reference: str, as_of: Sequence[date], lists: int, dossiers: int, evidence: Mapping[str, JSON]
) -> Entry:
    """The dossiers behind a letter's figures are listed once and for good. ``evidence``: the digest of the lists, the figures
    the letter quotes beside ours, whether the scope is inferred.
    """
    days: list[JSON] = [day.isoformat() for day in as_of]
    body: dict[str, JSON] = {"as_of": days, "lists": lists, "dossiers": dossiers, **evidence}
    return entry_add(event="baselines_fixed", actor=actor, subject=reference, body=body)


def obligation_answered(*, actor: str, reference: str, number: int, agency: str, state: str, text: str) -> Entry:
    """A unit said how far it is with an order that no figure measures. ``state``: the word on screen; the text as its digest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    body: dict[str, JSON] = {"number": number, "agency": agency, "state": state, "text_sha256": digest}
    return entry_add(event="obligation_answered", actor=actor, subject=reference, body=body)


def letter_read(*, actor: str, draft: int, file_name: str, sha256: str) -> Entry:
    """A letter's text was brought in and read. ``sha256``: of the text."""
    return entry_add(event="letter_read", actor=actor, subject=str(draft), body={"file_name": file_name, "sha256": sha256})


def letter_confirmed(*, actor: str, reference: str, draft: int, sha256: str, counts: Mapping[str, int]) -> Entry:
    """A person said what a letter says; it stands from here on. ``counts``: cited, addressees, figures, obligations."""
    body: dict[str, JSON] = {"draft": draft, "sha256": sha256, **counts}
    return entry_add(event="letter_confirmed", actor=actor, subject=reference, body=body)


def delivery_expected(*, actor: str, number: int, system: str, said: Mapping[str, str]) -> Entry:
    """From here on a file is expected by an hour. ``said``: kind, days, by, active_from, watcher, note as on screen."""
    return entry_add(event="delivery_expected", actor=actor, subject=system, body={"number": number, **said})


def delivery_changed(*, actor: str, number: int, replaces: int, system: str, said: Mapping[str, str]) -> Entry:
    """What is expected changed; where days were judged by it already, ``number`` takes the place of ``replaces``."""
    return entry_add(event="delivery_changed", actor=actor, subject=system, body={"number": number, "replaces": replaces, **said})


def delivery_stopped(*, actor: str, number: int, system: str, since: date) -> Entry:
    """A file is no longer expected, and nobody is alarmed, from this day on."""
    return entry_add(event="delivery_stopped", actor=actor, subject=system, body={"number": number, "since": since.isoformat()})
