"""Repositories in few words: the facts that readers would find, made into a profile by the code that does it."""

from __future__ import annotations

from typing import Any

from parity.declared.facts import (
    DeclaredName,
    Dependency,
    Edge,
    Facts,
    Fault,
    Import,
    Place,
    PythonVersion,
    ReadName,
    Strength,
)
from parity.declared.sections import containers, environment, packages, python
from parity.diff import compare
from parity.policy import Finding, Findings, judge
from parity.profile.model import Profile
from tests.diff.profiles import profile, section

LINUX = {"system": "Linux", "architecture": "x86_64"}


def at(place: str) -> Place:
    """A place as it is written: "settings.py:40"."""
    file, _, line = place.rpartition(":")
    return Place(file, int(line))


def asked(name: str, place: str, version: str | None = None, group: str = "main", **more: Any) -> Dependency:
    """A dependency that the project asks for itself; pinned where a version is given."""
    specifier = f"=={version}" if version else more.pop("specifier", "")
    pinned = version is not None
    return Dependency(
        name, at(place), version=version, specifier=specifier, pinned=pinned, groups=(group,), direct=True, **more
    )


def locked(name: str, place: str, version: str, group: str = "main", **more: Any) -> Dependency:
    """What a lock holds."""
    return Dependency(name, at(place), Strength.LOCK, version, pinned=True, groups=(group,), **more)


def imported(name: str, place: str, **more: Any) -> Import:
    return Import(name, at(place), **more)


def read(name: str, place: str, **more: Any) -> ReadName:
    return ReadName(name, at(place), **more)


def promised(name: str, place: str, **more: Any) -> DeclaredName:
    return DeclaredName(name, at(place), **more)


def repository(*parts: Any) -> Profile:
    """The profile of a repository of which these facts are known."""
    kinds: dict[type, str] = {
        Dependency: "dependencies",
        Import: "imports",
        ReadName: "read_names",
        DeclaredName: "declared_names",
        PythonVersion: "pythons",
        Fault: "faults",
    }
    known: dict[str, list[Any]] = {}
    rest: list[Facts] = []
    for one in parts:
        if isinstance(one, Facts):
            rest.append(one)
        else:
            known.setdefault(kinds[type(one)], []).append(one)
    facts = Facts.joined([Facts(**{name: tuple(ones) for name, ones in known.items()}), *rest])
    environ = {"python_version": "3.12", "sys_platform": "linux"}
    sections = {
        **python.read(facts),
        **packages.read(facts, environ),
        **environment.read(facts),
        **containers.read(facts),
    }
    return profile(sections, ".", "repo")


def side(**sections: dict[str, Any]) -> Profile:
    """One side, on Linux."""
    return profile({name: section(items) for name, items in {"platform": LINUX, **sections}.items()})


def judged(local: Profile, production: Profile, declared: Profile | None) -> Findings:
    """Everything that is found."""
    return judge(compare(local, production), local, production, declared)


def found(local: Profile, production: Profile, declared: Profile | None) -> dict[tuple[str, str], Finding]:
    """{(id, key): finding}."""
    return {(one.id, one.key): one for one in judged(local, production, declared)}


__all__ = ["Edge", "asked", "at", "found", "imported", "judged", "locked", "promised", "read", "repository", "side"]
