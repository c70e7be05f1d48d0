"""Shared libraries that the interpreter and the extension modules need from the system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from parity.diff.model import Difference, FieldDifference, Kind
from parity.policy.migrations import strings
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.requirements import provided
from parity.policy.words import listed, plural, some
from parity.profile.item import field
from parity.profile.model import Item

if TYPE_CHECKING:
    from parity.policy.use import Use

RULES = {
    "unresolved": Rule(Severity.ERROR, "a library is needed in production and not found there"),
    "symbols": Rule(Severity.ERROR, "production's library lacks symbol versions that are asked of it"),
    "major": Rule(Severity.WARNING, "another major version of a library"),
    "version": Rule(Severity.INFO, "another version of a library"),
    "resolved": Rule(Severity.INFO, "a library that only local fails to find, or finds without all symbols"),
    "missing": Rule(Severity.INFO, "a library that nothing in production needs"),
    "extra": Rule(Severity.INFO, "a library that only production needs"),
}


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each soname: what stops a module from loading goes before what changes its version."""
    for one in differences:
        if one.kind is Kind.MISSING:
            yield finding("missing", one, Severity.INFO, "nothing that is installed in production needs it", _SHOWN)
        else:
            yield _by_use(_unresolved(one) or _symbols(one) or _rest(one), sides)


_OF_MODULES = {"_curses": "curses", "_dbm": "dbm", "_gdbm": "dbm", "_tkinter": "tkinter", "readline": "readline"}
"""{extension module of the standard library: the module that stands on it}, of those that hardly a server imports."""
_BUILD = "lib-dynload/"


def _by_use(found: Finding, sides: Sides) -> Finding:
    """What only modules need that nothing imports stops nothing."""
    use = sides.use
    if use is None or found.id not in ("libraries.unresolved", "libraries.symbols"):
        return found
    asking = strings(sides.items("libraries")[1].get(found.key), _BY[found.id])
    if not asking or not all(_unused(module, sides, use) for module in asking):
        return found
    why = found.why.replace(": that does not load", ": nothing that was read imports that")
    return replace(found, severity=Severity.INFO, why=why)


_BY = {"libraries.unresolved": "needed_by", "libraries.symbols": "lacks_by"}


def _unused(module: str, sides: Sides, use: Use) -> bool:
    if module.startswith(_BUILD):
        name = _OF_MODULES.get(module.removeprefix(_BUILD).partition(".")[0])
        return name is not None and use.standard_at(name) == ""
    top = module.partition("/")[0].partition(".")[0]
    owners = [key for key, item in sides.items("packages")[1].items() if top in provided(key, item)]
    return bool(owners) and all(map(use.unused, owners))


_SHOWN = ("resolved", "version")


def _unresolved(one: Difference) -> Finding | None:
    if field(one.production, "resolved") or (one.kind is Kind.CHANGED and not field(one.local, "resolved")):
        return None
    why = f"production does not find it, and {_who(one.production, 'needed_by')}: that does not load"
    return finding("unresolved", one, Severity.ERROR, why, ("resolved",), _needed_by(one.production))


def _symbols(one: Difference) -> Finding | None:
    lacks = [name for name in strings(one.production, "lacks") if name not in strings(one.local, "lacks")]
    if not lacks:
        return None
    there = strings(one.production, "has")
    has = f" (it has {', '.join(there)})" if there else ""
    why = f"production's lacks {some(lacks)}{has}, and {_who(one.production, 'lacks_by')}"
    return finding("symbols", one, Severity.ERROR, why, ("lacks",), _needed_by(one.production, "lacks_by"))


def _rest(one: Difference) -> Finding:
    if one.kind is Kind.EXTRA:
        return finding("extra", one, Severity.INFO, "only what is installed in production needs it", _SHOWN)
    version = next((each for each in one.fields if each.name == "version"), None)
    # A library that only local finds, or whose symbols only local lacks, has its version in the same finding.
    if version is None or len(one.fields) > 1:
        return finding("resolved", one, Severity.INFO, "production has what local lacks")
    return _version(one, version)


def _version(one: Difference, version: FieldDifference) -> Finding:
    if version.change is None:
        return finding("version", one, Severity.INFO, "only one side's file name tells its version")
    side = {"older": "behind", "newer": "ahead"}[version.change.direction]
    if version.change.part == "major":
        return finding(
            "major", one, Severity.WARNING, f"production is a major version {side}: calls may work otherwise"
        )
    return finding("version", one, Severity.INFO, f"production's version is {version.change.direction}")


def _who(item: Item, name: str) -> str:
    modules = strings(item, name)
    if not modules:
        return "a module there asks for it"
    count = field(item, "modules")
    more = count - len(modules) if name == "needed_by" and isinstance(count, int) else 0
    if more > 0:
        return f"{', '.join(modules[:3])} and {plural(more + len(modules[3:]), 'other')} need it"
    return f"{listed(modules)} {'needs' if len(modules) == 1 else 'need'} it"


def _needed_by(item: Item, name: str = "needed_by") -> tuple[str, ...]:
    return tuple(f"needed by {module}" for module in strings(item, name))
