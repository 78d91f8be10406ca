"""One cell of a source file: its text put in order, and the moment it means.

A cell is text exactly as the file has it. What a spreadsheet stores as a date or a number comes with a mark in
front, because a date typed by hand and a date kept by Excel deserve different trust.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from worktime.rules import VIETNAM, in_vietnam

DATE_MARK = "\x0e"  # followed by ISO 8601, a date alone when the time is exactly midnight
NUMBER_MARK = "\x0f"  # followed by the number
ERROR_MARK = "\x11"  # followed by what the sheet shows in the place of a value: #N/A, #REF!
MARKS = (DATE_MARK, NUMBER_MARK, ERROR_MARK)
FIRST_YEAR, LAST_YEAR = 2000, 2100
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=VIETNAM)

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_INVISIBLE[0x00A0] = " "
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffd]")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d\d)(?:[ T]+(\d{1,2})[:h](\d{2})?(?::(\d{2}))?)?", re.ASCII)
_WORDED_DATE = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.ASCII)
_HOUR_FIRST = re.compile(r"(\d{1,2})[:h](\d{2})?,? (?:ngày )?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", re.ASCII)
_LEADING_NUMBERS = re.compile(r"\s*(\d{1,2})([-./])(\d{1,2})(?=[-./])", re.ASCII)
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_CLOCK = re.compile(r"[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:?\d{2}.*)?", re.ASCII)


class Moment(NamedTuple):
    """What a date cell means: aware, Vietnam time. ``repaired`` names the repair, "" when none was needed."""

    at: datetime
    date_only: bool
    repaired: str = ""


class MomentError(ValueError):
    """The text is no date, or an impossible one; ``reason`` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def shown(cell: str) -> str:
    """The cell as a person sees it, without our mark."""
    return cell[1:] if cell[:1] in MARKS else cell


def plain(text: str) -> bool:
    """Whether there is nothing to put in order: the quick answer for nearly every cell."""
    return text.isprintable() and "  " not in text and text.strip(" ") == text and (text.isascii() or _composed(text))


def _composed(text: str) -> bool:
    return "\ufffd" not in text and unicodedata.is_normalized("NFC", text)


def clean(text: str) -> str:
    """NFC, no invisible characters, single spaces, trimmed."""
    if plain(text):
        return text
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def has_forbidden(text: str) -> bool:
    """Control or direction-changing characters, which no honest export contains."""
    return _FORBIDDEN.search(text) is not None


def moment(cell: str, near: datetime | None = None, *, month_first: bool = False) -> Moment:
    """The moment a non-empty cell means.

    Without remark: dd/MM/yyyy[ HH:mm[:ss]], yyyyMMddHHmmss, ISO 8601 with an offset, a real Excel date.
    Repaired: d/m/yyyy, d/m/yy, dd.MM.yyyy, dd-MM-yyyy, yyyy-MM-dd without an offset, an Excel serial number, "ngày 3 tháng 11
    năm 2022", "16h30 03/11" (in the year that brings it nearest to ``near``); with ``month_first`` M/d/yyyy.
    """
    try:
        if cell[0] in (DATE_MARK, NUMBER_MARK):
            found = _marked(cell)
        elif month_first:
            found = _written(_LEADING_NUMBERS.sub(r"\3\2\1", cell, count=1), near)._replace(repaired="date_month_first")
        else:
            found = _written(cell, near)
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, MomentError) else MomentError("date_impossible") from error
    if not FIRST_YEAR <= found.at.year <= LAST_YEAR:
        raise MomentError("date_year")
    return found


def _marked(cell: str) -> Moment:
    if cell[0] == NUMBER_MARK:
        return _serial(cell[1:])
    at = datetime.fromisoformat(cell[1:])
    return Moment(at.replace(tzinfo=VIETNAM), len(cell) == 11)


def _serial(text: str) -> Moment:
    """Days since 30/12/1899, as Excel counts; a plain number in a date column is one."""
    if len(text) == 14 and text.isdecimal():
        return _compact(text)
    days = float(text)
    at = EXCEL_EPOCH + timedelta(seconds=round(days * 86400))
    return Moment(at, days.is_integer(), "date_serial")


def _written(text: str, near: datetime | None) -> Moment:
    return _slashed(text) or _slashed(text := clean(text)) or _rarely_written(text, near)


def _rarely_written(text: str, near: datetime | None) -> Moment:
    if len(text) == 14 and text.isdecimal():
        return _compact(text)
    if match := _NUMERIC_DATE.fullmatch(text):
        day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
        at = datetime(year if year > 99 else 2000 + year, month, day, hour, minute, second, tzinfo=VIETNAM)
        return Moment(at, match[4] is None, "date_written")
    if match := _WORDED_DATE.fullmatch(text.lower()):
        day, month, year = map(int, match.groups())
        return Moment(datetime(year, month, day, tzinfo=VIETNAM), date_only=True, repaired="date_written")
    if match := _HOUR_FIRST.fullmatch(text):
        return _hour_first(match, near)
    if _ISO.fullmatch(text):
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return Moment(at.replace(tzinfo=VIETNAM), len(text) == 10, "date_written")
        return Moment(in_vietnam(at), date_only=False)
    if text.replace(".", "", 1).isdecimal() and 4 <= len(text.partition(".")[0]) <= 6:
        return _serial(text)
    raise MomentError("cell_error" if text[:1] == ERROR_MARK else "date_unreadable")


def _hour_first(match: re.Match[str], near: datetime | None) -> Moment:
    hour, minute, day, month, year = (int(part or 0) for part in match.groups())
    years = [year] if year else [] if near is None else [near.year - 1, near.year, near.year + 1]
    if not years:
        raise MomentError("date_unreadable")
    found = [datetime(one, month, day, hour, minute, tzinfo=VIETNAM) for one in years if day < 29 or _is_day(one, month, day)]
    if not found:
        raise MomentError("date_impossible")
    at = min(found, key=lambda one: abs(one - near)) if near else found[0]
    return Moment(at, date_only=False, repaired="date_written")


def _is_day(year: int, month: int, day: int) -> bool:
    return day <= monthrange(year, month)[1]


def _slashed(text: str) -> Moment | None:
    """dd/MM/yyyy[ HH:mm[:ss]], as nearly every cell is written. Days and hours repeat, so they are looked up."""
    if text[2:3] != "/" or text[5:6] != "/":
        return None
    day, clock = _day(text[:10]), _clock(text[10:])
    return Moment(datetime.combine(day, clock, VIETNAM), len(text) == 10) if day and clock is not None else None


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return date(int(match[3]), int(match[2]), int(match[1])) if match else None


@lru_cache(maxsize=1 << 12)
def _clock(text: str) -> time | None:
    if not text:
        return time.min
    match = _CLOCK.fullmatch(text)
    return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def _compact(text: str) -> Moment:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
    at = datetime(year, month, day, int(text[8:10]), int(text[10:12]), int(text[12:]), tzinfo=VIETNAM)
    return Moment(at, date_only=False)
