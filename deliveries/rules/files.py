"""Which entries of a drop folder are deliveries, which moment one describes, under which name it is put away.

The conventions are ours (docs/deliveries.md); no legal text.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from dossiers.rules.freshness import end_described
from worktime.rules import VIETNAM

T = TypeVar("T")
UNFINISHED = (".part", ".tmp", ".filepart")  # how SFTP programs call what is still on its way
JSON_REPORT, TEXT_REPORT = ".ket-qua.json", ".ket-qua.txt"
NAME_BYTES = 255 - len("." + JSON_REPORT)  # a report and its half-written form must fit beside the file
# 20221107, 2022-11-07; what follows it may be a time, but no other digits: then it is part of a longer number.
DAY = re.compile(r"(?<!\d)(20\d\d)(-?)(\d\d)\2(\d\d)(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))")
CLOCK = re.compile(r"[-_T ]?(\d\d)[:.h-]?(\d\d)(?:[:.-]?(\d\d))?(?!\d)")  # beside it: -1700, T17.00.30, _17h00


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies in a folder, not followed. ``written``: last change of the bytes, as the sender's program may have set it;
    ``arrived``: last change of anything about it, by this machine's clock.
    """

    name: str
    regular: bool
    size: int
    written: datetime
    arrived: datetime


def is_ready(entry: Entry, now: datetime, settles: timedelta) -> bool:
    """A plain file under a finished name that nobody has written to for a while.

    A time far in the future comes from a clock that is not ours: waiting until it is past could mean for ever.
    """
    return entry.regular and is_finished(entry.name) and abs(now - entry.written) >= settles


def is_finished(name: str) -> bool:
    """Neither hidden nor on its way, nor one of our own reports."""
    return not name.startswith(".") and not name.lower().endswith((*UNFINISHED, JSON_REPORT, TEXT_REPORT))


def described(entry: Entry, now: datetime) -> datetime:
    """The moment a file's data describe: the last one in its name, else when it was written.

    A date alone is its end, but not later than the file's arrival: read again a minute later it is still the same moment.
    """
    day, clock = _named(entry.name)
    if day is None:
        return entry.written.replace(microsecond=0)
    if clock is None:
        return end_described(day, min(now, entry.arrived).replace(microsecond=0))
    return datetime.combine(day, clock, VIETNAM)


def _named(name: str) -> tuple[date | None, time | None]:
    """The last date that exists in a name, and the time beside it, if it has one that exists."""
    for found in reversed(list(DAY.finditer(name))):
        if day := _made(date, found[1], found[3], found[4]):
            beside = CLOCK.match(name, found.end())
            return day, _made(time, *beside.groups("0")) if beside else None
    return None, None


def _made(kind: Callable[[int, int, int], T], *parts: str) -> T | None:
    try:
        first, second, third = map(int, parts)
        return kind(first, second, third)
    except ValueError:
        return None


def names_to_put_away(name: str, moment: datetime) -> Iterator[str]:
    """The name itself, then with the moment before it, then numbered: whoever puts away takes the first that is free.

    Depends on nothing but the file, so that a second try after a crash comes to the same name.
    """
    yield _fitted(name, NAME_BYTES)
    for number in count(1):
        prefix = f"{moment.astimezone(VIETNAM):%Y%m%d-%H%M%S}-" + (f"{number}-" if number > 1 else "")
        yield prefix + _fitted(name, NAME_BYTES - len(prefix))


def _fitted(name: str, most: int) -> str:
    """Cut in the middle, so that the ending stays; ``most`` bytes."""
    if len(os.fsencode(name)) <= most:
        return name
    stem, ending = os.path.splitext(name)
    ending = ending if len(os.fsencode(ending)) < most // 2 else ""
    return os.fsencode(stem)[: most - len(os.fsencode(ending))].decode(errors="ignore") + ending


def shown(name: str) -> str:
    """A name fit for pages, the ledger and the database: what is no text, or no visible one, becomes a mark."""
    text = os.fsencode(name).decode(errors="replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
