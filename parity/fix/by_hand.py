"""What no command closes, and a person does: a difference of the machine, of a build or of the program's own code is
not set, but chosen or written. The lines are data (data/by_hand.txt)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

_NOTHING = "-"


def by_hand(label: str) -> str:
    """The line for a difference, `section.key`; "" where nothing is known."""
    words = next((words for pattern, words in lines() if fnmatchcase(label, pattern)), _NOTHING)
    return "" if words == _NOTHING else words


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """The shipped list, in its order: (pattern of `section.key`, words)."""
    text = (files("parity.fix") / "data" / "by_hand.txt").read_text("utf-8")
    parts = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((pattern, words) for pattern, _, words in parts)
