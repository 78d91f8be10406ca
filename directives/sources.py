"""The file of letters: facts taken from the letters themselves, nothing supposed. What is unknown is empty."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """An overdue count the letter quotes; ``quote`` is its sentence."""

    agency: str
    system: str
    as_of: date
    value: int
    quote: str


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
            figures=tuple(
                Figure(each["agency"], each["system"], date.fromisoformat(each["as_of"]), each["value"], each["quote"])
                for each in item["figures"]
            ),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]
