"""Small drawings computed as plain numbers; templates print them as SVG attributes (no style=, so CSP stays strict)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, starmap

from ui.formats import AGE_LABELS, integer

AGE_KEYS = ("5", "10", "30", "90", "more")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar. ``end``: where it ends, in whole hundredths of the width: no screen shows finer ones."""

    key: str
    label: str
    count: int
    end: int


def age_segments(counts: Sequence[int]) -> list[Segment]:
    """Five counts of overdue dossiers, youngest first → the bar's parts; empty ages take no room."""
    if len(counts) != len(AGE_KEYS):
        raise ValueError(f"five ages, not {len(counts)}")
    total = sum(counts)
    if not total:
        return []
    ends = [round(100 * part / total) for part in accumulate(counts)]
    found = zip(AGE_KEYS, AGE_LABELS, counts, ends, strict=True)
    return [Segment(key, str(label), count, end) for key, label, count, end in found if count]


@dataclass(frozen=True, slots=True)
class Sparkline:
    """An SVG path; unknown days are gaps, not zeros."""

    path: str
    summary: str


def sparkline(values: Iterable[int | None]) -> Sparkline | None:
    """None when nothing is known. The scale starts at 0: a small change must not look like a big one.

    Drawn on whole pixels, 96 × 24: a table has one in each row, and a finer one would look the same.
    """
    series = list(values)
    known = [value for value in series if value is not None]
    if not known:
        return None
    top = max(max(known), 1)
    step = 92 / max(len(series) - 1, 1)
    points = [None if value is None else (round(2 + step * i), round(22 - 20 * value / top)) for i, value in enumerate(series)]
    return Sparkline(_path(points), f"{integer(known[0])} → {integer(known[-1])}")


def _path(points: Iterable[tuple[int, int] | None]) -> str:
    """Of days at one height only the first and the last are points: most lines rest most of the time. Steps are relative."""
    runs: list[list[tuple[int, int]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
            continue
        run, (x, y) = runs[-1], point
        if len(run) > 1 and run[-1][1] == run[-2][1] == y:
            run.pop()
        run.append((x, y))
    return "".join("M{} {}".format(*run[0]) + "".join(starmap(_step, pairwise(run))) for run in runs if run)


def _step(start: tuple[int, int], end: tuple[int, int]) -> str:
    across, down = end[0] - start[0], end[1] - start[1]
    return f"l{across}{down if down < 0 else f' {down}'}" if down else f"h{across}"
