"""What is found in a letter. Every finding has its place; what was not found is None or empty, and is never made up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from directives.rules.reading_text import Piece

System = Literal["old", "new", ""]  # "": not said, or both
DeadlineRule = Literal["before", "by", "within", "after", "recurring"]
DemandKind = Literal["settled", "cleared", "reduced"]  # as directives.models.Obligation.Kind


@dataclass(frozen=True, slots=True)
class Issued:
    """The day a letter bears; ``day`` is None when the calendar has no such day."""

    words: Piece
    day: date | None


@dataclass(frozen=True, slots=True)
class Cited:
    """Another document. ``words`` is its first mention, ``mentions`` all of them; the day, the issuer and the subject if said."""

    reference: str
    kind: str  # as written: công văn, nghị định, …; empty when not said
    words: Piece
    mentions: tuple[Piece, ...]
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """``day``: the day named, when one is. Otherwise ``count`` of ``unit`` after ``start``, or again and again.

    ``unit``: working_day | day | week | month | hour; ``start``: signed | received | "" (not said).
    """

    words: Piece
    rule: DeadlineRule
    day: date | None = None
    count: int | None = None
    unit: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand that figures can judge. ``percent``: by how much to reduce, when that is what is asked."""

    words: Piece
    kind: DemandKind
    system: System = ""
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody must do. ``point``: where it stands, e.g. "1", "II.1.b"; ``item``: which of its list, 0 when in none.

    ``addressee``: who, in the letter's words; ``inherited``: named above the order, not in it.
    """

    point: str
    item: int
    words: Piece
    addressee: Piece | None
    inherited: bool = False
    partner: Piece | None = None
    deadlines: tuple[Deadline, ...] = ()
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of overdue dossiers. ``sentence``: from its unit to the end of its clause; ``corrects``: the value it replaces."""

    words: Piece
    value: int
    unit: Piece | None
    system: System
    as_of: date | None
    sentence: str
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; ``at`` is its mark in the running text, when there is one."""

    mark: str
    words: Piece
    at: Piece | None


@dataclass(frozen=True, slots=True)
class Signer:
    """``capacity``: TM., KT., TL., TUQ. with whom they stand for; ``office``: the signer's own."""

    name: Piece | None
    office: Piece | None
    capacity: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as read."""

    reference: Piece | None = None
    place: Piece | None = None
    issued: Issued | None = None
    superior: Piece | None = None
    issuer: Piece | None = None
    subject: Piece | None = None
    addressees: tuple[Piece, ...] = ()
    cited: tuple[Cited, ...] = ()
    orders: tuple[Order, ...] = ()
    closing: Piece | None = None
    figures: tuple[Figure, ...] = ()
    notes: tuple[Note, ...] = ()
    recipients: tuple[Piece, ...] = ()
    signer: Signer | None = None
