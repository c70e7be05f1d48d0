"""Which comparison a field or a key has: what a collector's COMPARED says, made fast to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from parity.diff.comparisons import Way, named
from parity.profile.item import SCALAR
from parity.profile.model import Field, Item

MANAGER = "$manager"
"""In COMPARED: the comparison that the item's own field `manager` names."""

_PATTERN = frozenset("*?[")
_MANAGERS = frozenset({"apk", "debian", "rpm"})
"""A profile may name any manager; only these have an order of their own, others compare exactly."""


class Names:
    """The fields and the scalars' keys that a section compares. All others are shown and no more.

    None for a section without a collector: a newer version made it, and everything in it compares exactly.
    """

    def __init__(self, compared: Mapping[str, str] | None) -> None:
        self._everything = compared is None
        self.fields = dict(compared or {})
        self._sorted = sorted(self.fields)
        self.kept_back = frozenset(name for name, way in self.fields.items() if way != MANAGER and named(way).shown)
        """Fields that no difference may hold as they are."""
        self._patterns = [(name, way) for name, way in self.fields.items() if _PATTERN.intersection(name)]

    def of(self, local: Mapping[str, Field], production: Mapping[str, Field]) -> Iterable[str]:
        """The fields of two items that can be compared, sorted."""
        return sorted({*local, *production}) if self._everything else self._sorted

    def field(self, name: str, local: Mapping[str, Field], production: Mapping[str, Field]) -> Way | None:
        """How a field of these two items is compared, None for not at all."""
        found = self.fields.get(name, "exact" if self._everything else None)
        if found == MANAGER:
            manager = local.get("manager")
            found = str(manager) if manager in _MANAGERS and manager == production.get("manager") else "exact"
        return None if found is None else named(found)

    def scalar(self, key: str) -> Way | None:
        """How a scalar item is compared, None for not at all."""
        found = self.fields.get(key, "exact" if self._everything else None)
        if found is None:
            found = next((way for pattern, way in self._patterns if fnmatchcase(key, pattern)), None)
        return None if found is None else named(found)

    def shown(self, item: Item) -> Item:
        """An item as a difference may hold it."""
        if not self.kept_back or isinstance(item, SCALAR) or self.kept_back.isdisjoint(item):
            return item
        return {name: value for name, value in item.items() if name not in self.kept_back}

    def has(self, key: str, item: Item) -> bool:
        """Whether an item can be a difference at all: an object of which no field is compared cannot."""
        if self._everything:
            return True
        if isinstance(item, SCALAR):
            return self.scalar(key) is not None
        return any(name in self.fields for name in item)
