"""Versions as poetry and Pipfile write them: ^1.2, ~1.2, 1.*, a bare 1.2.3, several with commas and `||`.

Source: python-poetry.org/docs, "Dependency specification"; pipenv's, "Pipfile".
"""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from parity.declared.dependencies.requirement import exact

LONGEST = 1_024

_BARE = re.compile(r"={0,3}\s*v?([0-9][0-9A-Za-z.+!_-]*)\Z", re.ASCII)
_ONE = re.compile(r"(\^|~(?!=)|==|!=|<=|>=|~=|===|<|>)?\s*v?([0-9][0-9A-Za-z.+!_*-]*)\Z", re.ASCII)


def pinned_version(text: str) -> str | None:
    """The one version that a constraint allows: "1.2.3", "==1.2.3", "=1.2.3"."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    bare = _BARE.match(text)
    if bare is not None and "*" not in text:
        try:
            return str(Version(bare[1]))
        except InvalidVersion:
            return None
    try:
        return exact(SpecifierSet(text))
    except InvalidSpecifier:
        return None


def as_specifier(text: str) -> str | None:
    """The same range in PEP 440: ">=1.2,<2.0" for "^1.2"; None where it is none, or a union of several."""
    if len(text) > LONGEST or "|" in text:
        return None
    parts = []
    for part in re.split(r"\s*,\s*|(?<=[0-9*])\s+(?=[\^~<>=!0-9])", text.strip()):
        if part in ("", "*"):
            continue
        found = _ONE.match(part)
        if found is None:
            return None
        ranged = _range(found[1] or "==", found[2])
        if ranged is None:
            return None
        parts.append(ranged)
    return ",".join(parts)


def _range(operator: str, text: str) -> str | None:
    if "*" in text:
        return f"{operator}{text}" if operator in ("==", "!=") and text.endswith(".*") else None
    try:
        release = list(Version(text).release)
    except InvalidVersion:
        return None
    if operator not in ("^", "~"):
        return operator + text
    if operator == "^":
        # The first part that is not zero may not change.
        keep = next((place for place, part in enumerate(release) if part), len(release) - 1)
    else:
        keep = min(1, len(release) - 1)
    above = [*release[:keep], release[keep] + 1]
    return f">={text},<{'.'.join(map(str, above))}"
