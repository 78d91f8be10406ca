"""What counts as one evidence entry, and the chain, in plain Python: a second implementation beside the database's trigger."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeAlias

JSON: TypeAlias = "str | int | float | bool | Sequence[JSON] | Mapping[str, JSON] | None"

SEPARATOR = "\x1f"
FIRST_PREVIOUS = "0" * 64


class Sealed(Protocol):
    """An entry as read back."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def previous(self) -> str: ...
    @property
    def hash(self) -> str: ...


def canonical(body: Mapping[str, JSON]) -> str:
    """The one way a body is written: keys sorted, no spaces, letters as they are."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sealed_text(entry: Sealed) -> str:
    """The text under the hash: every column but the hash, in order."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return SEPARATOR.join((str(entry.seq), at, entry.actor, entry.event, entry.subject, entry.body, entry.previous))


def entry_hash(entry: Sealed) -> str:
    return hashlib.sha256(sealed_text(entry).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head noted elsewhere (a printed report, a log on another machine): only it can show that the tail was cut."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """``problem``: missing | chain | content | tail; empty when the chain is whole. ``seq``, ``at``: the first bad entry."""

    entries: int
    head: str
    problem: str = ""
    seq: int | None = None
    at: datetime | None = None

    @property
    def ok(self) -> bool:
        return not self.problem


def verify(entries: Iterable[Sealed], *, anchor: Anchor | None = None) -> Verification:
    """Walk the chain in order of ``seq`` and stop at the first entry that does not fit; memory does not grow with length."""
    count, head, anchored = 0, FIRST_PREVIOUS, anchor is None
    for entry in entries:
        problem = _problem(entry, count + 1, head)
        if problem:
            return Verification(count, head, problem, entry.seq, entry.at)
        count, head = count + 1, entry.hash
        anchored = anchored or (anchor is not None and (anchor.seq, anchor.hash) == (count, head))
    if not anchored and anchor is not None:
        return Verification(count, head, "tail", anchor.seq)
    return Verification(count, head)


def _problem(entry: Sealed, expected_seq: int, previous: str) -> str:
    if entry.seq != expected_seq:
        return "missing"
    if entry_hash(entry) != entry.hash:
        return "content"
    return "" if entry.previous == previous else "chain"
