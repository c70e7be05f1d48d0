"""Python distributions: what is gone, what is of another version, and what those versions break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parity.diff.comparisons.pep440 import parsed
from parity.diff.model import Difference, FieldDifference, Kind
from parity.policy.broken import RULES as BROKEN
from parity.policy.broken import broken
from parity.policy.known_packages import development
from parity.policy.misfits import RULES as MISFITS
from parity.policy.misfits import misfits
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.requirements import Requirement, Requirements
from parity.policy.words import listed, some
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "missing-required": Rule(Severity.ERROR, "production lacks a package that another package there requires"),
    "missing": Rule(Severity.WARNING, "production lacks a package that nothing there is known to require"),
    "requirement": Rule(Severity.ERROR, "production's version is one that a package there does not allow"),
    "major": Rule(Severity.ERROR, "another major version, or another minor one of a package before 1.0"),
    "minor": Rule(Severity.WARNING, "another minor version"),
    "patch": Rule(Severity.INFO, "another patch level, or less"),
    "installer": Rule(Severity.INFO, "another version, or none, of what only installs packages: pip, uv, wheel"),
    "revision": Rule(Severity.WARNING, "the same version from another commit, or from no version control"),
    "unreadable": Rule(Severity.WARNING, "a version that one side could not tell"),
    "shadows": Rule(Severity.WARNING, "a package of production only provides an import name of another one"),
    "provider": Rule(Severity.WARNING, "production lacks a package, and another there provides its import name"),
    "extra": Rule(Severity.INFO, "only production has the package"),
    **BROKEN,
    **MISFITS,
}

_MAJOR = {
    "older": "production is a major version behind: what newer ones brought is not there",
    "newer": "production is a major version ahead: what local relies on may be gone or work otherwise",
}
_BEFORE_ONE = {
    "older": "production is behind, and before 1.0 a minor version may change anything",
    "newer": "production is ahead, and before 1.0 a minor version may change anything",
}
_MINOR = {
    "older": "production is a minor version behind: what newer ones added is not there",
    "newer": "production is a minor version ahead: what was deprecated may be gone",
}
_INSTALLERS = frozenset({"pip", "uv", "wheel"})
"""Packages that put others where they are; a program that runs imports none of them."""
_TOOLS = _INSTALLERS | {"setuptools"}
"""What a virtual environment may begin with."""
_SEVERAL = 3
"""From so many packages that are all gone, it is the environment that is another one."""
_NONE = "production has none of the packages that local has: another interpreter or environment serves there"
_INSTALLER = "it installs packages, and a program that runs does not import it"

_SEEDED = {"setuptools": 82}
"""{package that a virtual environment brings along, whatever is asked for: the major version that took away what
others import of it}. setuptools 82 has no pkg_resources."""

_STILL_THERE = "and both have what others import of it"

_PATCH = {"older": "production is a patch level behind", "newer": "production is a patch level ahead"}


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each package."""
    use, production = sides.use, Requirements(sides.items("packages")[1])
    if use is None:
        for found in _by_version(differences, sides):
            asking = (edge.requirer for edge in production.of(found.key))
            yield found if any(development(name) is None for name in asking) else _tool(found)
        return
    from parity.policy.package_use import by_use, needed

    for found in _by_version(differences, sides):
        yield by_use(found, use) if needed(found.key, use) else by_use(_tool(found), use)


