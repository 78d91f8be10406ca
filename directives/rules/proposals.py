"""What a reading proposes to be written down, row by row, for a person to correct and confirm.

A row that lacks what it needs, or that quotes a law rather than a letter, is proposed to be left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from directives.rules.reading_cited import LETTERS
from directives.rules.reading_found import Deadline, Demand, Figure, Order, Reading, Signer
from directives.rules.reading_text import SUPERSCRIPTS, Piece
from directives.rules.reading_units import Units

Row = Mapping[str, object]  # what stands in a form's boxes; "at" and "notes" are for the page alone
_OFFICE = re.compile(r"\b(?:chủ tịch|chánh|văn phòng|thanh tra|giám đốc|bí thư|trưởng|thường trực|cục|chi cục|tổng)\b")


@dataclass(frozen=True, slots=True)
class Proposals:
    letter: Row
    addressees: Sequence[Row] = ()
    cited: Sequence[Row] = ()
    figures: Sequence[Row] = ()
    obligations: Sequence[Row] = ()


def proposals(reading: Reading, units: Units) -> Proposals:
    return Proposals(
        letter={
            "reference": _text(reading.reference),
            "issued_on": reading.issued.day if reading.issued else None,
            "issuer": _text(reading.issuer),
            "signer": signed(reading.signer),
            "subject": _text(reading.subject),
        },
        addressees=[
            {"keep": True, "label": to.text, "units": _known(to.text, units), "at": place(to)} for to in reading.addressees
        ],
        cited=[
            {
                "keep": cited.kind in LETTERS or not cited.kind,
                "reference": cited.reference,
                "issued_on": cited.issued_on,
                "issuer": cited.issuer,
                "subject": cited.subject,
                "at": place(cited.words),
            }
            for cited in reading.cited
        ],
        figures=[row.as_form(units) for row in _rows(_told_once(reading.figures, units))],
        obligations=[row for order in reading.orders for row in _obligations(order, units)],
    )


def place(piece: Piece) -> str:
    """How a piece's place is called on the page."""
    return f"t{piece.start}-{piece.end}"


def signed(signer: Signer | None) -> str:
    """ "Chủ tịch Lê Ngọc Tuấn"; "Phó Chủ tịch Y Ngọc (KT. Chủ tịch)"."""
    if signer is None:
        return ""
    for_whom = "; ".join(_office(piece.text) for piece in signer.capacity)
    own = " ".join(filter(None, (_office(_text(signer.office)), _text(signer.name))))
    return f"{own} ({for_whom})" if own and for_whom else own or for_whom


def _office(capitals: str) -> str:
    """KT. CHỦ TỊCH → KT. Chủ tịch."""
    prefix, point, rest = capitals.partition(". ")
    words = (rest if point else prefix).lower()
    words = _OFFICE.sub(lambda found: found[0][:1].upper() + found[0][1:], words)
    written = words[:1].upper() + words[1:]
    return f"{prefix}. {written}" if point else written


def _text(piece: Piece | None) -> str:
    return piece.text if piece else ""


def _known(words: str, units: Units) -> str:
    """The words where every one of them is understood; else nothing, and a person says which units are meant."""
    meant = units.meant(words)
    return words if meant.agencies and not meant.unknown else ""


@dataclass(slots=True)
class _FigureRow:
    """The counts of one unit on one day, a box per system."""

    first: Figure
    values: dict[str, int] = field(default_factory=dict)

    def takes(self, figure: Figure) -> bool:
        same = (figure.unit, figure.as_of) == (self.first.unit, self.first.as_of)
        return same and bool(figure.system) and figure.system not in self.values

    def as_form(self, units: Units) -> Row:
        unit = _text(self.first.unit)
        known = len(units.meant(unit).agencies) == 1
        return {
            "keep": bool(known and self.first.as_of and self.values),
            "unit": unit,
            "as_of": self.first.as_of,
            "old": self.values.get("old"),
            "new": self.values.get("new"),
            "quote": self.first.sentence,
            "at": place(self.first.words),
        }


def _told_once(figures: Sequence[Figure], units: Units) -> Iterator[Figure]:
    """Those with a system, for the others have no box to stand in; what a letter says twice, once."""
    told = set()
    for figure in figures:
        unit = _text(figure.unit)
        what = (units.meant(unit).agencies or unit, figure.system, figure.as_of, figure.value)
        if figure.system and what not in told:
            told.add(what)
            yield figure


def _rows(figures: Iterable[Figure]) -> Iterator[_FigureRow]:
    """Figures side by side as a letter gives them."""
    row: _FigureRow | None = None
    for figure in figures:
        if row is None or not row.takes(figure):
            if row:
                yield row
            row = _FigureRow(figure)
        row.values[figure.system] = figure.value
        if len(figure.sentence) > len(row.first.sentence):
            row.first = figure if row.first.unit == figure.unit else row.first
    if row:
        yield row


def _obligations(order: Order, units: Units) -> Iterator[Row]:
    """One row per demand that figures can judge; an order without any is a task."""
    for demand in order.demands or (None,):
        due = _due(order, demand)
        yield {
            "keep": True,
            "sentence": order.words.text.rstrip(f" .;/{SUPERSCRIPTS}"),
            "addressee": _text(order.addressee),
            "partner": _text(order.partner),
            "units": _known(_text(order.addressee), units),
            "kind": demand.kind if demand else "task",
            "system": demand.system if demand else "",
            "percent": demand.percent if demand else None,
            "due_on": due.day if due else None,
            "notes": [deadline.words.text for deadline in order.deadlines],
            "at": place(order.words),
        }


def _due(order: Order, demand: Demand | None) -> Deadline | None:
    """Of a demand the term named first behind it, else the last one before; of a task the last day named.

    "Trước ngày 30/11/2022" is written down as that day: nobody is told late on a day the words may still allow.
    """
    if demand is None:
        return next((deadline for deadline in reversed(order.deadlines) if deadline.day), None)
    behind = [deadline for deadline in order.deadlines if deadline.words.start > demand.words.start]
    return next(iter(behind or order.deadlines[-1:]), None)
