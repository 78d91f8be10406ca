"""The head of a letter (Nghị định 30/2020/NĐ-CP, appendix I; Hướng dẫn 36-HD/VPTW for the Party): number, place and day, organ,
subject; and whom it addresses.

The two columns of the head come in any order, line by line or one after the other. So what has a form of its own is taken out
first; what stands in capitals then is the organ, what follows "V/v" is the subject.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from directives.rules.reading_found import Issued
from directives.rules.reading_outline import lines
from directives.rules.reading_text import (
    DASH,
    DAY,
    LOWER,
    REFERENCE,
    UPPER,
    Page,
    Part,
    Piece,
    any_of,
    day_of,
    rx,
    squeeze,
    written_reference,
)

MOTTOES = (
    "CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    rf"Độc lập\s*{DASH}\s*Tự do\s*{DASH}\s*Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
)
NUMBER = rf"(?<![^\W\d_]\x20)\bS[ốỐ]\s*:?\s*{REFERENCE}"
EMPTY_NUMBER = r"(?<![^\W\d_]\x20)\bS[ốỐ]\s*:?[\s.…_]*[/-][\w\s/.-]*?(?=\s{2}|\n|$)"
_NAME = f"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]+"
PLACE = f"(?:(?:[Tt]hành phố|[Hh]uyện|[Tt]hị xã|[Tt]ỉnh|[Xx]ã) )?{_NAME}(?: {_NAME}){{0,3}}"
BLANK_DAY = r"[\s.…_\d]*tháng[\s.…_\d]*năm[\s.…_]*\d{0,4}"
PLACE_AND_DAY = f"(?P<place>{PLACE})\\s*, ngày(?: (?P<stated>{DAY})|{BLANK_DAY})"
DAY_BESIDE = rx(rf"\s*,?\s*ngày (?P<stated>{DAY})")  # where no place and day stand: "Số: 3950/UBND-TTHCC ngày 21/11/2022"
SUBJECT = rx(r"^\(?\s*(?:V/v|Về việc)\b\s*:?", re.IGNORECASE)
# "Kính gửi:", or of a telegram (công điện) "CHỦ TỊCH … ĐIỆN:".
ADDRESSED = rx(rf"^\s*(?:[Kk][Íí][Nn][Hh] [Gg][Ửử][Ii]\b\s*:?|[{UPPER}\x20]{{1,120}} ĐIỆN\s*:)", re.MULTILINE)
GAP = re.compile(r"\t+|\s{3,}")
_KINDS = any_of("CÔNG VĂN, CÔNG ĐIỆN, THÔNG BÁO, CHỈ THỊ, KẾ HOẠCH, BÁO CÁO, KẾT LUẬN")
KIND = rx(_KINDS)
KIND_OR_STAMP = rx(f"{_KINDS}|{any_of('HỎA TỐC, HOẢ TỐC, THƯỢNG KHẨN, KHẨN, MẬT, DỰ THẢO')}")
ORGAN = rx(
    any_of(
        """SỞ, VĂN PHÒNG, BAN, TRUNG TÂM, THANH TRA, CHI NHÁNH, CHI CỤC, CỤC, PHÒNG, UBND, HĐND, [ỦU][YỶ] BAN, HỘI ĐỒNG, CÔNG AN,
    TỔ, (?:TỈNH|HUYỆN|THÀNH|THỊ|ĐẢNG) [ỦU][YỶ]"""
    )
    + r"\b"
)
ORGAN_TYPED = re.compile(ORGAN.pattern, re.IGNORECASE)  # typed in small letters
ALONE = ("văn phòng", "thanh tra", "ủy ban nhân dân", "uỷ ban nhân dân", "ubnd")  # of whom, the line above says
PREAMBLE = rx(
    any_of(
        """Thực hiện, Căn cứ, Ngày, Theo, Qua, Để, Sau khi, Trên cơ sở, Triển khai, Tiếp theo, Tiếp tục, Vừa qua, Thời gian, Hiện
    nay, Trong, Nhằm"""
    )
    + r"\b"
)


@dataclass(frozen=True, slots=True)
class Head:
    reference: Piece | None = None
    place: Piece | None = None
    issued: Issued | None = None
    superior: Piece | None = None
    issuer: Piece | None = None
    subject: Piece | None = None


def read_head(page: Page, head: Part) -> Head:
    text = page.text[: head.end]
    number = rx(NUMBER).search(text, head.start)
    placed = rx(PLACE_AND_DAY).search(text, head.start)
    dated = placed or (DAY_BESIDE.match(text, number.end()) if number else None)
    mottoes = (rx(motto, re.IGNORECASE).search(text) for motto in MOTTOES)
    known = [number or rx(EMPTY_NUMBER).search(text, head.start), dated, *mottoes]
    left = list(_left(page, head, [Part(*found.span()) for found in known if found]))
    organs = _organs(page, left)
    return Head(
        reference=_reference(page, number) if number else None,
        place=page.piece(*placed.span("place")) if placed else None,
        issued=_issued(page, dated) if dated else None,
        superior=organs[-2] if len(organs) > 1 else None,
        issuer=organs[-1] if organs else None,
        subject=_subject(page, left),
    )


def _reference(page: Page, found: re.Match[str]) -> Piece:
    """Its place is the number's own, without the word before it."""
    return page.piece(
        found.start("number") if found["number"] else found.start("party_number"), found.end(), written_reference(found)
    )


