"""What a reading found, without the places: short enough to be written down beside a letter."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple

from directives.rules.reading_found import Figure, Order, Reading, Signer
from directives.rules.reading_text import Piece


class Letter(NamedTuple):
    """``cited``: (reference, day, issuer); ``orders``: (point, addressee, partner, terms, demands)."""

    reference: str
    place: str
    day: date | None
    superior: str
    issuer: str
    subject: str
    addressees: list[str]
    cited: list[tuple[str, date | None, str]]
    orders: list[tuple[str, str, str, list[Any], list[Any]]]
    figures: list[tuple[str, str, date | None, int]]
    notes: list[tuple[str, bool]]
    recipients: list[str]
    signer: tuple[str, str, list[str]]


def text(piece: Piece | None) -> str:
    return piece.text if piece else ""


def found(reading: Reading) -> Letter:
    return Letter(
        reference=text(reading.reference),
        place=text(reading.place),
        day=reading.issued.day if reading.issued else None,
        superior=text(reading.superior),
        issuer=text(reading.issuer),
        subject=text(reading.subject),
        addressees=[piece.text for piece in reading.addressees],
        cited=[(each.reference, each.issued_on, each.issuer) for each in reading.cited],
        orders=[order(each) for each in reading.orders],
        figures=[figure(each) for each in reading.figures],
        notes=[(note.mark, note.at is not None) for note in reading.notes],
        recipients=[piece.text for piece in reading.recipients],
        signer=signer(reading.signer),
    )


def order(each: Order) -> tuple[str, str, str, list[Any], list[Any]]:
    """A term is its day, or (count, unit, start), or its words when it comes again; a demand is (kind, system, percent)."""
    point = f"{each.point}-{each.item}" if each.item else each.point
    terms = [term.day or ((term.count, term.unit, term.start) if term.count else term.words.text) for term in each.deadlines]
    demands = [(demand.kind, demand.system, demand.percent) for demand in each.demands]
    return point, text(each.addressee), text(each.partner), terms, demands


def figure(each: Figure) -> tuple[str, str, date | None, int]:
    return text(each.unit), each.system, each.as_of, each.value


def signer(signer: Signer | None) -> tuple[str, str, list[str]]:
    if signer is None:
        return "", "", []
    return text(signer.name), text(signer.office), [piece.text for piece in signer.capacity]


def pieces(value: object) -> Iterator[Piece]:
    """Every piece of a reading."""
    if isinstance(value, Piece):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from pieces(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from pieces(getattr(value, field.name))


def words(value: object) -> Any:
    """A reading with its places taken out, to compare letters that differ in shape only."""
    if isinstance(value, Piece):
        return value.text
    if isinstance(value, tuple):
        return tuple(words(each) for each in value)
    if is_dataclass(value):
        return tuple(words(getattr(value, field.name)) for field in fields(value))
    return value
