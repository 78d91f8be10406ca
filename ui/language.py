"""Texts that are remembered must be remembered per language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")


def remembered(maxsize: int = 4096) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """``lru_cache`` for a function whose result holds words or figures of the page's language."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=maxsize)
        def told(_language: str | None, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def tell(*args: P.args, **kwargs: P.kwargs) -> T:
            return told(get_language(), *args, **kwargs)  # type: ignore[arg-type]  # the stubs of lru_cache ask for hashable ones

        return tell

    return decorate
