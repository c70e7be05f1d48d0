"""Many statements about distributions into the section `packages`: one item for each name.

    version       only where it is locked, or pinned with ==, for the environment that was asked for
    versions      "VERSION" or "VERSION; MARKER" of each, where there are several, or none that applies
    specifier     as the project writes it
    pinned        whether one version, one commit, or the repository itself is all that it can be
    groups        "main", "dev", "group:x", "extra:x"
    extras        sorted extras that the project asks of it
    marker        where it is meant for; left out where everywhere
    applies       false where the marker does not hold in the environment that was asked for
    direct        whether the project asks for it itself
    source        where it comes from when that is no index, and `revision` the commit
    at            places that say so, at most five; `places` how many there are when there are more
    imported_at   places that import it, at most five, and `imports` how many there are
    used          how the imports are meant: "program", "optional" (goes on without it), "dev" (tests and the like)

Of several statements about a version a lock wins over a constraint, that over a requirement; among locks the one
that its tool installs from, uv's first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parity.declared.dependencies import groups, imported
from parity.declared.dependencies.markers import Environment, holds
from parity.declared.dependencies.reach import either
from parity.declared.facts import Dependency, Facts, Import, Strength
from parity.declared.places import Placed, placed
from parity.profile.model import Item

_RANK = ("uv.lock", "poetry.lock", "pylock.toml", "Pipfile.lock")
_VERSIONS = 50
"""Versions of one distribution that are kept; a lock for many platforms holds three."""
_MARKER = re.compile(r"[\w\s.,'\"<>=!~()*+#-]{1,2000}\Z", re.ASCII)
_SPECIFIER = re.compile(r"[\w .,<>=!~^|*+-]{0,500}\Z", re.ASCII)
_NAMED = 5
"""Names that a note lists before it counts the rest."""
UNMAPPED = "imported, and of no distribution that is known here: "
"""What begins the note that names the imports behind which no item stands."""


@dataclass(slots=True)
class Packages:
    """What becomes the section."""

    items: dict[str, Item] = field(default_factory=dict)
    unpinned: list[str] = field(default_factory=list)
    """Names of items whose version nobody states."""
    notes: list[str] = field(default_factory=list)
    complete: bool = False
    """Whether a lock tells what the dependencies themselves require."""


def packages(facts: Facts, environment: Environment) -> Packages:
    """Every distribution that is declared, locked or imported."""
    found = Packages(complete=any(one.strength is Strength.LOCK for one in facts.dependencies))
    stated: dict[str, list[Dependency]] = {}
    for one in facts.dependencies:
        stated.setdefault(one.name, []).append(one)
    uses, unknown = _uses(facts, stated)
    disagreeing = []
    for name in sorted({*stated, *uses}):
        statements = stated.get(name, [])
        if name not in uses and all(one.strength is Strength.CONSTRAINT for one in statements):
            # A constraint says which version, if something else asks for it.
            continue
        winners = _winners(statements)
        if _disagree(statements, winners):
            disagreeing.append(name)
        item = _item(statements, winners, environment) | _used(uses.get(name, ()))
        found.items[name] = item
        if "version" not in item:
            found.unpinned.append(name)
    if disagreeing:
        found.notes.append(f"files that lock or pin disagree about {_counted(disagreeing)}")
    if unknown:
        found.notes.append(UNMAPPED + _counted(unknown))
    return found


def _winners(statements: list[Dependency]) -> list[Dependency]:
    """The statements that decide the version: those of one file, or of one strength."""
    locks = [one for one in statements if one.strength is Strength.LOCK]
    if locks:
        best = min(locks, key=lambda one: (_rank(one.at.file), groups.MAIN not in one.groups, one.at))
        return [one for one in locks if one.at.file == best.at.file]
    constraints = [one for one in statements if one.strength is Strength.CONSTRAINT and one.pinned]
    asked = [one for one in statements if one.strength is Strength.SPECIFIER]
    return constraints or [one for one in asked if one.pinned] or asked


def _rank(path: str) -> int:
    name = posixpath.basename(path)
    return _RANK.index(name) if name in _RANK else len(_RANK)


def _disagree(statements: list[Dependency], winners: list[Dependency]) -> bool:
    """Whether a file states a version exactly that the deciding one does not hold."""
    decided = {one.version for one in winners}
    others = {one.version for one in statements if one.pinned and one.version is not None}
    return bool(decided - {None}) and not others <= decided


def _item(
    statements: list[Dependency], winners: list[Dependency], environment: Environment
) -> dict[str, bool | str | int | tuple[str, ...]]:
    asked = [one for one in statements if one.direct]
    belongs = tuple(sorted({group for one in (*asked, *winners) for group in one.groups}))
    deciding = winners or asked
    marker = either(one.marker for one in deciding) if deciding else None
    item: dict[str, bool | str | int | tuple[str, ...]] = {
        "pinned": bool(deciding) and all(one.pinned for one in deciding),
        "groups": belongs,
        "direct": bool(asked),
        **placed((one.at for one in statements), "at", "places"),
    }
    extras = tuple(sorted({extra for one in asked for extra in one.extras}))
    if extras:
        item["extras"] = extras
    if marker is not None:
        # What is no marker holds where nobody can tell, and shows nothing of what stands there instead.
        marker = item["marker"] = marker if _MARKER.match(marker) else "unreadable"
    applies = holds(marker, environment, belongs)
    if applies is False:
        item["applies"] = False
    _versions(item, deciding, environment, belongs, applies)
    specifier = next((one.specifier for one in sorted(asked, key=_main_first) if one.specifier), "") or next(
        (one.specifier for one in winners if one.strength is Strength.CONSTRAINT), ""
    )
    told = next((one for one in deciding if one.source), None) or next((one for one in asked if one.source), None)
    revision = next((one.revision for one in (*deciding, *asked) if one.revision), None)
    specifier = specifier if _SPECIFIER.match(specifier) else "unreadable"
    facts = {"specifier": specifier, "source": told.source if told else None, "revision": revision}
    return item | {name: fact for name, fact in facts.items() if fact}


def _versions(
    item: dict[str, bool | str | int | tuple[str, ...]],
    deciding: list[Dependency],
    environment: Environment,
    belongs: tuple[str, ...],
    applies: bool | None,
) -> None:
    """Put in the version that is meant for the environment, and all of them where that is not all there is."""
    known = sorted({(one.version, one.marker or "") for one in deciding if one.version is not None})
    if len({version for version, _ in known}) > 1 or (known and applies is False):
        shown = known[:_VERSIONS]
        item["versions"] = tuple(f"{version}; {marker}" if marker else version for version, marker in shown)
    held = [version for version, marker in known if holds(marker or None, environment, belongs)]
    if applies is not False and len(set(held)) == 1:
        item["version"] = held[0]
    elif applies is not False and len({version for version, _ in known}) == 1:
        item["version"] = known[0][0]


def _main_first(one: Dependency) -> tuple[bool, str, int]:
    return groups.MAIN not in one.groups, one.at.file, one.at.line


def _uses(facts: Facts, declared: Mapping[str, list[Dependency]]) -> tuple[dict[str, list[Import]], list[str]]:
    """({distribution: imports}, names of imports that nothing maps to one, with a place each)."""
    uses: dict[str, list[Import]] = {}
    unknown: dict[str, Import] = {}
    own = frozenset(facts.first_party)
    mapped: dict[str, str | None] = {}
    for one in facts.imports:
        if one.name in imported.STANDARD:
            continue
        module = one.module or one.name
        if module not in mapped:
            mapped[module] = imported.distribution(one, declared.keys())
        name = mapped[module]
        if one.name in own and (name is None or name not in declared):
            continue
        if name is not None:
            uses.setdefault(name, []).append(one)
        elif not one.dev and not one.optional:
            unknown.setdefault(one.name, one)
    return uses, [f"{name} ({one.at})" for name, one in sorted(unknown.items())]


def _used(uses: Iterable[Import]) -> Placed:
    """Where it is imported, by the imports that bind most."""
    found = list(uses)
    if not found:
        return {}
    degrees = {
        "program": [one for one in found if not one.dev and not one.optional],
        "optional": [one for one in found if not one.dev and one.optional],
        "dev": [one for one in found if one.dev],
    }
    degree, binding = next((name, ones) for name, ones in degrees.items() if ones)
    places = {one.at for one in binding}
    return {"used": degree, "imports": len(places), **placed(places, "imported_at", None)}


def _counted(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
