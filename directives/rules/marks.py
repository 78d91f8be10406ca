"""The day whose end a letter's figures describe: its mark (mốc số liệu)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

DatedBy = Literal["figures", "night"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    as_of: date
    dated_by: DatedBy


def mark(*, issued_on: date, own: date | None, quoted: Collection[date], nights: Collection[date]) -> Mark | None:
    """The mark of one unit on one system, None while (or because) no finished night tells of it.

    Letter 3812/UBND-TTHCC counts "đến ngày 07/11/2022", three days before it was issued: a figure's own day decides
    (``own``), for the units without one the newest day of the letter's figures (``quoted``). A letter without figures speaks
    of what was known when it was written: the last of ``nights`` before its day. A day after the letter's is a misprint.
    """
    days = [own] if own else list(quoted)
    told = max((day for day in days if day <= issued_on), default=None)
    if told:
        return Mark(told, "figures") if told in nights else None
    before = max((night for night in nights if night < issued_on), default=None)
    if before is None or max(nights) < issued_on - ONE_DAY:  # a later night before the letter may still come
        return None
    return Mark(before, "night")
