"""One item of a section: a single value, or an object of named fields."""

from __future__ import annotations

from parity.profile.model import Field, Item

SCALAR = (str, int, float, type(None))
"""The types of an item that is a single value: a check that costs a tenth of asking for a Mapping."""


def field(item: Item, name: str) -> Field:
    """A field of an item, None where the item is no object or has no such field."""
    return None if isinstance(item, SCALAR) else item.get(name)
