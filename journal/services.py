"""Writing evidence. Call inside the transaction of the act itself, last: writers queue until the transaction ends."""

from collections.abc import Mapping

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
