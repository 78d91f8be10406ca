"""Due dates per second on one core, pure Python: ours with and without explanation, beside a naive day-by-day walk.

The same 20 000 receipts and limits of 2022 go through each way; a check makes sure that all ways agree. ``due_moment`` is
what the intake calls per row; ``end_after`` is the table look-up inside it, the limit of what this design can give.
"""

import csv
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from dossiers.rules.deadlines import Stop, TimeLimit, deadline, due_moment
from worktime.rules import OFFICE_HOURS, ONE_DAY, VIETNAM, WorkCalendar, effective_start, end_of_day

HOLIDAYS = Path(__file__).resolve().parents[1] / "data" / "holidays_2018_2026.csv"
RECEIPTS, EXPLAINED, ROUNDS = 20_000, 2_000, 5
Question = tuple[datetime, TimeLimit]
Way = Callable[[datetime, TimeLimit], datetime]


def loaded_calendar() -> WorkCalendar:
    with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        rows = [(date.fromisoformat(row["date"]), row["kind"], row["name"]) for row in csv.DictReader(lines)]
    holidays = {day: name for day, kind, name in rows if kind == "holiday"}
    makeups = {day: name for day, kind, name in rows if kind != "holiday"}
    return WorkCalendar.build({day.year for day, _kind, _name in rows}, holidays, makeups)


def questions() -> list[Question]:
    """Receipts at any minute of 2022, also at night and on days off, with limits of 1 to 30 working days."""
    chance = random.Random(3812)
    first = datetime(2022, 1, 1, tzinfo=VIETNAM)
    limits = [TimeLimit(Decimal(days), "working_day") for days in (1, 2, 3, 5, 7, 10, 15, 20, 30)]
    return [(first + timedelta(minutes=chance.randrange(525_600)), chance.choice(limits)) for _ in range(RECEIPTS)]


def naive(calendar: WorkCalendar) -> Way:
    """Step day by day, asking of each day whether it is worked."""

    def due(received: datetime, limit: TimeLimit) -> datetime:
        day, left = effective_start(received, calendar).date(), limit.whole
        while left:
            day += ONE_DAY
            left -= calendar.is_working(day)
        return end_of_day(day)

    return due


def ways(calendar: WorkCalendar) -> dict[str, tuple[Way, int]]:
    """By name: the function and how many questions it is asked a round."""
    closes = OFFICE_HOURS.closes

    def stopped(received: datetime, limit: TimeLimit) -> datetime:
        stop = Stop(received + ONE_DAY, received + 3 * ONE_DAY)
        return due_moment(received, limit, stops=(stop,), calendar=calendar)

    return {
        "table look-up": (lambda received, limit: calendar.end_after(received, limit.whole, closes), RECEIPTS),
        "due_moment": (lambda received, limit: due_moment(received, limit, calendar=calendar), RECEIPTS),
        "due_moment, one stop": (stopped, EXPLAINED),
        "deadline, explained": (lambda received, limit: deadline(received, limit, calendar=calendar).due, EXPLAINED),
        "naive day stepping": (naive(calendar), EXPLAINED),
    }


def per_second(way: Way, asked: Sequence[Question]) -> float:
    """The best of the rounds: what disturbs a run only ever makes it slower."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = perf_counter()
        for received, limit in asked:
            way(received, limit)
        best = min(best, perf_counter() - begun)
    return len(asked) / best


def run(_scale: float = 1) -> dict[str, float]:
    """Due dates per second by way; the ratios to naive stepping are of this same run."""
    calendar, asked = loaded_calendar(), questions()
    by_name = ways(calendar)
    walk = by_name["naive day stepping"][0]
    for name, (way, _count) in by_name.items():
        if name != "due_moment, one stop":
            assert all(way(*question) == walk(*question) for question in asked[:EXPLAINED]), name
    speeds = {name: per_second(way, asked[:count]) for name, (way, count) in by_name.items()}
    return {**speeds, "due_moment / naive": speeds["due_moment"] / speeds["naive day stepping"]}


def main() -> None:
    for name, figure in run().items():
        print(f"{name:24} {figure:14,.1f}" + ("" if "/" in name else " /s"))


if __name__ == "__main__":
    main()
