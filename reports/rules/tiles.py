"""How many overdue dossiers a tile's shade stands for: fixed bands, so that a shade means the same on every date and scope."""

from bisect import bisect_left

LIMITS = (0, 25, 50, 100, 500)  # the largest number of each band; the last band is open


def shade(number: int) -> int:
    """The band of a number: 0 for none, then 1 (lightest) to 5."""
    return bisect_left(LIMITS, number)


def bands() -> list[tuple[int, int | None]]:
    """Smallest and largest number of each shade; None where there is no largest."""
    starts = [0, *(limit + 1 for limit in LIMITS)]
    return list(zip(starts, [*LIMITS, None], strict=True))
