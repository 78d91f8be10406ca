"""The figures the demo is drawn from: ``data/generator_params.csv``, each with its basis there (seed, source or inference)."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# The two units letter 3812 names, as the parameter file writes them.
NAMED = {"UBND TP Kon Tum": "608", "UBND huyện Đăk Tô": "612"}


@dataclass(frozen=True)
class Lateness:
    """Working days late: log-normal around ``median``, cut to [least, most]."""

    median: float
    sigma: float
    least: int
    most: int


@dataclass(frozen=True)
class Params:
    """Shares are fractions of 1."""

    golden: Mapping[tuple[str, str], int]  # (agency code, system) → overdue at the snapshot, as letter 3812 counts it
    level_share: Mapping[str, float]
    field_share: Mapping[str, float]
    field_share_overdue: Mapping[str, float]
    channels: tuple[float, float, float]  # in person, online, post
    weekdays: tuple[float, ...]  # Monday to Friday
    lateness: Mapping[str, Lateness]  # old, new, closed
    still_received: float  # of the overdue: still "Được tiếp nhận", nobody has begun
    not_closed: float  # of the overdue: the result was handed over, the software was not told
    closed_at_due: float  # of those closed late: finish written as the due moment


def params_read(path: Path) -> Params:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups: dict[str, dict[str, str]] = {}
    for row in rows:
        groups.setdefault(row["group"], {})[row["parameter"]] = row["value"]
    lateness = {name.split()[0]: _lateness(text) for name, text in groups["lateness_working_days"].items()}
    return Params(
        golden=_golden(rows),
        level_share=_shares(groups["level_share"]),
        field_share=_shares(groups["field_share_volume"]),
        field_share_overdue=_shares(groups["field_share_overdue"]),
        channels=_parts(groups["channel"].popitem()[1]),  # type: ignore[arg-type]  # three numbers in the file
        weekdays=_parts(groups["arrival"]["weekday pattern"]),
        lateness=lateness,
        still_received=float(groups["status_of_overdue_open"]["Được tiếp nhận (2)"]) / 100,
        not_closed=float(groups["quality"]["result returned but not closed in software"]) / 100,
        closed_at_due=float(groups["quality"]["closed exactly at due timestamp"]) / 100,
    )


def _golden(rows: list[dict[str, str]]) -> dict[tuple[str, str], int]:
    exact = [row for row in rows if row["group"] == "snapshot" and row["value"].isdecimal()]
    scopes = {tuple(row["scope"].split("|")[:2]): int(row["value"]) for row in exact}
    return {(NAMED[name], system): value for (name, system), value in scopes.items()}


def _shares(texts: Mapping[str, str]) -> dict[str, float]:
    return {name: float(value) / 100 for name, value in texts.items()}


def _parts(text: str) -> tuple[float, ...]:
    return tuple(float(part) / 100 for part in text.split("/"))


def _lateness(text: str) -> Lateness:
    numbers = {name: float(value) for name, value in re.findall(r"(median|sigma|min|cap) ([\d.]+)", text)}
    return Lateness(numbers["median"], numbers["sigma"], int(numbers.get("min", 1)), int(numbers.get("cap", 250)))
