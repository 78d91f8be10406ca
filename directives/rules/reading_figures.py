"""The counts of overdue dossiers a letter quotes: of which unit, on which system, as of which day.

A count is read left to right: the unit named last, the system said beside it, the day named last. Counts of other things
(received, finished, in time) are none of these. A count whose unit, system or day is not said keeps that empty.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from directives.rules.reading_found import Figure, System
from directives.rules.reading_outline import step_of
from directives.rules.reading_tables import Table
from directives.rules.reading_terms import FINISHED, SYSTEM, SYSTEMS, late
from directives.rules.reading_text import DASH, DAY, UPPER, Page, Part, Piece, any_of, day_of, rx

_LATE_NOW = r"(?: (?:đang (?:được )?giải quyết )?(?:nhưng )?(?:(?:còn|bị|đã) )*(?:quá hạn|trễ hạn|chậm hạn))?"
COUNT = rx(
    r"(?<![\d/.,-])(?<!\d\x20)"
    r"(?P<value>\d{1,3}(?:\.\d{3})+|\d{1,3}(?:\x20\d{3})+(?= (?:hồ sơ|HS)\b)|\d{1,6}(?!\x20\d{3}\b))"
    r"(?![\d/.,]*\d|\s?%)"
    rf"(?P<dossiers> (?:hồ sơ|HS|trường hợp)\b{_LATE_NOW})?",
    re.IGNORECASE,
)
SYSTEM_NAMED = rx(SYSTEM, re.IGNORECASE)
AS_OF = rx(rf"\b(?:ngày|đến|tới|hết|thời điểm) {DAY}", re.IGNORECASE)
_UNIT_WORDS = any_of(
    """UBND, [ỦU][yỷ] ban nhân dân, Sở, Ban, Văn phòng, Thanh tra, Chi nhánh, Trung tâm, Công an, [Hh]uyện, [Tt]hành phố,
    [Tt]hị trấn, [Xx]ã, [Pp]hường, [Tt]oàn tỉnh"""
)
UNIT = rx(rf"(?<![\w/]){_UNIT_WORDS}\b")
# A unit's name ends before what tells of its dossiers. A comma ends it too, unless the name goes on in capitals (Sở Văn hóa, Thể
# thao và Du lịch) or with the district of a commune (xã Đăk Long, huyện Đăk Hà).
_TELLS = any_of(
    """trên, có, còn, là, hệ thống, phần mềm, tại, ở, đang, hiện, với, giảm, tăng, tồn, đã, vẫn, chưa, phát sinh, quá hạn, từ,
    đến, tính, gồm, được, phải, đề nghị, yêu cầu, giao, chỉ đạo, gửi, khẩn trương, tập trung, giải quyết, thực hiện, tiếp nhận,
    báo cáo, để, nêu, ngày, tháng, trong, theo, do, vì, nên, thì, mà"""
)
_UNIT_END = rx(
    rf"\s*(?:[:;.()=|“”]|\d|,(?! (?:huyện|thành phố) [{UPPER}]| (?!{_UNIT_WORDS}\b)[{UPPER}])|{DASH}(?=\s)|$)"
    rf"| và (?:{_UNIT_WORDS}\b|[^{UPPER}])| {_TELLS}\b"
)
_UNIT_BESIDE = rx(rf"\s*(?:\(|(?:của|tại|thuộc) )(?={_UNIT_WORDS}\b)")
_UNIT_AFTER = rx(rf"[^,;.\d]{{0,80}}?\b(?:của|tại|thuộc|ở) (?={_UNIT_WORDS}\b)")
_SYSTEM_BESIDE = rx(
    r"\s*\((?:(?:trên|ở) )?(?:(?:hệ thống|phần mềm|HT) )?(?P<short>cũ|mới)\)"
    rf"|\s*(?:\([^()]{{1,60}}\)\s*)?(?:\(\s*)?(?:(?:trên|ở|tại|thuộc|của) )?{SYSTEM}\)?",
    re.IGNORECASE,
)
_BETWEEN = rx(r"\)?\s*(?:là|có|còn|hiện|đang|tồn|[:=]|quá hạn|\s){0,12}", re.IGNORECASE)
_DAY_BESIDE = rx(rf"[^,;.\d]{{0,60}}?\([^\d()]{{0,60}}{DAY}\)", re.IGNORECASE)
# Right before or behind a number that counts something else.
_OTHERS = any_of(
    """giảm, tăng, tiếp nhận, đã giải quyết, đã xử lý, xử lý, giải quyết, trả kết quả, đúng hạn, trước hạn, trong hạn, thêm,
    phát sinh, tỷ lệ, điểm, điều, khoản, mục, phụ lục, năm, tháng, quý, ngày, (?<!tổng\\s)số"""
)
_OTHER_BEFORE = rx(rf"{_OTHERS}(?: (?:được|thêm|mới|là|có|xong|ít nhất))*\s*:?\s*$", re.IGNORECASE)
_FINISHED_BEFORE = rx(rf"{FINISHED.pattern}[^,;.\d]{{0,20}}$", re.IGNORECASE)
_SOME_BEFORE = rx(  # of an age, of a field, or about so many
    r"\d (?:ngày|tháng)(?: (?:làm việc|trở lên))*(?: (?:là|có|còn))?\s*:?\s*$|\blĩnh vực [^,;.\d]{0,40}$"
    r"|\b(?:hơn|khoảng|gần|trên|dưới|tối đa|ít nhất)\s*$",
    re.IGNORECASE,
)
_NOT_COUNTED = (_OTHER_BEFORE, _FINISHED_BEFORE, _SOME_BEFORE)
_AND = rx(r"\s*(?:,|và|cùng)(?: (?:và|với))?(?: (?:trên|ở|tại))?\s*", re.IGNORECASE)
_RESPECTIVELY = rx(r"\b(?:lần lượt|tương ứng)\b", re.IGNORECASE)
_OTHER_AFTER = rx(
    r"\s*(?:(?:được|đã|đang) )*"
    + any_of("tiếp nhận, giải quyết, xử lý, đúng hạn, trước hạn, trong hạn, sắp đến hạn, có kết quả"),
    re.IGNORECASE,
)
_PART_OF = rx(r"\b(?:trong đó|bao gồm|gồm|riêng)\b", re.IGNORECASE)
_TOTAL = rx(r"\b(?:tổng (?:số|cộng)|tổng|cộng|tất cả)(?: (?:là|có|còn)|:)*\s*$", re.IGNORECASE)
_FROM = rx(r"\btừ\s*$", re.IGNORECASE)
_CORRECTED = rx(
    r"(?:(?:đính chính|sửa|điều chỉnh|cập nhật)(?: lại)? (?:thành|là)|\bnay là|\bthành)\s*:?\s*$",
    re.IGNORECASE,
)
_ABOVE_A_TABLE = 3  # paragraphs: its number, its title, the letter it belongs to
_NEAR, _FAR = 60, 1500  # characters looked back for a word beside a number; for the begin or end of its sentence
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s|$)|$")
_SENTENCE_END = re.compile(r"[.;](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """What has been said so far. ``unit``: its place in the even text; ``spoken``: the end of a system's name not used yet."""

    unit: Part | None = None
    system: System = ""
    spoken: int = -1
    over_units: bool = False  # "trên hệ thống cũ: đơn vị A …, đơn vị B …": the system holds until another is named
    as_of: date | None = None
    late: bool = False


