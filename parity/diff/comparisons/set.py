"""Lists whose order means nothing: groups, capabilities, mount options."""

from __future__ import annotations

DOC = "the same members in any order, however often; a field that is not there is empty"


def equal(local: object, production: object) -> bool:
    """Whether both hold the same members."""
    return _members(local) == _members(production)


def _members(value: object) -> frozenset[object]:
    if value is None:
        return frozenset()
    return frozenset(value) if isinstance(value, (tuple, list)) else frozenset((value,))
