"""Versions of Python distributions, as the version specifiers specification (PEP 440) orders them.

A version that does not follow it sorts before all that do, and equals only itself: an odd record is
no reason to stop.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from parity.diff.model import Change
from parity.diff.versions import Key, Part, changed, part, same

if TYPE_CHECKING:
    from packaging.version import Version

DOC = "PEP 440: 1.0 is 1.0.0, 2.0rc1 comes before 2.0, +local after it"

_A_YEAR = 1900


def equal(local: object, production: object) -> bool:
    """Whether the versions are the same."""
    return same(_key, local, production)


def change(local: object, production: object) -> Change | None:
    """How production's version stands to the local one.

    Where a version starts with a year the year is no major version, so a new year counts as minor.
    A pre-release against its release is minor too: before it is out, a version promises nothing.
    """
    return changed(_key, _part, local, production)


@lru_cache(maxsize=1 << 14)
def parsed(version: str) -> Version | None:
    """The version, or None when it does not follow the specification."""
    from packaging.version import InvalidVersion, Version

    try:
        return Version(version)
    except (InvalidVersion, ValueError):  # ValueError: more digits than Python converts
        return None


def _key(version: str) -> Key:
    valid = parsed(version)
    return (0, version) if valid is None else (1, valid)


def _part(local: str, production: str) -> Part:
    left, right = parsed(local), parsed(production)
    if left is None or right is None:
        return "other"
    if left.epoch != right.epoch:
        return "major"
    if left.release != right.release:
        found = part(left.release, right.release, 0)
        if found == "major" and min(left.major, right.major) >= _A_YEAR:
            return "minor"
        if found != "other":
            return found
    return "minor" if left.is_prerelease or right.is_prerelease else "other"
