"""Which groups of a project reach a locked distribution, and under which markers.

A lock of uv, and one of poetry before 2.0, states markers on the edges between distributions. What is installed
in an environment follows from walking them; `reach` walks them once for all environments and leaves one marker
with each distribution: the `or` over every way to it of the `and` along that way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parity.declared.facts import Edge

WAYS = 24
"""Different ways to one distribution that are told apart; with more, its marker is left out and it counts."""

LONGEST_WAY = 12
"""Different markers along one way that are kept; those behind them are left out, and it counts in more places."""

STEPS = 100_000
"""Edges that are walked, those walked again counted, before markers are left out: ten times a large monorepo's."""

Way = frozenset[str]
"""Markers that must all hold; the empty one always does."""
Key = tuple[str, "str | None"]
"""(normalised name, version)."""


class Reached(NamedTuple):
    """How the project comes to a distribution."""

    groups: tuple[str, ...]
    marker: str | None


def reach(roots: Iterable[tuple[str, Edge]], locked: Mapping[Key, tuple[Edge, ...]]) -> dict[Key, Reached]:
    """What the roots, (group, edge) each, reach in a lock: {(name, version): groups and marker}."""
    versions: dict[str, list[Key]] = {}
    for key in locked:
        versions.setdefault(key[0], []).append(key)
    ways: dict[tuple[Key, str | None], set[Way]] = {}
    groups: dict[tuple[Key, str | None], set[str]] = {}
    waiting: deque[tuple[Key, str | None]] = deque()

    steps = 0

    def arrive(edge: Edge, before: Iterable[Way], belongs: Iterable[str]) -> None:
        nonlocal steps
        steps += 1
        after = (
            {frozenset[str]()}
            if steps > STEPS
            else {way | {edge.marker} if edge.marker and len(way) < LONGEST_WAY else way for way in before}
        )
        for key in versions.get(edge.name, ()):
            if edge.version is not None and key[1] != edge.version:
                continue
            for extra in (None, *edge.extras):
                place = (key, extra)
                known = ways.setdefault(place, set())
                merged = _fewest(known | after)
                there = groups.setdefault(place, set())
                if merged != known or not there.issuperset(belongs):
                    ways[place] = merged
                    there.update(belongs)
                    waiting.append(place)

    for group, edge in roots:
        arrive(edge, [frozenset()], [group])
    while waiting:
        key, extra = waiting.popleft()
        for edge in locked[key]:
            if edge.behind == extra:
                arrive(edge, tuple(ways[key, extra]), tuple(groups[key, extra]))
    return {
        key: Reached(tuple(sorted(groups[key, None])), _either(ways[key, None])) for key, extra in ways if extra is None
    }


def _fewest(ways: set[Way]) -> set[Way]:
    """Without the ways that another makes superfluous; too many of them count as always."""
    kept = {way for way in ways if not any(other < way for other in ways)}
    return kept if len(kept) <= WAYS else {frozenset()}


def _either(ways: set[Way]) -> str | None:
    if frozenset() in ways:
        return None
    return either(both(*sorted(way)) for way in ways)


def both(*markers: str | None) -> str | None:
    """One marker that holds where all of these do; None holds everywhere."""
    parts = [marker for marker in markers if marker]
    if len(parts) < 2:
        return parts[0] if parts else None
    return " and ".join(f"({part})" if _joins(part, "or") else part for part in parts)


def either(markers: Iterable[str | None]) -> str | None:
    """One marker that holds where any of these does; None holds everywhere."""
    parts = set(markers)
    if None in parts or not parts:
        return None
    return " or ".join(
        f"({part})" if len(parts) > 1 and _joins(part, "and") else part for part in sorted(filter(None, parts))
    )


def _joins(marker: str, word: str) -> bool:
    return f" {word} " in marker
