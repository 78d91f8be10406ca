"""Keys by which other systems push dossiers: how they are written, and which of them open anything."""

import secrets
from datetime import date
from enum import StrEnum

MARK = "kontum_"  # says on sight, also to programs that look for leaked secrets, whose key it is
KEY_BYTES, SHOWN = 32, len(MARK) + 6
RATES = (1, 6_000)  # requests a minute that may be allowed


class KeyState(StrEnum):
    OPEN, EXPIRED, REVOKED = "open", "expired", "revoked"


def new_key() -> str:
    """A key nobody guesses; a plain digest of it is safe to keep."""
    return MARK + secrets.token_urlsafe(KEY_BYTES)


def beginning(key: str) -> str:
    """What may be shown of a key, by which people tell it from others."""
    return key[:SHOWN]


def key_state(*, expires_on: date | None, revoked: bool, today: date) -> KeyState:
    """A key opens until the end of the day it expires on, in Vietnam, unless it was revoked before."""
    if revoked:
        return KeyState.REVOKED
    return KeyState.EXPIRED if expires_on and expires_on < today else KeyState.OPEN
