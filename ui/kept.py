"""Finished parts of pages, kept for as long as the data stand still: asking again costs neither queries nor printing.

Whatever a part shows must be named by its key: the state of the data (``journal.selectors.head``), whose units
(``agencies.access.sight``), the question. Nothing kept may depend on the clock or on who exactly asks.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.templatetags.static import static
from django.utils.translation import get_language

T = TypeVar("T")
KEPT_SECONDS = 600  # a deployment may change the markup while the data stay


def kept(make: Callable[[], T], *, version: str, key: tuple[object, ...]) -> T:
    """What ``make`` returns (anything that can be pickled), made once per key.

    Without a version nothing tells two states of the data apart: then it is made each time.
    """
    if not version:
        return make()
    parts = (version, get_language(), static("dist/app.css"), *key)
    name = "kept:" + sha256(repr(parts).encode()).hexdigest()
    found: T | None = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, KEPT_SECONDS)
    return found
