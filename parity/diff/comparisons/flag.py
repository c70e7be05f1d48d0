"""Yes or no, where a collector may leave a no out."""

from __future__ import annotations

DOC = "both yes or both no; a field that is not there is a no"


def equal(local: object, production: object) -> bool:
    """Whether both are yes, or neither is."""
    return bool(local) == bool(production)
