"""Facts that are recorded only where somebody asked for them."""

from __future__ import annotations

from parity.diff.comparisons.exact import equal as exact

DOC = "the same value, where both sides tell one"


def equal(local: object, production: object) -> bool:
    """Whether the values are equal, or a side tells none."""
    return local is None or production is None or exact(local, production)
