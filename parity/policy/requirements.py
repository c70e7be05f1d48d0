"""What the distributions of one side require of each other, from the requirements in a profile.

A requirement is recorded as "name[extras]specifiers", already without those that do not hold there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from parity.diff.comparisons.pep440 import parsed
from parity.policy.model import field
from parity.profile.model import Item

_FORM = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*\(?([^;@)]*)")
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One edge: `requirer` asks for `name` in versions that `specifiers` allow."""

    requirer: str
    name: str
    specifiers: str
    text: str


class Requirements:
    """The edges of one side, by the name that is required."""

    def __init__(self, packages: Mapping[str, Item]) -> None:
        self.packages = packages
        self._by_name: dict[str, list[Requirement]] = {}
        for requirer, item in packages.items():
            requires = field(item, "requires")
            for text in requires if isinstance(requires, tuple) else ():
                name, specifiers = split(text)
                if name and name != requirer:
                    self._by_name.setdefault(name, []).append(Requirement(requirer, name, specifiers, text))

    def of(self, name: str) -> list[Requirement]:
        """Who requires a distribution, sorted."""
        return sorted(self._by_name.get(name, ()), key=lambda one: (one.requirer, one.text))

    def unmet(self) -> Iterator[Requirement]:
        """Requirements of something that is there in a version which they do not allow."""
        for name, edges in self._by_name.items():
            version = field(self.packages.get(name), "version")
            if isinstance(version, str):
                yield from (edge for edge in edges if not _allows(edge.specifiers, version))

    def title(self, name: str) -> str:
        """A distribution with its version."""
        return f"{name} {field(self.packages.get(name), 'version') or ''}".rstrip()


@lru_cache(maxsize=1 << 14)
def split(text: str) -> tuple[str, str]:
    """(normalised name, specifiers) of a requirement; ("", "") for what is none."""
    found = _FORM.match(text)
    return (_SEPARATORS.sub("-", found[1]).lower(), found[2].strip()) if found else ("", "")


@lru_cache(maxsize=1 << 14)
def _allows(specifiers: str, version: str) -> bool:
    # What does not parse allows everything: a requirement that nothing can read breaks nothing here.
    if not specifiers:
        return True
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    there = parsed(version)
    if there is None:
        return True
    try:
        return SpecifierSet(specifiers).contains(there, prereleases=True)
    except InvalidSpecifier:
        return True
