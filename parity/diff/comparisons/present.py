"""Things that count by being there: the name of a program."""

from __future__ import annotations

DOC = "there on both sides, whatever it is"


def equal(local: object, production: object) -> bool:
    """Whether both sides have it, or neither."""
    return (local is None) == (production is None)
