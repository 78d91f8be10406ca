"""Reading evidence: the chain in order, its head, an entry in words."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime

from journal.models import Entry
from journal.rules import JSON
from journal.texts import TEXTS

CHUNK = 5000


class _Gaps(dict[str, object]):
    """An old entry may lack what a newer text asks for."""

    def __missing__(self, key: str) -> str:
        return "…"


def entries_in_order() -> Iterator[Entry]:
    """Every entry by number, streamed."""
    return Entry.objects.order_by("seq").iterator(chunk_size=CHUNK)


def last_entry(event: str) -> Entry | None:
    return Entry.objects.filter(event=event).order_by("-seq").first()


def head() -> str:
    """The newest entry's seal, empty before the first. It covers every entry before it, so it is also a version of all
    that is only ever changed together with an entry: files taken in, nights, units, procedures, days off."""
    return Entry.objects.order_by("-seq").values_list("hash", flat=True).first() or ""


def night_seal(as_of: date) -> str:
    """Names the frozen figures of a date on paper: number and first letters of the hash of the entry that froze them."""
    frozen = Entry.objects.filter(event="night_done", subject=as_of.isoformat()).order_by("-seq").first()
    return _seal(frozen) if frozen else ""


def night_seals(days: Collection[date]) -> dict[date, str]:
    """``night_seal`` of each of these dates that is frozen."""
    frozen = Entry.objects.filter(event="night_done", subject__in=[day.isoformat() for day in days]).order_by("seq")
    return {date.fromisoformat(entry.subject): _seal(entry) for entry in frozen}


def _seal(entry: Entry) -> str:
    return f"{entry.seq}-{entry.hash[:12]}"


def changed_at() -> datetime | None:
    """When the newest entry was written: nothing that ``head`` is a version of has changed since."""
    return Entry.objects.order_by("-seq").values_list("at", flat=True).first()


def event_name(event: str) -> str:
    """What the kind of act is called on screen."""
    return str(TEXTS[event].name) if event in TEXTS else event


def entry_text(entry: Entry) -> str:
    """One Vietnamese sentence; an event without a text of its own shows its name and subject."""
    template = str(TEXTS[entry.event].sentence) if entry.event in TEXTS else "{event}: {subject}"
    body: dict[str, JSON] = json.loads(entry.body)
    words = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in body.items()}
    return template.format_map(_Gaps(words, actor=entry.actor, subject=entry.subject, event=entry.event))
