"""What the version comparisons share: numbers that sort, and the part of a version that changed.

A version is made into a key, a tuple whose order is the scheme's order. Keys never hold an `int` made
from untrusted digits: Python refuses to convert more than 4,300 of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from parity.diff.model import Change

Key: TypeAlias = "tuple[Any, ...]"
Number: TypeAlias = "tuple[int, str]"
Part: TypeAlias = Literal["major", "minor", "patch", "other"]

_PARTS: tuple[Part, ...] = ("major", "minor", "patch")
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_ZERO: Number = (0, "")


def number(digits: str) -> Number:
    """Digits as a value that sorts as their number does; no digits are zero."""
    stripped = digits.lstrip("0")
    return len(stripped), stripped


def release(version: str) -> tuple[Number, ...]:
    """The dotted numbers that a version starts with."""
    found = _NUMBERS.match(version)
    return tuple(map(number, found[0].split("."))) if found else ()


def part(local: tuple[Any, ...], production: tuple[Any, ...], zero: Any = _ZERO) -> Part:
    """Which number of two releases differs first; missing numbers are zero."""
    for place in range(max(len(local), len(production))):
        left = local[place] if place < len(local) else zero
        right = production[place] if place < len(production) else zero
        if left != right:
            return _PARTS[place] if place < len(_PARTS) else "other"
    return "other"


def split(version: str) -> tuple[str, str, str]:
    """(epoch, upstream version, revision) of [epoch:]upstream[-revision], each as written, absent ones empty."""
    epoch, colon, rest = version.partition(":")
    if not (colon and epoch.isascii() and epoch.isdigit()):
        epoch, rest = "", version
    upstream, dash, revision = rest.rpartition("-")
    return (epoch, upstream, revision) if dash else (epoch, rest, "")


def packaged_part(local: str, production: str) -> Part:
    """Which part of two such versions differs first: an epoch counts as a major version, a revision as a patch."""
    left, right = split(local), split(production)
    if number(left[0]) != number(right[0]):
        return "major"
    if left[1] == right[1]:
        return "patch"
    return part(release(left[1]), release(right[1]))


def same(key: Callable[[str], Key], local: object, production: object) -> bool:
    """Equality under a scheme; values that are no text are equal only when they are the same value."""
    if local == production:
        return True
    return isinstance(local, str) and isinstance(production, str) and key(local) == key(production)


def changed(
    key: Callable[[str], Key], parts: Callable[[str, str], Part], local: object, production: object
) -> Change | None:
    """The change from local to production, or None where there is none to tell."""
    if not (isinstance(local, str) and isinstance(production, str)):
        return None
    left, right = key(local), key(production)
    if left == right:
        return None
    return Change("older" if right < left else "newer", parts(local, production))
