"""A short id for every request: the thread from what a person saw to what the server logged."""

import logging
import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-ID"
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # said over the telephone: no 0 and O, no 1, I, L, no U
LENGTH = 8
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
NONE = "-"

_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current() -> str:
    """The id of the request being answered; ``-`` outside one."""
    return _current.get()


@contextmanager
def answering(given: str = "") -> Generator[str]:
    """For the length of one request its id is ``given`` if that is fit to be logged and read out, else a new one."""
    number = given if GIVEN.fullmatch(given) else "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    token = _current.set(number)
    try:
        yield number
    finally:
        _current.reset(token)


class WithRequestId(logging.Filter):
    """Lets every line of the log say which request it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current()
        return True
