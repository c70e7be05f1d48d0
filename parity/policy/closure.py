"""Which distributions a program needs, and which it may need, by what its repository and the two sides tell.

It needs what it imports, what it declares for itself, what is started by a command that something names, and all that
those require. It may need what one of these imports only where it is there (behind an extra, or by a setting), and
what is a server by trade, whether anything names its command or not.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from parity.declared.dependencies.choose import UNMAPPED
from parity.declared.dependencies.imported import alternatives
from parity.declared.dependencies.markers import applies
from parity.policy.known_packages import development, implicit, started, started_by
from parity.policy.requirements import provided, split
from parity.profile.item import field
from parity.profile.model import Item, Profile, Section, Status

_NOT_READ = Section(Status.UNAVAILABLE)
_PLACED = re.compile(r"([A-Za-z_][\w.]*) \(([^()]*)\)")
"""One import in a note: "yaml_include (shop/config.py:3)"."""


@dataclass(frozen=True, slots=True)
class Closure:
    """What a program needs, and what it may need."""

    needed: Mapping[str, tuple[str, str]]
    """{package: (the one that requires it, the one that the project asks for)}; the latter is its own in both."""
    likely: Mapping[str, str]
    """{package that it may need: why, in words}."""
    behind: Mapping[str, tuple[str, str]]
    """Of those: {package: (the one that requires it, the one that may be used itself)}, its own in both."""
    started: Mapping[str, str]
    """{package that is needed for its command: who starts it, in words}."""
    stands_for: Mapping[str, str]
    """{package: the one by whose name the repository knows what both provide}."""
    imported: Mapping[str, tuple[str, ...]]
    """{package: places that import it by a name that the repository could not tell a package for}."""
    open: bool
    """Whether the source imports something of which no side's package is known to be the one."""


def closure(declared: Profile, local: Profile, production: Profile, environment: Mapping[str, str]) -> Closure:
    """The closure over both sides' own requirements, production's first; `environment` are its marker variables."""
    packages = declared.sections.get("packages", _NOT_READ)
    items, sides = packages.items, [_items(side, "packages") for side in (production, local)]
    main = [key for key, one in items.items() if "main" in strings(field(one, "groups"))]
    held = [key for key in main if applies(items[key], environment) is not False]
    own = [key for key, one in items.items() if field(one, "used") == "program"]
    others = {other: key for key in own for other in alternatives(key) if any(other in side for side in sides)}
    stands_for = {other: key for other, key in others.items() if other not in items}
    imported, unknown = _unmapped(packages, *sides)
    commands = {
        name: why for command, why in _commands(declared, local, production) for name in reversed(started_by(command))
    }
    roots = [key for key in held if field(items[key], "direct") is True]
    roots = [*dict.fromkeys([*roots, *own, *others, *imported, *(one for one in commands if one not in roots)])]
    needed = {root: (root, root) for root in roots}
    _close(needed, roots, *sides)
    # What a lock holds for the program beside them is required by something that shows on neither side.
    for one in held:
        if one not in needed:
            needed[one] = one, one
            _close(needed, [one], *sides)
    return Closure(needed, *_likely(needed, frozenset(roots), *sides), commands, stands_for, imported, unknown)


def _likely(
    needed: Mapping[str, object], roots: Collection[str], production: Mapping[str, Item], local: Mapping[str, Item]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """({package that may be needed: why}, {it: (who requires it, for whom)})."""
    servers = [name for name in sorted(started()) if name not in needed and (name in production or name in local)]
    why = dict.fromkeys(servers, "it is started by a command, which nothing that was read names")
    for name, item in {**local, **production}.items():
        extended = next((one for one in _required(item) if one in roots), None)
        if extended is not None and name not in needed and development(name) is None:
            why.setdefault(name, f"it requires {extended}, which the program uses, and may extend it")
    behind: dict[str, tuple[str, str]] = {name: (name, name) for name in needed}
    waiting = deque([*needed, *why])
    while waiting:
        name = waiting.popleft()
        begun = len(behind)
        if behind.setdefault(name, (name, name)) == (name, name) and name not in needed:
            _close(behind, [name], production, local)
        for other in list(behind)[begun:]:
            if why.setdefault(other, f"required by {behind[other][0]}") and other != name:
                waiting.append(other)
        offered = [other for side in (local, production) for other in strings(field(side.get(name), "optional"))]
        for other in (*offered, *implicit(name)):
            there = other in production or other in local
            if there and other not in needed and other not in why and development(other) is None:
                why[other] = f"{name} imports it where it is there"
                waiting.append(other)
    return why, {name: behind[name] for name in why if name in behind}


def _commands(declared: Profile, local: Profile, production: Profile) -> Iterator[tuple[str, str]]:
    """(command, who starts it) of what the source, a process or a container names; the source last."""
    for side, profile in (("local", local), ("production", production)):
        container, process = _items(profile, "container"), _items(profile, "process")
        for item in (container.get("command"), container.get("entrypoint"), process.get("command")):
            if isinstance(item, str):
                yield item.rpartition(" ")[2].rpartition("/")[2], f"{side} starts it"
    for name, place in _items(declared, "executables").items():
        yield name, f"started at {place}"


def _unmapped(
    section: Section, production: Mapping[str, Item], local: Mapping[str, Item]
) -> tuple[dict[str, tuple[str, ...]], bool]:
    """({package of a side that provides a name of which the repository knows no package: the place}, whether one is
    left over)."""
    note = next((note for note in section.notes if note.startswith(UNMAPPED)), "")
    found: dict[str, tuple[str, ...]] = {}
    named = _PLACED.findall(note.removeprefix(UNMAPPED))
    left = bool(re.search(r" and \d+ more\Z", note))
    for name, place in named:
        providers = [key for side in (production, local) for key, item in side.items() if name in provided(key, item)]
        left = left or not providers
        found.update((key, (place,)) for key in providers)
    return found, left


def _close(
    found: dict[str, tuple[str, str]], roots: Iterable[str], production: Mapping[str, Item], local: Mapping[str, Item]
) -> None:
    """Add {package: (who requires it, for whom)}, by what production has; what it lacks requires what local says."""
    waiting = deque(roots)
    while waiting:
        name = waiting.popleft()
        for other in _required(production.get(name, local.get(name))):
            if other not in found:
                found[other] = name, found[name][1]
                waiting.append(other)


def _required(item: Item) -> Iterator[str]:
    for text in strings(field(item, "requires")):
        name = split(text)[0]
        if name:
            yield name


def _items(profile: Profile, name: str) -> Mapping[str, Item]:
    return profile.sections.get(name, _NOT_READ).items


def strings(value: object) -> tuple[str, ...]:
    """The strings of a list, none of anything else."""
    return value if isinstance(value, tuple) else ()
