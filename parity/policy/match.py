"""Which statements of a policy are about a finding: by the rule's id, or by a glob over `section.key`. Pure.

A glob is compiled once and found by the text before its first wildcard, so that a finding meets the few that can match
it and not the whole policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import translate

from parity.policy.model import Finding

_WILD = re.compile(r"[*?[]")
_ODD_KEYS = ("a", "Z9", "x.y-z", "/data", "0", "_")
"""Keys as unlike each other as keys are: what matches all of them in every section matches everything."""


class Matcher:
    """Many matches, asked finding by finding."""

    def __init__(self, matches: Iterable[str]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._globs: dict[int, dict[str, list[tuple[int, re.Pattern[str]]]]] = {}
        """{length of the text before the wildcard: {that text: [(place, pattern)]}}."""
        anywhere: list[str] = []
        for place, match in enumerate(matches):
            wild = _WILD.search(match)
            if wild is None:
                self._exact.setdefault(match, []).append(place)
                continue
            before = match[: wild.start()]
            pattern = re.compile(translate(match))
            self._globs.setdefault(len(before), {}).setdefault(before, []).append((place, pattern))
            if not before:
                anywhere.append(translate(match))
        self._anywhere = re.compile("|".join(anywhere)) if anywhere else None

    def of(self, one: Finding) -> list[int]:
        """The places of the matches that are about a finding, in order."""
        name = f"{one.section}.{one.key}"
        found = [*self._exact.get(one.id, ()), *(self._exact.get(name, ()) if name != one.id else ())]
        found += (place for place, pattern in self._near(name) if pattern.match(name))
        return sorted(found)

    def _near(self, name: str) -> Iterator[tuple[int, re.Pattern[str]]]:
        for length, by_text in self._globs.items():
            if length == 0 and not (self._anywhere and self._anywhere.match(name)):
                continue
            yield from by_text.get(name[:length], ())


def is_glob(match: str) -> bool:
    """Whether there is a wildcard in it."""
    return _WILD.search(match) is not None


def matches_everything(match: str, sections: Iterable[str]) -> bool:
    """Whether a glob leaves nothing out, however it is written."""
    if not is_glob(match):
        return False
    pattern = re.compile(translate(match))
    return all(pattern.match(f"{section}.{key}") for section in sections for key in _ODD_KEYS)
