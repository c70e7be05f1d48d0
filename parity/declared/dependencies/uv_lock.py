"""uv.lock: every version that uv resolved, for every environment, and how the project comes to each.

Format: uv writes it for itself (docs.astral.sh/uv, "The lockfile"); `version = 1`, to which only fields were added.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from parity.declared.dependencies import groups, lock, toml
from parity.declared.dependencies.reach import Key, reach
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

_LOCAL = ("editable", "virtual", "directory", "path")


def read(text: str, name: str, project: str = ".") -> Facts:
    """What the lock holds for one project of its workspace, `project` being its directory beside the lock."""
    document = toml.parse(text, name, HIDES)
    if isinstance(document, Fault):
        return Facts(faults=(document,))
    packages = document.get("package", [])
    if not isinstance(packages, list) or not isinstance(document.get("version"), int):
        return Facts(faults=(Fault(f"{name}: no lock that uv writes", HIDES),))
    understood, faults = lock.packages(packages, "package", text, name, _package)
    stated: dict[Key, tuple[Dependency, dict[str, Any]]] = {
        (found.name, found.version): (found, package) for found, package in understood
    }
    reached = reach(_roots(stated, project), {key: found.requires for key, (found, _) in stated.items()})
    return Facts(dependencies=tuple(_reached(stated, reached)), faults=faults)


def _reached(stated: Mapping[Key, tuple[Dependency, Any]], reached: Mapping[Key, Any]) -> Iterator[Dependency]:
    from dataclasses import replace

    for key, (found, _) in stated.items():
        if key in reached:
            yield replace(found, groups=reached[key].groups, marker=reached[key].marker)


def _package(package: Any, at: Place) -> Dependency | None:
    if not isinstance(package, dict) or not is_name(package.get("name")):
        return None
    version = package.get("version")
    if version is not None and not is_version(version):
        return None
    source = package.get("source")
    found = Dependency(
        normalised(package["name"]),
        at,
        Strength.LOCK,
        version=version,
        pinned=version is not None,
        requires=tuple(_edges(package)),
    )
    return _sourced(found, source) if isinstance(source, dict) else found


def _sourced(found: Dependency, source: dict[str, Any]) -> Dependency:
    from dataclasses import replace

    if isinstance(source.get("git"), str):
        url, _, commit = source["git"].partition("#")
        return from_repository(found, "git", url, commit)
    if isinstance(source.get("url"), str):
        return replace(from_url(found, source["url"]), pinned=True)
    if any(isinstance(source.get(kind), str) for kind in _LOCAL):
        return replace(found, source="local", pinned=True)
    return found


def _edges(package: dict[str, Any]) -> Iterator[Edge]:
    yield from _listed(package.get("dependencies"))
    optional = package.get("optional-dependencies")
    for extra, entries in optional.items() if isinstance(optional, dict) else ():
        yield from (edge._replace(behind=normalised(extra)) for edge in _listed(entries))


def _listed(entries: Any) -> Iterator[Edge]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and is_name(entry.get("name")):
            version, extras = entry.get("version"), entry.get("extra")
            yield Edge(
                normalised(entry["name"]),
                version if isinstance(version, str) else None,
                marker_of(entry.get("marker")),
                tuple(normalised(extra) for extra in extras if isinstance(extra, str))
                if isinstance(extras, list)
                else (),
            )


def _roots(stated: Mapping[Key, tuple[Dependency, dict[str, Any]]], project: str) -> Iterator[tuple[str, Edge]]:
    """(group, edge) of the project's own dependencies; without one in that directory, of all workspace members."""
    own = [package for _, package in stated.values() if _directory(package) == project]
    members = own or [package for _, package in stated.values() if _directory(package) is not None]
    for package in members:
        yield from ((groups.MAIN, edge) for edge in _listed(package.get("dependencies")))
        for key, group in (("optional-dependencies", groups.of_extra), ("dev-dependencies", groups.named)):
            entries = package.get(key)
            for one, listed in entries.items() if isinstance(entries, dict) else ():
                yield from ((group(one), edge) for edge in _listed(listed))


def _directory(package: dict[str, Any]) -> str | None:
    """The directory of a workspace member, relative to the lock."""
    source = package.get("source")
    for kind in ("editable", "virtual"):
        if isinstance(source, dict) and isinstance(source.get(kind), str):
            return posixpath.normpath(re.sub(r"\\", "/", source[kind]))
    return None
