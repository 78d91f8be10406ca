"""The file of letters: facts taken from the letters themselves, nothing supposed. What is unknown is empty."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ALL = "addressees"  # an order to everybody the letter addresses


@dataclass(frozen=True, slots=True)
class Figure:
    """An overdue count the letter quotes; ``quote`` is its sentence."""

    agency: str
    system: str
    as_of: date
    value: int
    quote: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the letter demands, in its sentence; ``agencies`` are the units it binds. Empty: the letter does not say."""

    sentence: str
    addressee: str
    partner: str
    agencies: tuple[str, ...]
    kind: str
    system: str
    percent: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """``addressees``: (the letter's own words, codes of the units they mean). Empty when the letter's text is not known."""

    reference: str
    slug: str
    issued_on: date
    issuer: str
    signer: str
    subject: str
    text: str
    source: str
    verified: bool
    remark: str
    cites: tuple[str, ...]
    addressees: tuple[tuple[str, tuple[str, ...]], ...]
    orders: tuple[Order, ...]
    figures: tuple[Figure, ...]


def read_letters(path: Path) -> list[Letter]:
    """Letters from JSON; texts from the files beside it, whose asterisks only mark bold and italics."""
    return [
        Letter(
            reference=item["reference"],
            slug=item["slug"],
            issued_on=date.fromisoformat(item["issued_on"]),
            issuer=item["issuer"],
            signer=item["signer"],
            subject=item["subject"],
            text=(path.parent / item["text_file"]).read_text(encoding="utf-8").replace("*", "").strip()
            if item["text_file"]
            else "",
            source=item["source"],
            verified=item["verified"],
            remark=item["remark"],
            cites=tuple(item["cites"]),
            addressees=tuple((to["label"], tuple(to["agencies"])) for to in item["addressees"]),
            orders=tuple(_order(each, item["addressees"]) for each in item["orders"]),
            figures=tuple(
                Figure(each["agency"], each["system"], date.fromisoformat(each["as_of"]), each["value"], each["quote"])
                for each in item["figures"]
            ),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]


def _order(item: Mapping[str, Any], addressees: Iterable[Mapping[str, Any]]) -> Order:
    everybody = dict.fromkeys(code for to in addressees for code in to["agencies"])
    return Order(
        sentence=item["sentence"],
        addressee=item["addressee"],
        partner=item["partner"],
        agencies=tuple(everybody if item["agencies"] == ALL else item["agencies"]),
        kind=item["kind"],
        system=item["system"],
        percent=item["percent"],
        due_on=date.fromisoformat(item["due_on"]) if item["due_on"] else None,
    )
