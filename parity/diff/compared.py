"""Which comparison a field or a key has: what a collector's COMPARED says, made fast to ask."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from parity.diff.comparisons import Way, named
from parity.profile.model import Field

MANAGER = "$manager"
"""In COMPARED: the comparison that the item's own field `manager` names."""

EVERYTHING = {"*": "exact"}
"""How a section without a collector compares: a newer version made it, and nothing is known of it."""

_PATTERN = frozenset("*?[")


class Names:
    """The names that a section compares, each with its comparison; all others are shown and no more."""

    def __init__(self, compared: Mapping[str, str]) -> None:
        self._patterns = [(name, way) for name, way in compared.items() if _PATTERN.intersection(name)]
        self._found: dict[str, str | None] = {
            name: way for name, way in compared.items() if not _PATTERN.intersection(name)
        }

    def has(self, name: str) -> bool:
        """Whether a field or a scalar's key of this name is compared at all."""
        return self._name(name) is not None

    def way(self, name: str, local: Mapping[str, Field], production: Mapping[str, Field]) -> Way | None:
        """How a field or a scalar's key is compared. The two items are where a manager is looked up."""
        found = self._name(name)
        if found == MANAGER:
            manager = local.get("manager")
            return named(str(manager) if manager == production.get("manager") and _known(manager) else "exact")
        return None if found is None else named(found)

    def _name(self, name: str) -> str | None:
        try:
            return self._found[name]
        except KeyError:
            found = next((way for pattern, way in self._patterns if fnmatchcase(name, pattern)), None)
            return self._found.setdefault(name, found)


def _known(manager: object) -> bool:
    # A profile may name any manager; only those of the packaging systems have an order of their own.
    return manager in ("debian", "rpm", "apk")
