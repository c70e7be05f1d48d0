"""Whether a name is a slip of the pen for another. Pure.

Names of variables are compared word by word, split at underscores: HOST and PORT are two letters apart and mean
different things, SECRECT and SECRET are one apart and do not. So a word must be long enough for the slip to stand
out, digits must agree, and at most one word may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHORTEST = 5
"""Letters of a name below which nothing is near it."""
_SWAPPED, _MISSING, _OTHER, _TWO = 4, 4, 6, 9
"""Letters that a word must have for two swapped letters, one too many or too few, another one, and two slips."""

_DIGITS = re.compile(r"[0-9]+")
_APART = frozenset({frozenset({"HTTP", "HTTPS"}), frozenset({"LOCAL", "LOCALE"}), frozenset({"MODEL", "MODELS"})})
"""Words that differ by a letter and are both meant."""
_LONGEST = 64


def near(name: str, names: Iterable[str]) -> str | None:
    """The name, of several, that `name` is most likely meant for; None where none is near enough, or it is one."""
    best: tuple[int, str] | None = None
    for other in names:
        if other == name:
            return None
        slips = _slips(name.upper(), other.upper())
        if slips is not None and (best is None or (slips, other) < best):
            best = slips, other
    return best[1] if best else None


def _slips(name: str, other: str) -> int | None:
    """How many slips are between two names in upper case, None where they are different names."""
    shortest, longest = sorted((len(name), len(other)))
    if shortest < _SHORTEST or longest > _LONGEST:
        return None
    if longest - shortest > 2 or _DIGITS.findall(name) != _DIGITS.findall(other):
        return None
    if name.replace("_", "") == other.replace("_", ""):
        return 0
    words, others = name.split("_"), other.split("_")
    if len(words) != len(others):
        return None
    different = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    if len(different) != 1 or frozenset(different[0]) in _APART:
        return None
    return _word_slips(*different[0])


def _word_slips(word: str, other: str) -> int | None:
    shorter = min(len(word), len(other))
    distance = _distance(word, other)
    if distance == 2 and shorter >= _TWO:
        return 2
    if distance != 1:
        return None
    if len(word) != len(other):
        return 1 if shorter >= _MISSING else None
    swapped = sorted(word) == sorted(other)
    return 1 if shorter >= (_SWAPPED if swapped else _OTHER) else None


def _distance(word: str, other: str) -> int:
    """Letters inserted, left out, replaced, or swapped with the next one: optimal string alignment."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, one in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != one))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == one:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]
