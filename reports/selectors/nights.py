"""Which dates have figures, and what their nights had taken in."""

from collections.abc import Iterable
from datetime import date

from dossiers.selectors.runs import finished_runs, following_run, latest_run
from reports.rules.freshness import Inputs


def inputs_by_day(days: Iterable[date]) -> dict[date, Inputs]:
    """What each finished night among these dates had taken in; a date without a night is missing."""
    return dict(finished_runs().filter(as_of__in=set(days)).values_list("as_of", "inputs"))


def nearest(as_of: date) -> date | None:
    """The newest date with figures not after ``as_of``, else the first one after it."""
    run = latest_run(as_of) or following_run(as_of)
    return run.as_of if run else None


def latest() -> date | None:
    run = latest_run()
    return run.as_of if run else None
