"""A letter's lines joined to paragraphs, and where each stands in the outline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.rules.reading_text import DASH, LOWER, SUPERSCRIPTS, UPPER, Page, Part, rx

_NUMBERED = r"\d{1,2}[.)](?=\s)|Điều\s+\d{1,2}[.:]"
_LETTERED = r"\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s)|[a-zđ]\)"
_MARKER = re.compile(
    rf"(?:(?P<roman>[IVX]{{1,4}}\.(?=\s))|(?P<lettered>{_LETTERED})|(?P<numbered>{_NUMBERED})"
    rf"|(?P<plus>{DASH}\s*[+•]|\+(?=\s))|(?P<dash>{DASH}|[•●▪*](?=\s)))\s*"
)
_DEPTHS = {"roman": 1, "numbered": 2, "lettered": 3, "dash": 4, "plus": 5}
NOTE_MARK = re.compile(rf"[{SUPERSCRIPTS}]+|\(\*+\)|\*+(?=\s)|\[\d{{1,2}}\]|\(\d{{1,2}}\)|\d{{1,2}}(?=\s+[{UPPER}])")
BARRED = re.compile(r"\s\|(?:\s|$)")  # a row of a table with bars between its cells
# … or without bars: a number, a name, figures; under the names of its columns.
BARE_ROW = re.compile(rf"\d{{1,3}}\.?\s+[{UPPER}{LOWER}][^.;:]*(?:\s\d[\d.]*){{2,}}(?<!\.)$")
BARE_COLUMN = r"(?:(?:trên )?hệ thống (?:cũ|mới)|tổng(?: số| cộng)?)"
BARE_HEADING = rx(rf"{BARE_COLUMN}(?: {BARE_COLUMN}){{1,2}}\s*$", re.IGNORECASE)
_ROW_BEGINS = re.compile(rf"(?:\d{{1,3}}\.?\s+)?[{UPPER}]")
_ROW_ENDS = re.compile(r"(?:^|.*\s)\d[\d.]*\s+\d[\d.]*(?<!\.)$")
_OPENING = re.compile(r"(?:Yêu cầu|Đề nghị|Nhận được|Trên đây|Căn cứ|Thực hiện)\s")
_TERMINAL = (".", ";", ":", "!", "?", "…")
_WRAPPED_WIDTH = 130  # a longer line is a whole paragraph as typed, not a line of a page
_FULL = 0.8  # of the widest line: shorter ones end where the writer ended them


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph's place in the outline: 0 running text, 1 "I.", 2 "1.", 3 "a)" or "1.1", 4 "-", 5 "+"."""

    depth: int
    label: str  # of the marker; items of lists have none
    whole: Part
    rest: Part  # without the marker


def step_of(page: Page, part: Part) -> Step:
    found = _MARKER.match(page.text, part.start, part.end)
    if not found or not found.lastgroup:
        return Step(0, "", part, part)
    depth = _DEPTHS[found.lastgroup]
    label = found[0].strip().removeprefix("Điều").strip(" .):\n") if depth < _DEPTHS["dash"] else ""
    return Step(depth, label, part, Part(found.end(), part.end))


def lines(text: str, part: Part) -> Iterator[Part]:
    """The lines that hold anything, without the space around them."""
    for found in re.finditer(r"[^\n]+", text[part.start : part.end]):
        words = found[0].strip()
        if words:
            start = part.start + found.start() + found[0].index(words)
            yield Part(start, start + len(words))


def paragraphs(text: str, part: Part) -> list[Part]:
    """Lines joined to what the writer wrote as one: a wrapped line, or one torn by the end of a page, goes on."""
    found = list(lines(text, part))
    widest = max((each.end - each.start for each in found), default=0)
    joined: list[Part] = []
    for last, each in zip([None, *found], found, strict=False):
        if last and not _begins(text, last, each, widest):
            joined[-1] = Part(joined[-1].start, each.end)
        else:
            joined.append(each)
    return joined


def _begins(text: str, last: Part, line: Part, widest: int) -> bool:
    """Whether a line begins a paragraph."""
    before, words = text[last.start : last.end], text[line.start : line.end]
    if words[0] in SUPERSCRIPTS or any(BARRED.search(line) or BARE_ROW.match(line) for line in (before, words)):
        return True
    if _ROW_BEGINS.match(words) and (BARE_HEADING.search(before) or _ROW_ENDS.match(before)):
        return True
    ended = before.endswith(_TERMINAL)
    blank = text.count("\n", last.end, line.start) > 1
    if (ended or blank) and (_MARKER.match(words) or NOTE_MARK.match(words)):
        return True
    small = not words[0].isupper()
    if blank or widest > _WRAPPED_WIDTH:
        return ended or not small
    if before.endswith("./.") or (ended and _OPENING.match(words)):
        return True
    return ended and not small and last.end - last.start < _FULL * widest
