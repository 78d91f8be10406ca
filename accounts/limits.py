"""How often somebody may ask: counted in the cache, over all web processes."""

from contextlib import suppress

from django.core.cache import cache


def too_often(name: str, most: int, seconds: int) -> bool:
    """Counts this asking under the name; whether it is one too many since the first within so many seconds."""
    place = f"limit:{name}"
    if cache.add(place, 1, seconds):
        return False
    with suppress(ValueError):  # forgotten between the two questions: its time is over
        return cache.incr(place) > most
    return False
