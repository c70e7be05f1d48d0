"""The plain comparison: what is written must be the same."""

from __future__ import annotations

DOC = "the same value; a list in the same order"


def equal(local: object, production: object) -> bool:
    """Whether the values are equal; a yes is no 1."""
    return local == production and isinstance(local, bool) == isinstance(production, bool)
