"""pylock.toml and pylock.NAME.toml: the lock that every tool may write.

Format: packaging.python.org, "pylock.toml" (PEP 751).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from parity.declared.dependencies import groups, lock, toml
from parity.declared.dependencies.requirement import (
    HIDES,
    from_repository,
    from_url,
    is_name,
    is_version,
    marker_of,
    normalised,
)
from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion, Strength

_ASKED = re.compile(r"""["']([A-Za-z0-9._-]+)["']\s+in\s+(extras|dependency_groups)\b""")


def read(text: str, name: str) -> Facts:
    """What the lock holds."""
    document = toml.parse(text, name, HIDES)
    if isinstance(document, Fault):
        return Facts(faults=(document,))
    packages = document.get("packages", [])
    if not isinstance(packages, list) or not str(document.get("lock-version", "")).startswith("1."):
        return Facts(faults=(Fault(f"{name}: no lock of a known version", HIDES),))
    default = groups.of_file(name) if name.rpartition("/")[2].startswith("pylock.") else groups.MAIN
    found, faults = lock.packages(packages, "packages", text, name, lambda entry, at: _package(entry, at, default))
    dependencies = tuple(one for one, _ in found)
    return Facts(dependencies=dependencies, pythons=_pythons(document, text, name), faults=faults)


def _pythons(document: dict[str, Any], text: str, name: str) -> tuple[PythonVersion, ...]:
    stated = document.get("requires-python")
    if not isinstance(stated, str):
        return ()
    before = re.search(r"^requires-python\b", text, re.MULTILINE)
    line = text.count("\n", 0, before.start()) + 1 if before else 0
    return (PythonVersion(stated, Place(name, line), specifier=stated),)


def _package(package: Any, at: Place, default: str) -> Dependency | None:
    if not isinstance(package, dict) or not is_name(package.get("name")):
        return None
    version, marker = package.get("version"), marker_of(package.get("marker"))
    if version is not None and not is_version(version):
        return None
    asked = _ASKED.findall(marker or "")
    belongs = {groups.of_extra(one) if where == "extras" else groups.named(one) for one, where in asked}
    found = Dependency(
        normalised(package["name"]),
        at,
        Strength.LOCK,
        version=version,
        pinned=version is not None,
        groups=tuple(sorted(belongs or {default})),
        marker=marker,
    )
    return _sourced(found, package)


def _sourced(found: Dependency, package: dict[str, Any]) -> Dependency:
    repository, archive = package.get("vcs"), package.get("archive")
    if isinstance(repository, dict):
        system, commit = repository.get("type"), repository.get("commit-id")
        url = repository.get("url") or repository.get("path") or ""
        return from_repository(found, str(system), str(url), commit if isinstance(commit, str) else None)
    if isinstance(archive, dict):
        # The digest of an archive must stand in the lock: one content, whatever the address gives.
        return replace(from_url(found, str(archive.get("url") or archive.get("path") or "")), pinned=True)
    if isinstance(package.get("directory"), dict):
        return replace(found, source="local", pinned=True)
    return found
