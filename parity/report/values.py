"""Values of items in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parity.diff.model import Kind
from parity.policy.model import Finding
from parity.profile.model import Field, Item

MISSING = "missing"
"""What stands on the side that lacks an item."""

_PLAIN = frozenset({"default_version", "path", "state", "version"})
"""Fields whose value speaks for itself."""
_COMMIT = 12
"""Characters of a commit that are shown."""
_QUIET = frozenset({"manager", "noexec", "read_only"})
"""Fields that beside others are worth a word only where they are a yes."""
_YES_NO = {
    "read_only": ("read-only", "not read-only"),
    "exists": ("there", "not there"),
    "resolved": ("found", "not found"),
    "mounted": ("mounted", "not mounted"),
}


def sides(one: Finding) -> tuple[str, str]:
    """What (local, production) have, in a few words each."""
    local = MISSING if one.kind is Kind.EXTRA else value(one.local)
    production = MISSING if one.kind is Kind.MISSING else value(one.production)
    return local, production


def value(item: Item) -> str:
    """An item in a few words."""
    if isinstance(item, Mapping):
        names = [name for name in item if len(item) == 1 or name not in _QUIET or item[name] is True]
        return ", ".join(_field(name, item[name]) for name in names) or "there"
    return _scalar(item)


def _scalar(item: Field) -> str:
    if item is None:
        return "none"
    if isinstance(item, bool):
        return "yes" if item else "no"
    return str(item) or "empty"


def _field(name: str, item: Field) -> str:
    if isinstance(item, bool):
        words = name.replace("_", " ")
        yes, no = _YES_NO.get(name, (words, f"not {words}"))
        return yes if item else no
    if isinstance(item, Sequence) and not isinstance(item, str):
        return f"{name.replace('_', ' ')} {' '.join(item) or 'none'}"
    if item is None:
        return f"no {name.replace('_', ' ')}"
    if name == "revision":
        return str(item)[:_COMMIT]
    return str(item) if name in _PLAIN else f"{name.replace('_', ' ')} {item}"
