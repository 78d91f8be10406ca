"""Whether anybody is there to do what pages ask for. Read by the Celery app before there are models: imports none."""

from django.core.cache import cache

ALIVE, ALIVE_SECONDS = "worker:alive", 20  # a worker's heart beats every two seconds
ASKED, ASKED_SECONDS = "nights:asked", 600


def worker_answers() -> bool:
    """Whether a worker's heart has been heard lately."""
    return cache.get(ALIVE) is not None
