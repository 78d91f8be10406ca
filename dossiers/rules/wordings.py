"""What an unknown word may mean: candidates with how near they are. A person chooses; nothing is taken by itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from agencies.rules import fold
from dossiers.rules.cells import DATE_MARK, MomentError, moment, shown
from dossiers.rules.status import parse_status

MOST, NEAR, NEARER = 5, 0.55, 0.75
LIKELY = 0.6  # of a column's filled cells
_CODE = re.compile(r"[0-9A-Z.]{6,}-\d{6}-\d{3,6}|\d{3}-\d{4}-\d{4,}")


class Candidate(NamedTuple):
    """``score``: hundredths, 100 is the same word."""

    key: str
    score: int


def candidates(text: str, names: Mapping[str, str], *, most: int = MOST, least: float = NEAR) -> list[Candidate]:
    """Of these names by their keys, those nearest to a text, the nearest first."""
    wanted = fold(text)
    scored = ((key, SequenceMatcher(None, wanted, fold(name)).ratio()) for key, name in names.items())
    near = sorted(((key, score) for key, score in scored if score >= least), key=lambda pair: -pair[1])
    return [Candidate(key, round(100 * score)) for key, score in near[:most]]


def suggested_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]], is_unit: Callable[[str], bool]
) -> dict[int, str]:
    """For each place of a header the column of ours it most likely is: by its name, else by what stands below it.

    ``names``: what each of our columns is called. Each column is suggested once.
    """
    found: dict[int, str] = {}
    for place, cell in enumerate(header):
        called = {f"{column}|{name}": name for column, known in names.items() for name in known}
        if near := candidates(cell, called, most=1, least=NEARER):
            _suggest(found, place, near[0].key.partition("|")[0])
    for place in range(len(header)):
        if place not in found and (column := _by_content([row[place] for row in rows if place < len(row)], is_unit)):
            _suggest(found, place, column)
    return found


def _suggest(found: dict[int, str], place: int, column: str) -> None:
    if column not in found.values():
        found[place] = column


def _by_content(cells: Iterable[str], is_unit: Callable[[str], bool]) -> str:
    filled = [cell for cell in cells if cell]
    kinds = Counter(kind for cell in filled if (kind := _kind(cell, is_unit)))
    kind, number = kinds.most_common(1)[0] if kinds else ("", 0)
    return kind if number >= LIKELY * len(filled) else ""


def _kind(cell: str, is_unit: Callable[[str], bool]) -> str:
    text = shown(cell).strip()
    if _CODE.fullmatch(text):
        return "code"
    if cell[0] == DATE_MARK or _is_date(cell):
        return "received"
    if not text.isdecimal() and parse_status(text):
        return "status"
    return "agency" if is_unit(text) else ""


def _is_date(cell: str) -> bool:
    try:
        return not moment(cell).repaired.startswith("date_serial")
    except MomentError:
        return False