def read_figures(page: Page, parts: Iterable[Part], elsewhere: Iterable[Piece]) -> tuple[Figure, ...]:
    """The figures of these paragraphs, in order.

    ``elsewhere``: cited documents and terms, whose numbers and days are not the figures'.
    """
    reader, table, found = _Reader(page, elsewhere), Table(page), list[Figure]()
    for part in parts:
        row = table.row(part, as_of=reader.day_above(), late=reader.late_above())
        found.extend(reader.paragraph(part) if row is None else row)
    return tuple(found)


class _Reader:
    """Reads paragraph after paragraph. What a heading (it ends with a colon) told holds for what stands under it."""

    def __init__(self, page: Page, elsewhere: Iterable[Piece]) -> None:
        self.page = page
        self.elsewhere = bytearray(page.ends[-1] if page.ends else 0)
        for piece in elsewhere:
            self.elsewhere[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
        self.told = Told()
        self.headings: dict[int, Told] = {}
        self.above: deque[Told] = deque(maxlen=_ABOVE_A_TABLE)

    def day_above(self) -> date | None:
        """The day the paragraphs right above a table tell, the nearest first."""
        return next((told.as_of for told in reversed(self.above) if told.as_of), None)

    def late_above(self) -> bool:
        return any(told.late for told in self.above)

    def paragraph(self, part: Part) -> list[Figure]:
        depth = step_of(self.page, part).depth
        self.headings = {over: told for over, told in self.headings.items() if over < depth}
        above = self.headings[max(self.headings)] if self.headings else Told()
        self.told = replace(above, late=above.late or late(self.page.words(part)))
        figures = self._figures(part)
        self.above.append(self.told)
        if self.page.words(part).endswith(":"):
            self.headings[depth] = self.told
        return figures if self.told.late else []

    def _figures(self, part: Part) -> list[Figure]:
        figures: list[Figure] = []
        used = part.start
        for found in self._tokens(part):
            if found.start() < used:
                continue
            if found.re is not COUNT:
                used = self._hear(found, part)
            elif self._counts(found, part, counted=bool(figures)):
                used = self._count(found, part, figures)
        return figures

    def _tokens(self, part: Part) -> list[re.Match[str]]:
        text, patterns = self.page.text, (UNIT, SYSTEM_NAMED, AS_OF, COUNT)
        found = (match for pattern in patterns for match in pattern.finditer(text, part.start, part.end))
        return sorted((match for match in found if not self._elsewhere(match)), key=lambda match: match.start())

    def _elsewhere(self, found: re.Match[str]) -> bool:
        return bool(self.elsewhere[self.page.places[found.start()]])

    def _hear(self, found: re.Match[str], part: Part) -> int:
        """Note a unit, a system or a day; returns where it ends."""
        told, end = self.told, found.end()
        if found.re is SYSTEM_NAMED:
            first = told.over_units or told.unit is None or told.unit.end <= part.start
            both = told.spoken >= 0 and _AND.fullmatch(self.page.text, told.spoken, found.start())
            system = "" if both else SYSTEMS[found["system"].lower()]
            self.told = replace(told, system=system, spoken=end, over_units=first)
        elif found.re is AS_OF:
            self.told = replace(told, as_of=day_of(found))
        else:
            stop = _UNIT_END.search(self.page.text, end, part.end)
            end = stop.start() if stop else part.end
            system = told.system if told.over_units else ""
            start = told.unit.start if told.unit and self._together(told.unit, found) else found.start()
            self.told = replace(told, unit=Part(start, end), system=system, spoken=-1)
        return end

    def _together(self, unit: Part, found: re.Match[str]) -> bool:
        """Whether a unit is named in one breath with the one before: what is counted then is of both."""
        return bool(_AND.fullmatch(self.page.text, unit.end, found.start()))

    def _behind(self, pattern: re.Pattern[str], found: re.Match[str], part: Part, reach: int = _NEAR) -> re.Match[str] | None:
        """The last match before a number."""
        before = list(pattern.finditer(self.page.text, max(part.start, found.start() - reach), found.start()))
        return before[-1] if before else None

    def _counts(self, found: re.Match[str], part: Part, *, counted: bool) -> bool:
        """Whether a number counts overdue dossiers, and not some of those just counted."""
        text, spoken = self.page.text, self.told.spoken
        if any(self._behind(pattern, found, part) for pattern in _NOT_COUNTED) or _OTHER_AFTER.match(text, found.end(), part.end):
            return False
        beside = _SYSTEM_BESIDE.match(text, found.end(), part.end)
        part_of = self._behind(_PART_OF, found, part) if counted else None
        if part_of and part_of.end() > spoken and not beside:
            return False
        return bool(found["dossiers"] or beside) or (spoken >= 0 and bool(_BETWEEN.fullmatch(text, spoken, found.start())))

    def _count(self, found: re.Match[str], part: Part, figures: list[Figure]) -> int:
        """Take a count in; returns where what was said of it ends."""
        told = self.told
        beside = None if told.spoken >= 0 else _SYSTEM_BESIDE.match(self.page.text, found.end(), part.end)
        end = beside.end() if beside else found.end()
        unit, after = self._unit(end, part)
        if not beside and not told.system and after > end and (beside := _SYSTEM_BESIDE.match(self.page.text, after, part.end)):
            after = beside.end()
        system = SYSTEMS[(beside["short"] or beside["system"]).lower()] if beside else told.system
        unsaid = self._behind(_TOTAL, found, part) or self._behind(_RESPECTIVELY, found, part, _FAR)
        figure = Figure(
            words=self.page.piece(*found.span()),
            value=int(re.sub(r"\D", "", found["value"])),
            unit=unit,
            system=system if beside or not unsaid else "",
            as_of=self._day(found, end, part),
            sentence=self._sentence(found, part),
        )
        if figures and self._behind(_CORRECTED, found, part):
            old = figures.pop()
            figure = replace(old, words=figure.words, value=figure.value, sentence=figure.sentence, corrects=old.value)
        figures.append(figure)
        if not told.over_units:
            self.told = replace(told, system="", spoken=-1)
        return after

    def _unit(self, end: int, part: Part) -> tuple[Piece | None, int]:
        """The unit right behind ("318 hồ sơ (UBND …)"), the one named last, or one named further on; and where it ends."""
        text = self.page.text
        behind = _UNIT_BESIDE.match(text, end, part.end)
        if self.told.unit and not behind:
            return self.page.piece(self.told.unit.start, self.told.unit.end), end
        behind = behind or _UNIT_AFTER.match(text, end, part.end)
        if not behind:
            return None, end
        stop = _UNIT_END.search(text, behind.end() + 1, part.end)
        after = stop.start() if stop else part.end
        return self.page.piece(behind.end(), after), after

    def _day(self, found: re.Match[str], end: int, part: Part) -> date | None:
        """The day in brackets behind the count, the day named last, or the one named only afterwards."""
        if beside := _DAY_BESIDE.match(self.page.text, found.end(), part.end):
            return day_of(beside)
        if self._behind(_FROM, found, part):
            return None  # what it was before, on a day not said
        if self.told.as_of:
            return self.told.as_of
        later = AS_OF.search(self.page.text, end, min(part.end, end + _FAR))
        return day_of(later) if later and not self._elsewhere(later) else None

    def _sentence(self, found: re.Match[str], part: Part) -> str:
        """From the unit, or the sentence's begin, to the end of the clause."""
        begun = self._behind(_SENTENCE_END, found, part, _FAR)
        start = begun.end() if begun else part.start
        if self.told.unit and self.told.unit.start >= part.start:
            start = self.told.unit.start
        limit = min(part.end, found.end() + _FAR)
        end = _CLAUSE_END.search(self.page.text, found.end(), limit)
        words = self.page.piece(max(start, found.start() - _FAR), end.start() if end else limit).text
        return words.removesuffix(")") if words.count(")") > words.count("(") else words
