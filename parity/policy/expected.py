"""Whether two sides are as a team expects them to be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from parity.policy.agreed import Expected, Fact
from parity.profile.model import Field, Item

MISSING = "missing"
"""What a side is that lacks the item."""

_MAIN = ("version", "state", "default_version", "value")
"""Of an item with several fields, the one that stands for it."""


def holds(fact: Fact, item: Item) -> bool:
    """Whether an item (None: the side lacks it) is as stated."""
    if isinstance(fact, str):
        return fnmatchcase(word(item), fact)
    return all(fnmatchcase(_field(item, name), glob) for name, glob in fact.items())


def word(item: Item) -> str:
    """An item in one word: its version or state, yes or no, a number, or `missing`."""
    if not isinstance(item, Mapping):
        return _word(item)
    main = next((name for name in _MAIN if name in item), None) or (next(iter(item)) if len(item) == 1 else None)
    return "there" if main is None else _word(item[main])


def stated(expected: Expected) -> str:
    """What was expected, in words: local 16.*, production 15.*."""
    return f"local {_said(expected.local)}, production {_said(expected.production)}"


def _said(fact: Fact) -> str:
    return fact if isinstance(fact, str) else " ".join(f"{name} {glob}" for name, glob in sorted(fact.items()))


def _field(item: Item, name: str) -> str:
    return _word(item.get(name)) if isinstance(item, Mapping) else MISSING


def _word(value: Field) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)
