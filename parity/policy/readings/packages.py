"""What the project leaves open about its dependencies, and where both sides have other versions than its lock."""

from __future__ import annotations

from collections.abc import Iterator

from parity.declared.dependencies.markers import applies, environment_of, version_in
from parity.diff.comparisons.pep440 import change
from parity.diff.model import Comparison
from parity.policy.corner import pinned_at, same_version
from parity.policy.model import Finding, Rule, Severity, Sides, reading
from parity.policy.readings import differing, looked
from parity.policy.use import Degree, Use
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "unpinned": Rule(Severity.INFO, "a file asks for packages without saying which version, and no lock says it"),
    "not-locked": Rule(Severity.WARNING, "both sides have a package in another version than the lock"),
}

_LISTED = 8
"""Packages of a file that are named as evidence before the rest is counted."""


def read(comparison: Comparison, sides: Sides, use: Use) -> Iterator[Finding]:
    """One finding for each file that leaves versions open, one for each package that is not the locked one."""
    if looked(sides, "packages"):
        yield from _unpinned(comparison, use)
        yield from _not_locked(comparison, sides, use)


def _unpinned(comparison: Comparison, use: Use) -> Iterator[Finding]:
    files: dict[str, list[str]] = {}
    for name, item in use.section("packages").items.items():
        if field(item, "direct") is True and field(item, "pinned") is False and _main(item):
            file = use.declared_at("packages", name)[0].rpartition(":")[0]
            files.setdefault(file, []).append(name)
    apart = differing(comparison, "packages")
    for file, names in sorted(files.items()):
        drifted = sorted(apart.intersection(names))
        evidence = tuple(_open(name, use) for name in [*drifted, *(one for one in sorted(names) if one not in apart)])
        if len(evidence) > _LISTED:
            evidence = (*evidence[:_LISTED], f"and {len(evidence) - _LISTED} more")
        many = "a package in no single version" if len(names) == 1 else f"{len(names)} packages in no single version"
        if drifted:
            verb = "is" if len(drifted) == 1 else "are"
            why = f"it asks for {many}, and {len(drifted)} of them {verb} not the same on both sides"
        else:
            why = f"it asks for {many}: each installation may get another"
        severity = Severity.WARNING if drifted else Severity.INFO
        yield reading("unpinned", ("packages", file), severity, why, evidence=evidence)


def _open(name: str, use: Use) -> str:
    specifier = field(use.item("packages", name), "specifier")
    asked = f"{name} {specifier}" if specifier else name
    return f"{asked} at {use.declared_at('packages', name)[0]}"


def _main(item: Item) -> bool:
    groups = field(item, "groups")
    return isinstance(groups, tuple) and "main" in groups


def _not_locked(comparison: Comparison, sides: Sides, use: Use) -> Iterator[Finding]:
    local, production = sides.items("packages")
    environments = [environment_of(side) for side in (sides.local, sides.production)]
    apart = differing(comparison, "packages")
    for name, declared in use.section("packages").items.items():
        if name in apart or name not in local or name not in production or not applies(declared, environments[1]):
            continue
        there = field(production[name], "version")
        locked = [version_in(declared, environment) for environment in environments]
        version = locked[1]
        if version is None or not isinstance(there, str) or same_version(version, there):
            continue
        usage = use.package(name)
        moved = change(version, there)
        small = moved is None or moved.part not in ("major", "minor") or usage.degree is Degree.UNUSED
        both = locked[0] is None or not same_version(locked[0], there)
        yield reading(
            "not-locked",
            ("packages", name),
            Severity.INFO if small else Severity.WARNING,
            "both sides have another version than the one that is declared: the next installation changes it",
            ({"version": there}, {"version": there}),
            (f"{version} is declared at {pinned_at(name, use)[0]}", *usage.evidence),
            "both" if both else "production",
        )