def _issued(page: Page, found: re.Match[str]) -> Issued | None:
    if not found["stated"]:
        return None
    return Issued(page.piece(*found.span("stated")), day_of(found))


def _left(page: Page, head: Part, known: Iterable[Part]) -> Iterator[Part]:
    """What is left of the head's lines, each cut at wide gaps and at what is known already."""
    cuts = sorted(known, key=lambda part: part.start)
    for line in lines(page.text, head):
        start = line.start
        for cut in [*(cut for cut in cuts if cut.end > line.start and cut.start < line.end), Part(line.end, line.end)]:
            yield from _columns(page, Part(start, max(start, cut.start)))
            start = max(start, cut.end)


def _columns(page: Page, part: Part) -> Iterator[Part]:
    start = part.start
    for gap in [*GAP.finditer(page.text, part.start, part.end), None]:
        end = gap.start() if gap else part.end
        if re.search(r"[^\W\d_]", page.text[start:end]):
            yield Part(start, end)
        start = gap.end() if gap else end


def _subject(page: Page, left: list[Part]) -> Piece | None:
    """From "V/v" on, or what stands under the name of the document's kind, to the end of the head."""
    first = next((place for place, part in enumerate(left) if SUBJECT.match(page.words(part).strip())), None)
    if first is None:
        kinds = [place for place, part in enumerate(left) if KIND.fullmatch(page.words(part).strip())]
        first = kinds[0] + 1 if kinds else len(left)
    parts = [part for part in left[first:] if not _in_capitals(page, part)]
    if not parts:
        return None
    words = squeeze(" ".join(page.words(part) for part in parts))
    words = rx(REFERENCE).sub(written_reference, SUBJECT.sub("", words))  # one may be torn by a line's end
    bracketed = page.words(parts[0]).lstrip().startswith("(")
    return page.piece(parts[0].start, parts[-1].end, words.strip(" .;)" if bracketed else " .;"))


def _in_capitals(page: Page, part: Part) -> bool:
    """Whether a line is of an organ's name; a reference is in capitals too."""
    return page.words(part).isupper() and not re.search(r"[\d/]", page.words(part))


def _organs(page: Page, left: list[Part]) -> list[Piece]:
    """The organ, after the one above it where that is named; each written as in running text."""
    named = [part for part in left if _in_capitals(page, part) and not KIND_OR_STAMP.match(page.words(part).strip())]
    named = named or list(takewhile(lambda part: ORGAN_TYPED.match(page.words(part).strip()), left))
    groups: list[list[Part]] = []
    for part in named:
        if groups and not ORGAN_TYPED.match(page.words(part).strip()):
            groups[-1].append(part)
        else:
            groups.append([part])
    found: list[Piece] = []
    for group in groups:
        name = written(" ".join(page.words(part) for part in group))
        if found and name.lower() in ALONE:
            name = f"{name} {found[-1].text}"
        found.append(page.piece(group[0].start, group[-1].end, name))
    return found


_KIND = "tỉnh|huyện|thành phố|thị xã|thị trấn|xã(?! hội)|phường|quận|(?:tỉnh|huyện|thành|thị|đảng) [ủu][yỷ]"
_OF_A_PLACE = re.compile(rf"\b({_KIND}) (?!ủy|uỷ)(.+)$")
_OF_A_FIELD = re.compile(rf"^(sở|ban|cục|chi cục|phòng|trung tâm|văn phòng|chi nhánh) (?!{_KIND}$)(\w)")


def written(capitals: str) -> str:
    """An organ's name in capitals as running text writes it: ỦY BAN NHÂN DÂN TỈNH KON TUM → Ủy ban nhân dân tỉnh Kon Tum."""
    name = squeeze(capitals).lower()
    name = _OF_A_PLACE.sub(lambda found: f"{found[1]} {_proper(found[2])}", name, count=1)
    name = _OF_A_FIELD.sub(lambda found: f"{found[1]} {found[2].upper()}", name)
    if name.startswith(("sở ", "phòng ")):
        name = re.sub(r"( và |, | - )(\w)", lambda found: found[1] + found[2].upper(), name)
    name = re.sub(r"\b(?:ubnd|hđnd)\b", lambda found: found[0].upper(), name, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def _proper(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())


# Kính gửi: one line, or a list.

_ITEM = re.compile(rf";?\s*^\s*{DASH}\s*|;\s*", re.MULTILINE)


def read_addressees(page: Page, start: int) -> tuple[tuple[Piece, ...], int]:
    """The addressees from ``start`` (after "Kính gửi") on, in the letter's words, and where they end."""
    end = _addressees_end(page, start)
    block = page.text[start:end]
    cuts = [Part(start + found.start(), start + found.end()) for found in _ITEM.finditer(block)]
    starts, ends = [start, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), end]
    pieces = (
        page.piece(begin, begin + len(page.text[begin:over].rstrip(" \n\t;.,"))) for begin, over in zip(starts, ends, strict=True)
    )
    return tuple(piece for piece in pieces if piece.text), end


def _addressees_end(page: Page, start: int) -> int:
    """After the first line that ends with a point; or before a blank line, or a line that begins the body."""
    end, listed = start, False
    for line in lines(page.text, Part(start, len(page.text))):
        words = page.words(line)
        dashed = bool(re.match(DASH, words))
        blank = page.text.count("\n", end, line.start) > 1
        if end > start and ((blank and not (dashed and listed)) or (not dashed and PREAMBLE.match(words))):
            return end
        end, listed = line.end, listed or dashed
        if words.endswith("."):
            return end
    return end
