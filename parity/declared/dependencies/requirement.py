"""One requirement as projects write it: a name, extras, version specifiers or a URL, a marker.

Format: packaging.python.org, "Dependency specifiers" (PEP 508) and "Version specifiers" (PEP 440).
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed

from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion, Strength
from parity.probe.packages.direct_url import origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.specifiers import SpecifierSet

LONGEST = 4_096
"""Characters of one requirement; nothing that is meant honestly is longer."""

HIDES = (("packages", "*"),)
"""What a file of dependencies hides when it cannot be read."""

MOST = 20_000
"""Requirements of one file that are read."""

_SEPARATORS = re.compile(r"[-_.]+")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?\Z", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_SYSTEM = re.compile(r"(git|hg|bzr|svn)\+", re.ASCII)
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+!_-]{0,127}\Z", re.ASCII)


def normalised(name: str) -> str:
    """The name under which every index knows a distribution (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def is_name(text: object) -> bool:
    """Whether a distribution can be called that."""
    return isinstance(text, str) and _NAME.match(text) is not None


def is_version(text: object) -> bool:
    """Whether a lock may state that as a version: no space, no control character, no length without bound."""
    return isinstance(text, str) and _VERSION.match(text) is not None


def marker_of(stated: object) -> str | None:
    """A marker that a lock states, None for none; one that is too long to be one holds where nobody can tell."""
    if not isinstance(stated, str) or not stated:
        return None
    return stated if len(stated) <= LONGEST else "unreadable"


def read(
    text: str,
    at: Place,
    *,
    groups: tuple[str, ...] = (),
    strength: Strength = Strength.SPECIFIER,
    direct: bool = True,
) -> Dependency | Fault:
    """The dependency in one PEP 508 string, or a Fault with its place; no byte of the text shows in that."""
    if len(text) > LONGEST:
        return Fault(f"{at}: a requirement of more than {LONGEST:,} characters", HIDES)
    try:
        found = Parsed(text)
    except (InvalidRequirement, RecursionError):
        return Fault(f"{at}: no requirement", HIDES)
    if not is_name(found.name):
        return Fault(f"{at}: no name that a distribution can have", HIDES)
    version = exact(found.specifier)
    dependency = Dependency(
        normalised(found.name),
        at,
        strength,
        version=version,
        specifier=shown(found.specifier),
        pinned=version is not None,
        groups=groups,
        marker=str(found.marker) if found.marker else None,
        direct=direct,
        extras=tuple(sorted(normalised(extra) for extra in found.extras)),
    )
    return from_url(dependency, found.url) if found.url is not None else dependency


def facts(stated: Iterable[Dependency | Fault], pythons: Iterable[PythonVersion] = ()) -> Facts:
    """What one file says, of its entries in their order, each read or not; of very many the first."""
    entries = list(islice(stated, MOST + 1))
    if len(entries) > MOST:
        file = next((entry.at.file for entry in entries if isinstance(entry, Dependency)), "a file")
        entries[MOST] = Fault(f"{file}: more than {MOST:,} requirements, the rest was not read", HIDES)
    return Facts(
        dependencies=tuple(entry for entry in entries if isinstance(entry, Dependency)),
        pythons=tuple(pythons),
        faults=tuple(entry for entry in entries if isinstance(entry, Fault)),
    )


def exact(specifiers: SpecifierSet) -> str | None:
    """The one version that is allowed: `==` without a wildcard, or `===`."""
    versions = {one.version for one in specifiers if one.operator in ("==", "===") and not one.version.endswith(".*")}
    return versions.pop() if len(versions) == 1 else None


def shown(specifiers: SpecifierSet) -> str:
    """Specifiers in one stable order: ">=2,<3"."""
    return ",".join(str(one) for one in sorted(specifiers, key=lambda one: (one.operator[0] == "<", str(one))))


def from_url(dependency: Dependency, url: str) -> Dependency:
    """The same dependency, from a URL or a path: pinned where that names a commit, or one file."""
    url, _, fragment = url.partition("#")
    system = _SYSTEM.match(url)
    if system is not None:
        where, at_sign, revision = url[system.end() :].rpartition("@")
        # user@host is no revision: one stands after the last slash, or after the last colon of an scp-like place.
        if not at_sign or "/" in revision or "/" not in where.partition("://")[2]:
            where, revision = url[system.end() :], ""
        return from_repository(dependency, system[1], where, revision or None)
    if url.startswith("file:") or "://" not in url:
        return from_path(dependency, url.removeprefix("file://").removeprefix("file:"))
    place = json.dumps({"url": url, "archive_info": {}}).encode()
    # An archive has one content where a digest says which; without, it is whatever that address gives.
    return replace(dependency, source=str(origin(place)["source"]), pinned="=" in fragment and "sha" in fragment)


def from_repository(dependency: Dependency, system: str, url: str, revision: str | None) -> Dependency:
    """The same dependency, from version control; a branch or a tag can move, a commit cannot."""
    commit = revision if revision is not None and _COMMIT.match(revision) else None
    place = json.dumps({"url": url.partition("?")[0], "vcs_info": {"vcs": system}}).encode()
    source = "local" if url.startswith(("file:", "/", ".")) else str(origin(place)["source"])
    return replace(dependency, source=source, revision=commit, pinned=commit is not None)


def from_path(dependency: Dependency, path: str) -> Dependency:
    """The same dependency, from a directory or a file: the repository's own commit pins it when it lies within."""
    directory = posixpath.dirname(dependency.at.file)
    within = not path.startswith(("/", "~", "\\", "$", "%")) and not posixpath.normpath(
        posixpath.join(directory, path)
    ).startswith("..")
    return replace(dependency, source="local", pinned=within)
