"""Fingerprints of values, made with a key (parity/probe/environment/fingerprint.py). A difference says that they are
not the same and never what they are.
"""

from __future__ import annotations

DOC = "the same fingerprint; a side without one, or with one of another key, is equal to any"

SHOWN = ("a value", "another value")
"""What a difference holds in place of the two."""


BETWEEN = "the fingerprints of their values were made with different keys"


def equal(local: object, production: object) -> bool:
    """Whether the values are the same, as far as that can be told."""
    return local == production or not comparable(local, production)


def comparable(local: object, production: object) -> bool:
    """Whether both were made with one key."""
    return identifier(local) is not None and identifier(local) == identifier(production)


def identifier(fingerprint: object) -> str | None:
    """The id of the key that made it."""
    return fingerprint.partition(":")[0] if isinstance(fingerprint, str) and ":" in fingerprint else None
