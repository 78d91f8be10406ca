"""By when an order is to be done, and what of it figures can judge."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from directives.rules.reading_found import Deadline, DeadlineRule, Demand, DemandKind, System
from directives.rules.reading_text import DAY, Page, Part, Piece, any_of, day_of, rx

# "Tính đến hết ngày" tells of figures, it sets no term.
_LATEST = "(?:chậm|muộn) nhất(?: (?:là|đến|vào|trong|hết|trước))*"
_END = "(?:hạn (?:cuối|chót)|thời hạn(?: hoàn thành)?)(?: là)?:?"
_HOW = (
    r"(?<!tính\s)\b(?P<failed>(?:không|chưa) (?:hoàn thành|xong) )?"
    rf"(?P<how>(?:(?:xong|hoàn thành) )?(?:{_LATEST}|(?<!tính\s)đến hết|(?<!đến\s)hết|trước|trong|{_END}))"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?: phút)?)?,? )?"
_OF_YEAR = r"(?: năm |\s*[/.-]\s*)(?P<year>\d{4})"
_NAMED = rx(rf"{_HOW} {_HOUR}(?:ngày )?{DAY}", re.IGNORECASE)
_MONTH = rx(rf"{_HOW} (?:cuối )?tháng (?P<month>\d{{1,2}}){_OF_YEAR}", re.IGNORECASE)
_QUARTER = rx(rf"{_HOW} (?:cuối )?quý (?P<quarter>IV|III|II|I|[1-4]){_OF_YEAR}", re.IGNORECASE)
_YEAR = rx(rf"{_HOW} (?:cuối )?năm (?P<year>\d{{4}})", re.IGNORECASE)
# A span of time, from an event where one is said.
_UNITS = {"ngày làm việc": "working_day", "ngày": "day", "tuần": "week", "tháng": "month", "giờ": "hour"}
_SPAN = rx(
    r"\b(?:trong (?:thời hạn |vòng )?|chậm nhất (?:là |sau )?|không quá |sau )(?P<count>\d{1,3})(?:\s*\([^)]{1,25}\))?\s*"
    rf"(?P<unit>{'|'.join(_UNITS)})\b(?!\s*[\d/])"
    r"(?:,? (?:kể )?từ (?:ngày |khi |lúc )*(?P<start>ký|ban hành|nhận)?[^,;.]{0,60})?",
    re.IGNORECASE,
)
_STARTS = {"ký": "signed", "ban hành": "signed", "nhận": "received"}
# Again and again.
_AGAIN = rx(
    r"\b(?:(?:trước|vào|chậm nhất|định kỳ|đến) )*(?:(?:ngày \d{1,2}|thứ (?:hai|ba|tư|năm|sáu|bảy)|cuối) (?:của )?)?"
    r"(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|ngày)\b|\bđịnh kỳ \d{1,3} (?:ngày|tuần|tháng)(?:/lần| một lần)?",
    re.IGNORECASE,
)
# A day or a month without its year: kept as words.
_YEARLESS = rx(
    rf"{_HOW} (?:{_HOUR}(?:ngày )?\d{{1,2}}(?:\s*[/.-]\s*| tháng )\d{{1,2}}|tháng \d{{1,2}})(?!\s*[/.-]?\s*\d| năm)\b",
    re.IGNORECASE,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def late(words: str) -> bool:
    """Whether overdue dossiers are spoken of, and not only of some finished late."""
    return bool(LATE.search(FINISHED.sub("", words)))


def read_deadlines(page: Page, part: Part) -> tuple[Deadline, ...]:
    """Every term of an order in its place; of two that overlap the one that began first, then the longer."""
    found: list[tuple[int, int, Deadline]] = []
    for pattern, reading in _READINGS:
        for match in pattern.finditer(page.text, part.start, part.end):
            if "failed" in match.groupdict() and match["failed"]:
                continue  # of whoever did not make it: no term
            if deadline := reading(page.piece(*match.span()), match):
                found.append((match.start(), -match.end(), deadline))
    kept: list[Deadline] = []
    over = part.start
    for start, end, deadline in sorted(found, key=lambda each: each[:2]):
        if start >= over:
            kept.append(deadline)
            over = -end
    return tuple(kept)


def _rule(found: re.Match[str]) -> DeadlineRule:
    how = found["how"].lower()
    return "before" if "trước" in how else "within" if how.endswith("trong") else "by"


def _named(words: Piece, found: re.Match[str]) -> Deadline | None:
    day = day_of(found)
    return Deadline(words, _rule(found), day) if day else None


def _end_of(words: Piece, found: re.Match[str], first: int, last: int) -> Deadline | None:
    """Of months ``first`` to ``last``: their last day; when it says before them, the day before their first."""
    year, rule = int(found["year"]), _rule(found)
    if not (1 <= first <= last <= 12 and year >= 1):
        return None
    if rule == "before":
        return Deadline(words, "by", date(year, first, 1) - timedelta(days=1))
    return Deadline(words, rule, date(year, last, calendar.monthrange(year, last)[1]))


def _month(words: Piece, found: re.Match[str]) -> Deadline | None:
    return _end_of(words, found, int(found["month"]), int(found["month"]))


def _quarter(words: Piece, found: re.Match[str]) -> Deadline | None:
    quarter = _QUARTERS.get(found["quarter"].upper()) or int(found["quarter"])
    return _end_of(words, found, 3 * quarter - 2, 3 * quarter)


def _year(words: Piece, found: re.Match[str]) -> Deadline | None:
    return _end_of(words, found, 1, 12)


def _span(words: Piece, found: re.Match[str]) -> Deadline | None:
    unit = _UNITS[" ".join(found["unit"].lower().split())]
    start = _STARTS[" ".join(found["start"].lower().split())] if found["start"] else ""
    return Deadline(words, "after", count=int(found["count"]), unit=unit, start=start)


def _again(words: Piece, found: re.Match[str]) -> Deadline | None:
    return Deadline(words, "recurring")


def _yearless(words: Piece, found: re.Match[str]) -> Deadline | None:
    return Deadline(words, _rule(found))


_READINGS: tuple[tuple[re.Pattern[str], Callable[[Piece, re.Match[str]], Deadline | None]], ...] = (
    (_NAMED, _named),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_YEAR, _year),
    (_SPAN, _span),
    (_AGAIN, _again),
    (_YEARLESS, _yearless),
)

# What figures can judge: demands on all overdue dossiers. One on those of a field ("hồ sơ đất đai quá hạn") is none of these.
LATE_WORDS = "(?:quá hạn|trễ hạn|chậm hạn|quá thời hạn|giải quyết chậm|đang chậm)"
LATE = rx(LATE_WORDS, re.IGNORECASE)
# What is finished, though late, is overdue no more.
FINISHED = rx(
    r"(?:đã (?:được )?(?:giải quyết|xử lý|trả kết quả)(?: xong)?|(?:giải quyết|xử lý) xong)(?: nhưng)?(?: (?:bị|đã))*"
    r" (?:quá hạn|trễ hạn|chậm)",
    re.IGNORECASE,
)
_OF_A_SYSTEM = any_of(
    """thông tin, giải quyết, thủ tục, hành chính, TTHC, một cửa, điện tử, của tỉnh, tỉnh, dịch vụ công, iGate, VNPT, xử lý,
    hồ sơ"""
)
SYSTEM = rf"(?:hệ thống|phần mềm|HT)(?: {_OF_A_SYSTEM}){{0,8}}\s*\(?(?P<system>cũ|mới)\b"
SYSTEMS: dict[str, System] = {"cũ": "old", "mới": "new"}
_DOSSIERS = (
    r"(?:(?:số|các|toàn bộ|tất cả|lượng|tình trạng|xử lý|giải quyết|những) )*(?:\d[\d.]* )?(?:hồ sơ|thủ tục hành chính|TTHC)"
    r"(?: (?:thủ tục hành chính|TTHC|đang|giải quyết|xử lý|nhưng|đã|còn|bị|tồn đọng|tồn|chậm|mới))*"
)
_DONE_OR_TOLD = r"(?<!đã\s)(?<!chưa\s)(?<!được\s)(?<!kết\squả\s)(?<!tình\shình\s)(?<!tiến\sđộ\s)"
_SETTLE = rx(
    rf"\b{_DONE_OR_TOLD}(?:giải quyết|xử lý) (?:dứt điểm|triệt để|xong|hết|100\s*%)(?: và trả kết quả)? {_DOSSIERS} {LATE_WORDS}"
    rf"|\b{_DONE_OR_TOLD}(?:giải quyết|xử lý) {_DOSSIERS} {LATE_WORDS}[^,;.]{{0,40}}? dứt điểm",
    re.IGNORECASE,
)
# "… trên hệ thống cũ … và hồ sơ quá hạn trên hệ thống mới …"
_SETTLE_ALSO = rx(
    rf"[^;.]{{0,80}}?\bvà (?P<also>{_DOSSIERS} {LATE_WORDS})", re.IGNORECASE
)  # "… hệ thống cũ … và hồ sơ quá hạn trên …"
_SYSTEM_ALSO = rx(rf"[^;.]{{0,80}}?(?:,|\bvà) (?P<also>(?:trên|đối với) {SYSTEM})", re.IGNORECASE)
_CLEAR = rx(
    r"\b(?:không (?:được )?để(?: tiếp tục)?(?: (?:xảy ra|phát sinh|tồn tại|còn|mới|thêm))*|không còn|chấm dứt) (?:tình trạng )?"
    rf"{_DOSSIERS} {LATE_WORDS}",
    re.IGNORECASE,
)
_REDUCE = rx(
    rf"\bgiảm (?:(?:tối thiểu|ít nhất|trên|được|ngay|tỷ lệ) )*(?:{_DOSSIERS} {LATE_WORDS} (?:(?:ít nhất|tối thiểu|được|trên) )*)?"
    rf"(?P<percent>\d{{1,3}})\s*(?:%|phần trăm)(?: {_DOSSIERS} {LATE_WORDS})?",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[DemandKind, re.Pattern[str]], ...] = (("settled", _SETTLE), ("cleared", _CLEAR), ("reduced", _REDUCE))
_SYSTEM_AFTER = rx(rf"[^,;.]{{0,60}}?{SYSTEM}", re.IGNORECASE)
_OTHER_SYSTEM_TOO = rx(r"[^,;.]{0,4}? (?:và|lẫn|,) (?:(?:trên )?(?:hệ thống|phần mềm) )?(?:cũ|mới)\b", re.IGNORECASE)


def read_demands(page: Page, part: Part) -> tuple[Demand, ...]:
    """In order of place. A reduction must say of what: overdue dossiers, in it or in its sentence."""
    return tuple(sorted(_demands(page, part), key=lambda demand: demand.words.start))


def _demands(page: Page, part: Part) -> Iterator[Demand]:
    for kind, pattern in _KINDS:
        for match in pattern.finditer(page.text, part.start, part.end):
            percent = int(match["percent"]) if kind == "reduced" else None
            if percent is not None and not (1 <= percent <= 100 and LATE.search(page.text, part.start, part.end)):
                continue
            first = Demand(page.piece(*match.span()), kind, _system(page, match.end(), part.end), percent)
            yield first
            yield from _same_of_another(page, first, match.end(), part.end)


def _same_of_another(page: Page, first: Demand, start: int, end: int) -> Iterator[Demand]:
    """The same demand of the other system, in the same sentence."""
    if also := _SETTLE_ALSO.match(page.text, start, end):
        yield replace(first, words=page.piece(*also.span("also")), system=_system(page, also.end(), end))
    elif first.system and (also := _SYSTEM_ALSO.match(page.text, start, end)):
        system = SYSTEMS[also["system"].lower()]
        if system != first.system:
            yield replace(first, words=page.piece(*also.span("also")), system=system)


def _system(page: Page, start: int, end: int) -> System:
    """The system named next in the same clause; both, or none, is not one."""
    found = _SYSTEM_AFTER.match(page.text, start, end)
    if not found or _OTHER_SYSTEM_TOO.match(page.text, found.end(), end):
        return ""
    return SYSTEMS[found["system"].lower()]
