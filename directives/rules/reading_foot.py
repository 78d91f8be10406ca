"""The foot of a letter: who else gets it, who signed, for whom and as what."""

import re
from collections.abc import Iterator

from directives.rules.reading_found import Signer
from directives.rules.reading_head import GAP
from directives.rules.reading_outline import lines
from directives.rules.reading_text import DASH, LOWER, UPPER, Page, Part, Piece, any_of, rx

ANNEX = rx(r"^\s*PHỤ LỤC\b|^[^|\n]*\s\|(?:\s|$)", re.MULTILINE)  # or a table: nothing of the foot is one
RECEIVED = rx(r"^\s*Nơi nhận\b\s*:?", re.IGNORECASE | re.MULTILINE)
_OFFICES = any_of(
    """CHỦ TỊCH, CHÁNH VĂN PHÒNG, CHÁNH THANH TRA, GIÁM ĐỐC, TỔNG GIÁM ĐỐC, TRƯỞNG BAN, BÍ THƯ, CỤC TRƯỞNG, CHI CỤC TRƯỞNG,
    TRƯỞNG PHÒNG, THỦ TRƯỞNG, THỦ TƯỚNG, BỘ TRƯỞNG, THỨ TRƯỞNG"""
)
_OFFICE = rf"(?:(?:Q\.|QUYỀN|PHÓ) )*{_OFFICES}(?: THƯỜNG TRỰC)?"
_FOR = rf"(?:TM|T/M|KT|K/T|TL|T/L|TUQ)(?:\.\s*| )[{UPPER}][{UPPER}\x20]*[{UPPER}]"
CAPACITY = rx(rf"^\s*(?:{_FOR}|{_OFFICE})\s*$", re.MULTILINE)
_FOR_LINE, _OFFICE_LINE = rx(_FOR, re.IGNORECASE), rx(_OFFICE, re.IGNORECASE)  # small letters too, as some type it
_TRAILING_OFFICE = rx(rf"(?<=[;:.,]) (?P<office>{_FOR}|{_OFFICE})\s*$")
_TRAILING_NAME = rx(rf"(?<=[;.]) (?P<name>(?:[{UPPER}][{LOWER}]* ){{1,4}}[{UPPER}][{LOWER}]*)\s*$")
_TITLE = r"(?:(?:ThS|TS|PGS|GS|BS|KS|CN)\.\s*)*"
_NAME = rx(rf"{_TITLE}[{UPPER}][{LOWER}]*(?: [{UPPER}][{LOWER}]*){{1,5}}")
_NO_NAME = rx(
    any_of("Đã ký, Chữ ký, Người ký, Thời gian, Cơ quan, Email, Ký bởi, Nơi nhận, Như trên, Kính gửi, Phụ lục, Kon Tum") + r"\b",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"{DASH}|[+•]|Lưu\s*:|Như trên")
_MARK = re.compile(rf"(?:{DASH}\s*)?(?:[+•]\s*)?")


def read_foot(page: Page, foot: Part) -> tuple[tuple[Piece, ...], Signer | None]:
    """The list under "Nơi nhận", and the signer. The two columns may come mixed line by line."""
    received = RECEIVED.search(page.text, foot.start, foot.end)
    recipients: list[Part] = []
    others: list[Part] = []
    for part in _parts(page, foot):
        if received and part.start >= received.end() and _ITEM.match(page.words(part)):
            recipients.append(part)
        elif recipients and _goes_on(page, recipients[-1], part):
            recipients[-1] = Part(recipients[-1].start, part.end)
        else:
            others.append(part)
    return tuple(_recipient(page, part) for part in recipients), _signer(page, others)


def _parts(page: Page, foot: Part) -> Iterator[Part]:
    """The foot's lines without "Nơi nhận", cut where the other column begins."""
    for line in lines(page.text, foot):
        heading = RECEIVED.match(page.text, line.start, line.end)
        start = heading.end() if heading else line.start
        cuts = [gap.span() for gap in GAP.finditer(page.text, start, line.end)]
        if heading or _ITEM.match(page.text, line.start, line.end):
            for pattern, group in ((_TRAILING_OFFICE, "office"), (_TRAILING_NAME, "name")):
                if found := pattern.search(page.text, line.start, line.end):
                    cuts.append((found.start(), found.start(group)))
        for cut, after in [*sorted(cuts), (line.end, line.end)]:
            if page.text[start:cut].strip():
                yield _trimmed(page, start, cut)
            start = max(start, after)


def _trimmed(page: Page, start: int, end: int) -> Part:
    words = page.text[start:end]
    return Part(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _recipient(page: Page, part: Part) -> Piece:
    marker = _MARK.match(page.words(part))
    start = part.start + (marker.end() if marker else 0)
    return page.piece(start, start + len(page.text[start : part.end].rstrip(" ;.,")))


def _goes_on(page: Page, last: Part, part: Part) -> bool:
    """A wrapped line of the list, right behind one that was not ended; no office and no name."""
    words = page.words(part)
    apart = page.words(last).endswith((";", ".", ",")) or page.text.count("\n", last.end, part.start) > 1
    return not (apart or words.isupper() or _NAME.fullmatch(words))


def _signer(page: Page, parts: list[Part]) -> Signer | None:
    own, capacity, names = list[Piece](), list[Piece](), list[Piece]()
    for piece in (page.piece(part.start, part.end) for part in parts):
        if _FOR_LINE.fullmatch(piece.text):
            capacity.append(piece)
        elif _OFFICE_LINE.fullmatch(piece.text):
            own.append(piece)
        elif _NAME.fullmatch(piece.text) and not _NO_NAME.match(piece.text):
            names.append(piece)
    if not (own or capacity or names):
        return None
    return Signer(names[-1] if names else None, own[-1] if own else None, tuple(capacity))
