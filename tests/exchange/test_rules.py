"""Keys: what they look like, and the last moment they open anything."""

from datetime import date

import pytest

from exchange.rules import KEY_BYTES, KeyState, beginning, key_state, new_key

LAST = date(2022, 11, 8)


@pytest.mark.parametrize(
    ("today", "revoked", "state"),
    [
        (date(2022, 11, 7), False, KeyState.OPEN),
        (LAST, False, KeyState.OPEN),
        (date(2022, 11, 9), False, KeyState.EXPIRED),
        (LAST, True, KeyState.REVOKED),
        (date(2022, 11, 9), True, KeyState.REVOKED),
    ],
)
def test_a_key_opens_until_the_end_of_its_last_day_unless_it_was_revoked(today: date, revoked: bool, state: KeyState) -> None:
    assert key_state(expires_on=LAST, revoked=revoked, today=today) == state


def test_a_key_without_a_last_day_opens_for_good() -> None:
    assert key_state(expires_on=None, revoked=False, today=date(2099, 1, 1)) == KeyState.OPEN


def test_a_key_says_whose_it_is_and_shows_too_little_of_itself_to_be_guessed() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    for key in keys:
        assert key.startswith("kontum_")
        assert len(key) >= KEY_BYTES
        assert len(key) - len(beginning(key)) > 30