def beside(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """What the two sides' packages tell beside their differences: requirements that they break, wheels that do not
    fit."""
    yield from broken(differences, sides)
    yield from misfits(sides)


def _by_version(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """By what the packages of the two sides tell."""
    local, production = map(Requirements, sides.items("packages"))
    nothing = _nothing(local, production)
    unmet = _broken(differences, local, production)
    providers = _providers(production.packages), _providers(local.packages)
    for one in differences:
        if one.kind is Kind.MISSING:
            yield _missing(one, local, production, nothing, providers)
        elif one.kind is Kind.EXTRA:
            yield _extra(one, *providers)
        elif one.key in unmet:
            evidence = tuple(production.sentence(edge) for edge in unmet[one.key])
            yield finding("requirement", one, Severity.ERROR, _breaks(one.key, unmet[one.key]), evidence=evidence)
        elif one.key in _INSTALLERS:
            yield finding("installer", one, Severity.INFO, _INSTALLER)
        else:
            yield _changed(one)


def _missing(
    one: Difference,
    local: Requirements,
    production: Requirements,
    nothing: bool,
    providers: tuple[Mapping[str, list[str]], Mapping[str, list[str]]],
) -> Finding:
    edges = production.of(one.key) or _same_there(one.key, local, production)
    if not edges and one.key in _INSTALLERS:
        return finding("installer", one, Severity.INFO, _INSTALLER)
    if not edges and nothing:
        return finding("missing", one, Severity.ERROR, _NONE)
    instead = None if edges else _instead(one, *providers)
    if instead is not None:
        return instead
    if not edges:
        return finding("missing", one, Severity.WARNING, "production does not have it: an import of it fails there")
    who = list(dict.fromkeys(edge.requirer for edge in edges))
    evidence = tuple(f"{production.title(edge.requirer)} requires {edge.text}" for edge in edges)
    verb = "requires" if len(who) == 1 else "require"
    why = f"production does not have it, and {some(who)} {verb} it there"
    return finding("missing-required", one, Severity.ERROR, why, evidence=evidence)


_OF_TOOLS = frozenset(
    {"packages.missing", "packages.major", "packages.minor", "packages.revision", "packages.unreadable"}
)


def _tool(found: Finding) -> Finding:
    """What checks or tests a program is none of it, as long as nothing there asks for it."""
    does = development(found.key)
    if does is None or found.id not in _OF_TOOLS or found.why == _NONE:
        return found
    return replace(found, severity=Severity.INFO, why=f"{found.why.partition(':')[0]}: it is a tool {does}")


def _nothing(local: Requirements, production: Requirements) -> bool:
    """Whether production has none of the packages that local has, and they are several."""
    own = [name for name in local.packages if name not in _TOOLS]
    return len(own) >= _SEVERAL and not any(name in production.packages for name in own)


def _same_there(name: str, local: Requirements, production: Requirements) -> list[Requirement]:
    """What local's packages require of it, where production has the same version of them and does not tell.

    A bill of materials names packages and not what they require.
    """
    return [
        edge
        for edge in local.of(name)
        if local.title(edge.requirer) == production.title(edge.requirer)
        if not field(production.packages.get(edge.requirer), "requires")
    ]


def _changed(one: Difference) -> Finding:
    version = next((each for each in one.fields if each.name == "version"), None)
    if version is None:
        why = "the version is the same and the code need not be: it was installed from another commit or source"
        return finding("revision", one, Severity.WARNING, why)
    if version.change is None:
        return finding("unreadable", one, Severity.WARNING, "one side could not tell its version")
    direction = version.change.direction
    if version.change.part == "major":
        seeded = f"{_MAJOR[direction].partition(':')[0]}, {_STILL_THERE}" if _seeded(one.key, version) else None
        return finding("major", one, Severity.INFO if seeded else Severity.ERROR, seeded or _MAJOR[direction])
    if version.change.part == "minor" and _before_one(version):
        return finding("major", one, Severity.ERROR, _BEFORE_ONE[direction])
    if version.change.part == "minor":
        return finding("minor", one, Severity.WARNING, _MINOR[direction])
    return finding("patch", one, Severity.INFO, _PATCH[direction])


def _seeded(key: str, version: FieldDifference) -> bool:
    sides = [parsed(str(side)) for side in (version.local, version.production)]
    return key in _SEEDED and len({side is None or side.major < _SEEDED[key] for side in sides}) == 1


def _before_one(version: FieldDifference) -> bool:
    local = parsed(str(version.local))
    return local is not None and local.major == 0


def _broken(
    differences: Sequence[Difference], local: Requirements, production: Requirements
) -> Mapping[str, list[Requirement]]:
    """{changed package: requirements of production that its change, or its own requirement, leaves unmet}.

    One that is just as unmet locally, where the program works, tells nothing.
    """
    changed = {one.key for one in differences if one.kind is Kind.CHANGED}
    tolerated = {(edge.requirer, edge.name) for edge in local.unmet()} if changed else set()
    found: dict[str, list[Requirement]] = {}
    for edge in production.unmet() if changed else ():
        at = next((key for key in (edge.name, edge.requirer) if key in changed), None)
        if at is not None and (edge.requirer, edge.name) not in tolerated:
            found.setdefault(at, []).append(edge)
    return {key: sorted(edges, key=lambda edge: (edge.requirer, edge.text)) for key, edges in found.items()}


def _breaks(key: str, edges: Sequence[Requirement]) -> str:
    who = list(dict.fromkeys(edge.requirer for edge in edges if edge.name == key))
    if who:
        verb = "does" if len(who) == 1 else "do"
        return f"{some(who)} in production {verb} not allow this version"
    return f"in production it does not allow the version of {listed([edge.name for edge in edges][:3])} that is there"


def _extra(one: Difference, production: Mapping[str, list[str]], local: Mapping[str, list[str]]) -> Finding:
    shared = {
        name: [other for other in production[name] if other != one.key]
        for name in _provided(one.key, one.production)
        if len(production[name]) > 1 and len(local.get(name, ())) < 2
    }
    if not shared:
        return finding("extra", one, Severity.INFO, "only production has it")
    others = sorted({other for names in shared.values() for other in names})
    why = f"it provides {some(sorted(shared))}, as {some(others)} does: which one is imported is a matter of order"
    return finding("shadows", one, Severity.WARNING, why)


def _instead(one: Difference, production: Mapping[str, list[str]], local: Mapping[str, list[str]]) -> Finding | None:
    """The finding about what production has in place of a package: under its import name, and not beside it locally."""
    for name in _provided(one.key, one.local):
        others = [other for other in production.get(name, ()) if other not in local.get(name, ())]
        if others and all(other.startswith(f"{one.key}-") or one.key.startswith(f"{other}-") for other in others):
            why = f"production has {some(others)} in its place, which is imported as `{name}` just the same"
            return finding("provider", one, Severity.INFO, why)
        if others:
            why = f"production does not have it: `import {name}` finds {some(others)} there, which is another package"
            return finding("provider", one, Severity.WARNING, why)
    return None


def _providers(packages: Mapping[str, Item]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, item in packages.items():
        for name in _provided(key, item):
            found.setdefault(name, []).append(key)
    return found


def _provided(key: str, item: Item) -> Sequence[str]:
    # A package that provides what it is called by does not say so.
    provides = field(item, "provides")
    return provides if isinstance(provides, tuple) else (key.replace("-", "_"),)
