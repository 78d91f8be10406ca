"""Secret keys in addresses: what is kept of them."""

from hashlib import sha256

KEY_BYTES = 32  # of randomness: nobody guesses it, so a plain digest needs neither salt nor slowness


def key_digest(key: str) -> str:
    """The only thing the database keeps of a key; equal for equal keys, and no way back."""
    return sha256(key.encode()).hexdigest()
