"""Places of a repository as fields of an item: few of them, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable

from parity.declared.facts import Place

SHOWN = 5

Placed = dict[str, "bool | str | int | tuple[str, ...]"]


def placed(places: Iterable[Place], field: str, count: str | None) -> Placed:
    """{field: the first five}, and {count: all of them} where there are more and a name for it is given."""
    ordered = sorted(set(places))
    # A list in a profile is sorted as text; which five are shown follows files and lines.
    shown: Placed = {field: tuple(sorted(str(place) for place in ordered[:SHOWN]))}
    if count is not None and len(ordered) > SHOWN:
        shown[count] = len(ordered)
    return shown
