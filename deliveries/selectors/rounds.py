"""What the page says of the drop folders: when they were last looked at, what stays in them."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from redis.exceptions import RedisError

ROUND_KEY = "deliveries:round"


@dataclass(frozen=True, slots=True)
class RoundTold:
    """``faults``: sentences."""

    at: datetime
    faults: tuple[str, ...]


def last_round() -> RoundTold | None:
    """None when there was none for a while, or the cache does not answer."""
    try:
        found: RoundTold | None = cache.get(ROUND_KEY)
    except RedisError:
        return None
    return found
