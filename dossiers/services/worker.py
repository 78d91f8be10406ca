"""Notes between the pages and the worker. They are kept only for a while: nothing but what a page says depends on them."""

from django.core.cache import cache

from dossiers.selectors.worker import ALIVE, ALIVE_SECONDS, ASKED, ASKED_SECONDS


def worker_beat() -> None:
    """A worker is there."""
    cache.set(ALIVE, True, ALIVE_SECONDS)


def nights_asked(*, missing: int) -> None:
    """Somebody waits for this many nights."""
    cache.set(ASKED, missing, ASKED_SECONDS)


def nights_answered() -> None:
    """The worker has done what it could; what is missing now was not for want of asking."""
    cache.delete(ASKED)
