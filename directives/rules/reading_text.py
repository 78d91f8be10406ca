"""A letter's text made even to read, each character with its place in the text as it came; days and references all letters use.

Letters come decomposed (NFD), with hard spaces, soft hyphens, foreign line ends and, from notes, asterisks for bold: none of it
means anything, and none of it may move a finding's place.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

_UPPER_VOWELS = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "AĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
UPPER, LOWER = f"A-ZĐ{_UPPER_VOWELS}", f"a-zđ{_UPPER_VOWELS.lower()}"  # inside [ ] of a pattern
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DASH = "[-‐‑–—−]"

_LINE_END = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_NOTHING = "[\u200b-\u200f\u2060\ufeff\u00ad\x00]"
_LETTER = ".[\u0300-\u036f]*"
_PIECES = re.compile(f"(?P<end>{_LINE_END})|(?P<space>{_SPACE})|(?P<nothing>{_NOTHING})|{_LETTER}", re.DOTALL)
# **bold** and *italics* of notes; not the star of a footnote "(*)" nor the one under a Party organ's name.
_GAP = re.compile(r"[ \t]{40,}")
_EMPHASIS = re.compile(r"(?P<mark>\*{1,3})(?=[\w“\"(])(?:[^*\n]|\n(?!\s*\n))+?(?<=\S)(?P=mark)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words found: ``text`` evened to single spaces, ``start`` and ``end`` their place in the text as it came."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the even text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The even text; its character i stood from ``places[i]`` to ``ends[i]``."""

    text: str
    places: Sequence[int]
    ends: Sequence[int]

    def piece(self, start: int, end: int, text: str | None = None) -> Piece:
        """What stands there without the space around it, or ``text`` said of it."""
        words = self.text[start:end]
        if not words.strip():
            place = self.places[start] if start < len(self.places) else self.ends[-1] if self.ends else 0
            return Piece("", place, place)
        start, last = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()) - 1
        return Piece(squeeze(words) if text is None else text, self.places[start], self.ends[last])

    def words(self, part: Part) -> str:
        return self.text[part.start : part.end]

    def flowing(self, parts: Iterable[Part]) -> "Page":
        """The page without the line breaks inside these parts; every place stays."""
        characters = list(self.text)
        for part in parts:
            characters[part.start : part.end] = self.words(part).replace("\n", " ")
        return Page("".join(characters), self.places, self.ends)


def page_of(text: str) -> Page:
    stars = {place for found in _EMPHASIS.finditer(text) for place in _marks(found)}
    characters: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    for found in _PIECES.finditer(text):
        if found["nothing"] or found.start() in stars:
            continue
        even = "\n" if found["end"] else " " if found["space"] else unicodedata.normalize("NFC", found[0])
        characters.append(even)
        places.extend([found.start()] * len(even))
        ends.extend([found.end()] * len(even))
    return Page("".join(characters), places, ends)


def _marks(found: re.Match[str]) -> Iterator[int]:
    size = len(found["mark"])
    yield from range(found.start(), found.start() + size)
    yield from range(found.end() - size, found.end())


def clean(text: str) -> str:
    """The text as it is kept: even, no space at line ends, at most one blank line together, no endless gaps."""
    lines = [_GAP.sub(" " * 40, line.rstrip()) for line in page_of(text).text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def squeeze(text: str) -> str:
    return " ".join(text.split())


@cache
def rx(words: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which a space is any white space, line breaks too."""
    return re.compile(words.replace(" ", r"\s+"), flags)


def any_of(words: str) -> str:
    """A pattern for any of the words (or patterns) given with commas between; the longest is tried first."""
    choices = sorted((squeeze(word) for word in words.split(",")), key=len, reverse=True)
    return f"(?:{'|'.join(choices)})"


# Days. A day that the calendar does not have is no day.

DAY = r"(?P<day>\d{1,2})(?: tháng (?P<month>\d{1,2}) năm |\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?)(?P<year>\d{4})(?!\d)"


def day_of(found: re.Match[str]) -> date | None:
    """The day a match of DAY names."""
    return day_or_none(int(found["year"]), int(found["month"] or found["month2"]), int(found["day"]))


def day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# References (Nghị định 30/2020/NĐ-CP, appendix I): 3812/UBND-TTHCC, 61/2018/NĐ-CP; of the Party: 3573-CV/VPTU.

_WORD = f"[A-ZĐ][A-ZĐ0-9]*g?(?:\\.[A-ZĐ][A-ZĐ0-9]*)*(?![{LOWER}])"
_STATE = rf"(?P<number>\d{{1,5}}[a-zđ]?)\s*/\s*(?:(?P<law_year>\d{{4}})\s*/\s*)?(?P<symbol>{_WORD}(?:\s*{DASH}\s*{_WORD})*)"
_PARTY = rf"(?P<party_number>\d{{1,5}}[a-zđ]?)\s*{DASH}\s*(?P<kind>[A-ZĐ]{{2,4}})\s*/\s*(?P<organ>{_WORD})"
REFERENCE = f"(?<![\\d/])(?:{_STATE}|{_PARTY})"
_REFERENCE = re.compile(REFERENCE)


def reference_of(text: str) -> str:
    """The one way a reference is written, e.g. of "Số: 3812 /UBND-TTHCC"; empty when the text holds none."""
    found = _REFERENCE.search(text)
    return written_reference(found) if found else ""


def written_reference(found: re.Match[str]) -> str:
    parts = reference_parts(found)
    if found["party_number"]:
        return f"{parts[0]}-{parts[1]}/{parts[2]}"
    head = f"{found['number']}/{found['law_year']}" if found["law_year"] else parts[0]
    return f"{head}/{'-'.join(parts[1:])}"


def reference_parts(found: re.Match[str]) -> tuple[str, ...]:
    """(3812, UBND, TTHCC); (3573, CV, VPTU)."""
    if found["party_number"]:
        return found["party_number"], found["kind"], found["organ"]
    return found["number"], *(re.sub(r"\s", "", word) for word in re.split(rf"\s*{DASH}\s*", found["symbol"]))
