"""poetry.lock: the versions that poetry resolved.

Format: poetry writes it for itself; `lock-version` 1.0 to 2.1. Since 2.1 each package tells its groups and marker;
before, `category` at most, and what is behind an edge is left to whoever knows the project's own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parity.declared.dependencies import groups, lock, toml
from parity.declared.dependencies.poetry_table import extras_of
from parity.declared.dependencies.reach import either
from parity.declared.dependencies.requirement import (
    HIDES,
    from_repository,
    from_url,
    is_name,
    is_version,
    marker_of,
    normalised,
)
from parity.declared.facts import Dependency, Edge, Facts, Fault, Place, Strength

_EXTRA = re.compile(r"""\bextra\s*==\s*["']([A-Za-z0-9._-]+)["']""")

_AND_EXTRA = re.compile(rf"(?:\s+and\s+)?{_EXTRA.pattern}(?:\s+and\s+)?")
"""The part of an edge's marker that asks for an extra of the requiring distribution."""


def read(text: str, name: str) -> Facts:
    """What the lock holds."""
    document = toml.parse(text, name, HIDES)
    if isinstance(document, Fault):
        return Facts(faults=(document,))
    packages = document.get("package", [])
    if not isinstance(packages, list):
        return Facts(faults=(Fault(f"{name}: no lock that poetry writes", HIDES),))
    extras = extras_of(document.get("extras"))
    found, faults = lock.packages(packages, "package", text, name, lambda entry, at: _package(entry, at, extras))
    return Facts(dependencies=tuple(one for one, _ in found), faults=faults)


def _package(package: Any, at: Place, extras: dict[str, list[str]]) -> Dependency | None:
    if not isinstance(package, dict) or not is_name(package.get("name")) or not is_version(package.get("version")):
        return None
    name = normalised(package["name"])
    belongs = _groups(package)
    marker = _marker(package.get("markers"), belongs)
    asked = sorted({*extras.get(name, ()), *_EXTRA.findall(marker or "")})
    if package.get("optional") is True and asked:
        # "main" of an optional package says no more than where poetry found it.
        belongs = (*(one for one in belongs if one != groups.MAIN), *map(groups.of_extra, asked))
    found = Dependency(
        name,
        at,
        Strength.LOCK,
        version=package["version"],
        pinned=True,
        groups=tuple(sorted(belongs)),
        marker=marker,
        requires=tuple(_edges(package.get("dependencies"))),
    )
    source = package.get("source")
    return _sourced(found, source) if isinstance(source, dict) else found


def _groups(package: dict[str, Any]) -> tuple[str, ...]:
    stated = package.get("groups", package.get("category"))
    names = stated if isinstance(stated, list) else [stated]
    return tuple(groups.named(one) for one in names if isinstance(one, str))


def _marker(stated: Any, belongs: tuple[str, ...]) -> str | None:
    """One marker for all groups; where they differ poetry writes {group: marker}, without those that have none."""
    if isinstance(stated, dict):
        each = {groups.named(group): one for group, one in stated.items()}
        return either(marker_of(each.get(group)) for group in belongs)
    return marker_of(stated)


def _sourced(found: Dependency, source: dict[str, Any]) -> Dependency:
    kind, url = source.get("type"), source.get("url")
    if not isinstance(url, str):
        return found
    if kind == "git":
        commit = source.get("resolved_reference")
        return from_repository(found, "git", url, commit if isinstance(commit, str) else None)
    if kind == "url":
        return replace(from_url(found, url), pinned=True)
    if kind in ("directory", "file"):
        return replace(found, source="local", pinned=True)
    return found


def _edges(table: Any) -> Iterator[Edge]:
    for name, stated in table.items() if isinstance(table, dict) else ():
        for one in stated if isinstance(stated, list) else [stated]:
            details = one if isinstance(one, dict) else {}
            if not is_name(name):
                continue
            marker = marker_of(details.get("markers"))
            behind = _EXTRA.search(marker or "") if details.get("optional") is True else None
            extras = details.get("extras")
            yield Edge(
                normalised(name),
                marker=_AND_EXTRA.sub("", marker).strip() or None if marker and behind else marker,
                extras=tuple(map(normalised, filter(is_name, extras))) if isinstance(extras, list) else (),
                behind=normalised(behind[1]) if behind else None,
            )
