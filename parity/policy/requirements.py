"""What the distributions of one side require of each other, from the requirements in a profile.

A requirement is recorded as "name[extras]specifiers", already without those that do not hold there.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from parity.diff.comparisons.pep440 import parsed
from parity.profile.item import field
from parity.profile.model import Item

Numbers: TypeAlias = "tuple[int, ...]"
"""The parts of a plain version, zeros up to six of them."""

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
                yield from (edge for edge in edges if not allows(edge.specifiers, version))

    def absent(self) -> Iterator[Requirement]:
        """Requirements of something that is not there."""
        for name, edges in self._by_name.items():
            if name not in self.packages:
                yield from edges

    def version(self, name: str) -> str | None:
        """The version of a distribution; None where it is not there, or does not tell."""
        version = field(self.packages.get(name), "version")
        return version if isinstance(version, str) else None

    def sentence(self, edge: Requirement) -> str:
        """What is required, and what is there: "flask 3.0.3 requires jinja2>=3, and production has jinja2 2.11.3"."""
        there = self.title(edge.name) if edge.name in self.packages else "none"
        return f"{self.title(edge.requirer)} requires {edge.text}, and production has {there}"

    def title(self, name: str) -> str:
        """A distribution with its version."""
        return f"{name} {field(self.packages.get(name), 'version') or ''}".rstrip()


@lru_cache(maxsize=1 << 14)
def split(text: str) -> tuple[str, str]:
    """(normalised name, specifiers) of a requirement; ("", "") for what is none."""
    found = _FORM.match(text)
    return (_SEPARATORS.sub("-", found[1]).lower(), found[2].strip()) if found else ("", "")


def provided(key: str, item: Item) -> tuple[str, ...]:
    """The first names by which a distribution is imported; one that provides what it is called by does not say so."""
    provides = field(item, "provides")
    return tuple(one.partition(".")[0] for one in provides) if isinstance(provides, tuple) else (key.replace("-", "_"),)


_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}")
_CLAUSE = re.compile(r"(<=|>=|<|>|==|!=)([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})")
_HOLDS: Mapping[str, Callable[[Numbers, Numbers], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}


def _plainly(specifiers: str, version: str) -> bool | None:
    """Whether bounds of plain numbers allow a version of plain numbers; None where it takes PEP 440 to tell.

    Nearly all requirements are such, and this costs a fiftieth.
    """
    if not _PLAIN.fullmatch(version):
        return None
    there = _numbers(version)
    for clause in specifiers.split(","):
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            return None
        if not _HOLDS[found[1]](there, _numbers(found[2])):
            return False
    return True


@lru_cache(maxsize=1 << 14)
def _numbers(version: str) -> Numbers:
    return tuple(map(int, version.split("."))) + (0,) * (6 - version.count("."))


@lru_cache(maxsize=1 << 14)
def allows(specifiers: str, version: str) -> bool:
    """Whether a version is one of those that are asked for.

    What does not parse allows everything: a requirement that nothing can read breaks nothing here.
    """
    if not specifiers:
        return True
    plainly = _plainly(specifiers, version)
    if plainly is not None:
        return plainly
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    there = parsed(version)
    if there is None:
        return True
    try:
        return SpecifierSet(specifiers).contains(there, prereleases=True)
    except InvalidSpecifier:
        return True
