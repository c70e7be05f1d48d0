"""Names that one may be typed for: SECRECT_KEY for SECRET_KEY.

One word of a name is misspelt, by a letter too many, too few, wrong or in the other's place, and by two in a long
word; or the name is the same but for its case and its underscores. Short words are other words and no slips (URL and
URI, API and APP), and so are those with a number in them (DB1, DB2).
"""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = 4
"""Letters of the shortest word that a slip is seen in; for a letter in place of another, one more."""
_LONG = 8
"""Letters from which two slips are seen."""


def nearest(name: str, others: Iterable[str]) -> str | None:
    """The name among others that this one may be typed for; of several the first, None for none."""
    return next((other for other in sorted(others) if near(name, other)), None)


def near(name: str, other: str) -> bool:
    """Whether two names that are not the same may be one, misspelt."""
    if name == other or abs(len(name) - len(other)) > 2:
        return False
    if _bare(name) == _bare(other):
        return True
    left, right = name.upper().split("_"), other.upper().split("_")
    apart = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    return len(left) == len(right) and len(apart) == 1 and _slip(*apart[0])


def _bare(name: str) -> str:
    return name.replace("_", "").upper()


def _slip(word: str, other: str) -> bool:
    if any(letter.isdigit() for letter in word + other):
        return False
    shorter = min(len(word), len(other))
    slips = _slips(word, other)
    if slips == 1:
        replaced = len(word) == len(other) and sorted(word) != sorted(other)
        return shorter >= _LETTERS + replaced
    return slips == 2 and shorter >= _LONG


def _slips(word: str, other: str) -> int:
    """The optimal string alignment distance: letters inserted, left out, replaced, and neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, another in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and another == word[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
