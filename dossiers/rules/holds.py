"""When a file waits for a person before anything of it is written: what is unlikely may be right, but not silently.

Nothing here refuses a file. Who confirms says why, and that is journalled (docs/rules/intake-holds.md).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

HoldKind = Literal["smaller", "older", "elsewhere", "unknown_units", "reopens", "legacy_text"]
PROVINCE = "H34"  # Kon Tum in dossier codes (Quyết định 20/2020/QĐ-TTg)
SMALLER, ELSEWHERE, UNKNOWN, REOPENED = 0.30, 0.50, 0.50, 0.01
LEGACY = ("text_tcvn3", "text_vni")  # fonts of before Unicode: their conversion is looked at before it is kept


class Hold(NamedTuple):
    """Why a file waits; the sentence is written in dossiers/messages.py."""

    kind: HoldKind
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What an import would do, as far as it may have to wait.

    ``rows_before``: of the full extract before it; None when there is none, or this is a change extract. ``newest_full``:
    the moment of the newest full extract; ``coded``: rows whose code names a province, ``foreign``: another one than ours.
    """

    rows: int
    rows_before: int | None
    data_as_of: datetime
    newest_full: datetime | None
    coded: int
    foreign: int
    unknown_units: int
    reopened: int
    closed: int
    converted: int


def holds(found: Found, *, least: int, full: bool) -> list[Hold]:
    """``least``: as few rows or dossiers as this are never a reason by themselves."""
    return list(_holds(found, least, full=full))


def _holds(found: Found, least: int, *, full: bool) -> Iterator[Hold]:
    before = found.rows_before
    if before is not None and before - found.rows >= max(least, SMALLER * before):
        words = {"rows": str(found.rows), "before": str(before), "fewer": str(before - found.rows)}
        yield Hold("smaller", words)
    if full and found.newest_full and found.data_as_of < found.newest_full:
        yield Hold("older", {"newest": found.newest_full.isoformat()})
    if found.foreign >= least and found.foreign > ELSEWHERE * found.coded:
        yield Hold("elsewhere", {"foreign": str(found.foreign), "coded": str(found.coded), "province": PROVINCE})
    if found.unknown_units >= least and found.unknown_units > UNKNOWN * found.rows:
        yield Hold("unknown_units", {"unknown": str(found.unknown_units), "rows": str(found.rows)})
    if found.reopened >= least and found.reopened > REOPENED * found.closed:
        yield Hold("reopens", {"reopened": str(found.reopened), "closed": str(found.closed)})
    if found.converted:
        yield Hold("legacy_text", {"converted": str(found.converted)})


def still_open(found: Collection[Hold], confirmed: Collection[str]) -> list[Hold]:
    """Those nobody has confirmed yet."""
    return [hold for hold in found if hold.kind not in confirmed]
