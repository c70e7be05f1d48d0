"""The processor. What was compiled for a newer one ends on an older one with an illegal instruction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.probe.collectors.cpu import LEVELS
from parity.profile.model import Item

RULES = {
    "level-lower": Rule(Severity.WARNING, "production's processor is of a lower level"),
    "level-higher": Rule(Severity.INFO, "production's processor is of a higher level"),
    "flag-missing": Rule(Severity.INFO, "production's processor lacks what the local one has"),
    "flag-extra": Rule(Severity.INFO, "production's processor has what the local one lacks"),
    "count": Rule(Severity.INFO, "another number of CPUs"),
}

_OF_LEVELS = frozenset(flag for levels in LEVELS.values() for _, flags in levels[1:] for flag in flags.split())
"""Flags that make a level, but for the first, which every processor has."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; flags that the level tells of are its, and add no weight."""
    levelled = any(one.key == "level" for one in differences)
    for one in differences:
        if one.key == "level":
            yield _level(one)
        elif one.key == "count":
            yield finding("count", one, Severity.INFO, "pools made for os.cpu_count() have another number of workers")
        elif one.kind is Kind.EXTRA:
            yield finding("flag-extra", one, Severity.INFO, "what is compiled there must not be used locally")
        elif one.key in _OF_LEVELS and not levelled:
            why = f"production's processor has no {one.key}: what was compiled for it ends with an illegal instruction"
            yield finding("flag-missing", one, Severity.WARNING, why)
        else:
            why = "libraries that look for it choose other code, with results that may differ in the last digit"
            yield finding("flag-missing", one, Severity.INFO, why)


def _level(one: Difference) -> Finding:
    if _rank(one.production) < _rank(one.local):
        why = "production's processor is of a lower level: what was compiled for the local one may not run there"
        return finding("level-lower", one, Severity.WARNING, why)
    return finding("level-higher", one, Severity.INFO, "production's processor has all that the local one has")


def _rank(level: Item) -> tuple[int, ...]:
    # The last numbers count: x86-64-v3, armv8.2.
    return tuple(int(part) for part in re.findall(r"\d+", str(level).rpartition("v")[2])) if level else ()
