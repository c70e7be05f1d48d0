"""Small pieces of English that sentences about findings are made of."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 3


def plural(count: int, noun: str) -> str:
    """1 error, 2 errors; `info` has no plural of its own."""
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"


def listed(words: Sequence[str], conjunction: str = "and") -> str:
    """a; a and b; a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def some(names: Sequence[str], shown: int = _SHOWN) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= shown + 1:
        return listed(names)
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"


def amount(count: float) -> str:
    """Bytes as a person says them: 64 MiB, 1.5 GiB."""
    units = ["TiB", "GiB", "MiB", "KiB", "bytes"]
    while count >= 1024 and len(units) > 1:
        units.pop()
        count /= 1024
    return f"{count:.4g} {units[-1]}"
