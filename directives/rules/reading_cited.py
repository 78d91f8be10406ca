"""The documents a letter cites, and its footnotes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from directives.rules.reading_found import Cited, Note
from directives.rules.reading_outline import NOTE_MARK
from directives.rules.reading_text import (
    DAY,
    LOWER,
    REFERENCE,
    SUPERSCRIPTS,
    Page,
    Part,
    any_of,
    day_of,
    rx,
    squeeze,
    written_reference,
)

KINDS = any_of(
    """công văn, chỉ thị, quyết định, nghị định, nghị quyết, thông tư, thông báo, kết luận, kế hoạch, báo cáo, tờ trình, công
    điện, luật, hướng dẫn, văn bản, quy định, quy chế"""
)
LETTERS = frozenset({"công văn", "chỉ thị", "công điện", "thông báo", "kết luận", "văn bản"})  # what orders; laws do not
_KIND_BEFORE = rx(rf"\b(?P<kind>{KINDS}) (?:số )?:?\s*$", re.IGNORECASE)
_NUMBER_BEFORE = rx(r"\bsố\s*:?\s*$", re.IGNORECASE)
_LOOK_BACK = 60  # characters: the longest kind and "số"
_DATED = rx(rf"\s*,?\s*\(?(?:ban hành |ký )?(?:ngày )?{DAY}")
_BY = rx(
    rf"\s*,?\s*của (?P<issuer>[^,;.()\n{SUPERSCRIPTS}]+?)(?=\s*(?:[,;.()\n{SUPERSCRIPTS}]|$)| và (?:(?i:{KINDS})|[{LOWER}])"
    r"| (?:ngày|về|tại|V/v|yêu cầu|chỉ đạo|đã|không|được|có|là|nêu|trên|để|nhằm|giao)\b)"
)
_WHO = any_of("chủ tịch, ủy ban, uỷ ban, ubnd, thường trực, văn phòng, sở, ban, trung tâm, yêu cầu, đề nghị")
_END = rf"[;.()“”{SUPERSCRIPTS}]| và (?:{KINDS}|số) |, (?:{KINDS}|số|{_WHO}) |\n\s*\n|$"
_ABOUT = rx(rf"\s*,?\s*(?:về việc|v/v) (?P<subject>.{{1,600}}?)(?={_END})", re.IGNORECASE | re.DOTALL)


def read_cited(page: Page, part: Part) -> tuple[Cited, ...]:
    """Every document named there, in order of first mention; what any mention says of one is kept."""
    found: dict[str, Cited] = {}
    for mention in _mentions(page, part):
        known = found.get(mention.reference)
        found[mention.reference] = _joined(known, mention) if known else mention
    return tuple(found.values())


def _mentions(page: Page, part: Part) -> Iterator[Cited]:
    kind = ""
    for found in rx(REFERENCE).finditer(page.text, part.start, part.end):
        before = page.text[max(part.start, found.start() - _LOOK_BACK) : found.start()]
        named = _KIND_BEFORE.search(before)
        if named:
            kind = squeeze(named["kind"]).lower()
        yield _mention(page, found, kind if named or _NUMBER_BEFORE.search(before) else "", part.end)


def _mention(page: Page, found: re.Match[str], kind: str, limit: int) -> Cited:
    """The reference with what follows it: the day and the issuer in either order, then the subject."""
    end, dated, by = found.end(), None, None
    for _either in range(2):
        dated = dated or _DATED.match(page.text, end, limit)
        end = max(end, dated.end() if dated else end)
        by = by or _BY.match(page.text, end, limit)
        end = max(end, by.end() if by else end)
    about = _ABOUT.match(page.text, end, limit)
    words = page.piece(found.start(), end)
    return Cited(
        reference=written_reference(found),
        kind=kind,
        words=words,
        mentions=(words,),
        issued_on=day_of(dated) if dated else None,
        issuer=squeeze(by["issuer"]) if by else "",
        subject=squeeze(about["subject"]) if about else "",
    )


def _joined(known: Cited, mention: Cited) -> Cited:
    return replace(
        known,
        kind=known.kind or mention.kind,
        mentions=(*known.mentions, *mention.mentions),
        issued_on=known.issued_on or mention.issued_on,
        issuer=known.issuer or mention.issuer,
        subject=known.subject or mention.subject,
    )


# A mark set to a word: a plain figure is one only right behind a letter.
_SET = re.compile(
    rf"(?<=[^\s\d])(?:[{SUPERSCRIPTS}]+|\*+|\[\d{{1,2}}\])|(?<=[^\s.;:])\s?(?:\(\d{{1,2}}\)|\(\*+\))|(?<=[{LOWER}])\d{{1,2}}(?!\d)"
)


def marks_set(page: Page, body: Part) -> dict[str, Part]:
    """The marks of footnotes set to words of the running text, each where it first is."""
    found: dict[str, Part] = {}
    for mark in _SET.finditer(page.text, body.start, body.end):
        found.setdefault(mark[0].strip(), Part(mark.start(), mark.end()))
    return found


def note_mark(page: Page, part: Part, marks: Mapping[str, Part]) -> str:
    """The mark a footnote begins with; empty when the paragraph is none.

    Raised figures always mark one. Other marks, which may as well number a list, must have been set to a word before.
    """
    found = NOTE_MARK.match(page.text, part.start, part.end)
    if not found:
        return ""
    known = found[0] in marks and marks[found[0]].start < part.start
    return found[0] if known or found[0][0] in SUPERSCRIPTS else ""


def read_notes(page: Page, parts: Iterable[Part], marks: Mapping[str, Part]) -> tuple[Note, ...]:
    """The footnotes among these paragraphs, joined to their marks."""
    return tuple(_note(page, part, mark, marks) for part in parts if (mark := note_mark(page, part, marks)))


def _note(page: Page, part: Part, mark: str, marks: Mapping[str, Part]) -> Note:
    at = marks.get(mark)
    words = page.piece(part.start + len(mark), part.end)
    return Note(mark, words, page.piece(at.start, at.end) if at and at.start < part.start else None)
