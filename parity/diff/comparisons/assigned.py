"""Whether a variable is set or empty; a repository may promise one without saying which."""

from __future__ import annotations

DOC = "both set or both empty; a side that only names it, or reads it, or promises nothing is equal to either"

_OPEN = frozenset({"named", "read", None})


def equal(local: object, production: object) -> bool:
    """Whether neither is known to be set where the other is empty."""
    return local == production or local in _OPEN or production in _OPEN
