"""Which differences of versions a team tolerates. Pure."""

from __future__ import annotations

from parity.diff.model import Change, Difference, Kind
from parity.policy.agreed import Tolerated
from parity.policy.model import Finding

_SIZES = {"other": 0, "patch": 1, "minor": 2, "major": 3}

_NEVER = frozenset({"libraries.symbols", "libraries.unresolved", "packages.requirement", "platform.architecture"})
"""A version that something there does not work with is no matter of how much it differs."""


def tolerated(one: Finding, difference: Difference | None, most: Tolerated) -> bool:
    """Whether a finding is about versions alone, and none that differ by more than `most`."""
    if difference is None or difference.kind is not Kind.CHANGED or one.id in _NEVER:
        return False
    changes = [each.change for each in difference.fields if each.name in one.fields or not one.fields]
    changes = changes or [difference.change]
    return all(change is not None and _size(one, change) <= _SIZES[most] for change in changes)


def _size(one: Finding, change: Change) -> int:
    # Before 1.0 a minor version is what a major one is later, and the rule says so.
    return _SIZES["major"] if one.id.endswith(".major") else _SIZES[change.part]
