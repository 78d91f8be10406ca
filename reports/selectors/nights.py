"""Which dates have figures."""

from datetime import date

from dossiers.selectors.runs import following_run, latest_run


def nearest(as_of: date) -> date | None:
    """The newest date with figures not after ``as_of``, else the first one after it."""
    run = latest_run(as_of) or following_run(as_of)
    return run.as_of if run else None


def latest() -> date | None:
    run = latest_run()
    return run.as_of if run else None
