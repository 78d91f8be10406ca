"""How a file writes its dates, told from whole columns: a single cell cannot say whether 05/06 is in May or in June.

Day first, as Vietnam writes, unless every date of a column can only be month first. Excel set to American dates turns
"05/11/2022" into 11 May and leaves "25/11/2022" as text: such a column is half wrong, and which half nobody can restore.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dossiers.rules.cells import DATE_MARK

COLUMNS = ("received", "promised", "finished", "returned", "refused", "stop_from", "stop_to", "extension_on")
SEEN = 11  # characters of a cell that tell its day, with the mark of a real date
PAST_ONLY = ("received", "finished", "returned")  # what has happened cannot lie ahead
_WRITTEN = re.compile(r"\s*(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
MOST_DAYS, MONTHS = 12, 12
ENOUGH = 5  # different dates that say something of a column
FUTURE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class DateColumns:
    """Columns (of ``COLUMNS``) that are not simply day first.

    ``swapped``: their real dates are Excel's misreadings. ``mixed``: of dates that can be read both ways nobody knows which.
    """

    month_first: frozenset[str] = frozenset()
    swapped: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()


DAY_FIRST = DateColumns()


class _Column(NamedTuple):
    real: list[int]  # days of the month of real dates
    day_first: int  # different written dates that can only be so
    month_first: int
    either: int


def date_columns(texts: Mapping[str, Collection[str]]) -> DateColumns:
    """``texts``: the different beginnings (``SEEN`` characters) of each column's cells."""
    found = {column: _look(values) for column, values in texts.items()}
    one_habit = not any(column.day_first for column in found.values())
    return DateColumns(
        month_first=frozenset(name for name, column in found.items() if column.month_first and one_habit),
        swapped=frozenset(name for name, column in found.items() if _is_swapped(column)),
        mixed=frozenset(name for name, column in found.items() if _is_mixed(column)),
    )


def reads_both_ways(cell: str) -> bool:
    """Whether a written date could have its day and month exchanged."""
    return any(first != second and max(first, second) <= MONTHS for first, second, _year in _pairs([cell]))


def doubtful(texts: Mapping[str, Collection[str]], as_of: date) -> list[str]:
    """Columns whose every date can be read both ways, where month first would put many beyond ``as_of``."""
    return [name for name in PAST_ONLY if _other_reading_ahead(texts.get(name, ()), as_of)]


def undecided(texts: Mapping[str, Collection[str]], as_of: date) -> bool:
    """Whether the news of a file leave open how the whole of it writes dates: then the rest must be looked at too.

    A date that can only be month first, and Excel's misreading, is refused and so among the news each time; a misreading is
    known as one by its neighbours alone.
    """
    columns = [_look(values) for values in texts.values()]
    return bool(doubtful(texts, as_of)) or any(
        column.month_first or (column.real and max(column.real) <= MOST_DAYS) for column in columns
    )


def _look(values: Collection[str]) -> _Column:
    pairs = list(_pairs(values))
    real = [int(value[9:11]) for value in values if value[:1] == DATE_MARK]
    day_first = sum(first > MONTHS for first, _second, _year in pairs)
    month_first = sum(second > MONTHS for _first, second, _year in pairs)
    return _Column(real, day_first, month_first, len(pairs) - day_first - month_first)


def _pairs(values: Collection[str]) -> Iterator[tuple[int, int, int]]:
    for value in values:
        if match := _WRITTEN.match(value):
            first, second, year = map(int, match.groups())
            yield first, second, year


def _is_swapped(column: _Column) -> bool:
    leftovers = column.day_first > 1 and not (column.either or column.month_first)
    return leftovers and len(column.real) > 1 and max(column.real) <= MOST_DAYS


def _is_mixed(column: _Column) -> bool:
    """Not by a slip or two: one wrong date must not take hundreds of right ones with it."""
    decided = column.day_first + column.month_first
    return column.day_first > 0 and column.month_first >= max(3, decided / 20)


def _other_reading_ahead(values: Collection[str], as_of: date) -> bool:
    pairs = [pair for pair in _pairs(values) if pair[0] != pair[1]]
    if len(pairs) < ENOUGH or any(max(first, second) > MONTHS for first, second, _year in pairs):
        return False
    ahead = 0
    for first, second, year in pairs:
        with suppress(ValueError):
            ahead += date(year, first, second) > as_of
    return ahead > FUTURE_SHARE * len(pairs)
