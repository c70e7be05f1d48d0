"""The interpreter: its version, the modules that its build has, its linked libraries and its flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.followed import FLAGS, same_encodings
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.profile.model import Item

RULES = {
    "none": Rule(Severity.ERROR, "only one side has a Python at all"),
    "version-minor": Rule(Severity.ERROR, "another minor or major version of Python"),
    "version-patch": Rule(Severity.INFO, "another patch level of Python"),
    "implementation": Rule(Severity.ERROR, "another implementation: CPython, PyPy"),
    "module-missing": Rule(Severity.ERROR, "a module of the standard library that production's build lacks"),
    "module-extra": Rule(Severity.INFO, "a module of the standard library that only production's build has"),
    "free-threaded": Rule(Severity.WARNING, "only one side runs without the global interpreter lock"),
    "linked": Rule(Severity.WARNING, "another version of OpenSSL, SQLite or zlib that Python is linked with"),
    "flag": Rule(Severity.WARNING, "a switch or variable changes how Python behaves on one side only"),
    "prefix": Rule(Severity.WARNING, "packages are taken from a system's installation on one side only"),
    "build": Rule(Severity.WARNING, "another kind of build or installation"),
}

_MODULE = "stdlib."
_OF_A_DESK = frozenset(
    {"curses", "dbm.gnu", "dbm.ndbm", "ensurepip", "idlelib", "lib2to3", "readline", "tkinter", "turtledemo", "venv"}
)
"""Modules for windows, terminals and installing, and of old databases in files, which distributions leave out and what
serves seldom imports."""
_FLAG = "flags."
_LINKED = {"openssl": "ssl", "sqlite": "sqlite3", "zlib": "zlib"}
"""{key: the module that shows it}."""

_FLAGS = {
    "optimize": "assert statements, and at level 2 docstrings, are not there",
    "dev_mode": "warnings and checks are on that production code does not meet",
    "utf8_mode": "files and streams without an encoding are read as UTF-8 whatever the locale says",
    "hash_seed_fixed": "sets and hashes come in the same order each time, which hides what depends on it",
    "safe_path": "the script's own directory is not on the path",
    "warnings_are_errors": "a warning ends the program",
    "gil": "threads run at the same time",
}
"""{flag: what is so where it is set}."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; a linked library that is gone with its module is told once, as the module."""
    local, production = sides.items("python")
    if ("version" in local and not production) or ("version" in production and not local):
        yield from map(_without, differences)
        return
    gone = {one.key.removeprefix(_MODULE) for one in differences if one.kind is Kind.MISSING}
    for one in differences:
        if one.key.startswith(_MODULE):
            yield _module(one, sides, versioned=any(each.key == "version" for each in differences))
        elif one.key.startswith(_FLAG):
            yield _flag(one, sides)
        elif one.key == "version":
            yield _version(one)
        elif one.key in _LINKED:
            yield from _linked(one, gone)
        elif one.key == "implementation":
            why = "another implementation has other extension modules, other timing of finalisers, other limits"
            yield finding("implementation", one, Severity.ERROR, why)
        elif one.key == "free_threaded":
            why = "without the lock threads run at the same time, and extension modules need builds of their own"
            yield finding("free-threaded", one, Severity.WARNING, why)
        elif one.key == "prefix":
            yield _prefix(one, {each.key for each in differences}, production)
        elif one.key == "kind" and any(each.key == "prefix" for each in differences):
            why = "the interpreter belongs to another kind of installation, which its prefix shows"
            yield finding("build", one, Severity.INFO, why)
        elif one.key == "kind":
            why = "what is importable follows other rules: a venv sees its own packages, a system Python the system's"
            yield finding("build", one, Severity.WARNING, why)
        else:
            yield finding("build", one, Severity.WARNING, "Python was built or installed in another way")


def _without(one: Difference) -> Finding:
    # One error for all that a Python would have brought.
    if one.kind is Kind.EXTRA:
        return finding("none", one, Severity.INFO, "only production has a Python")
    if one.key == "version":
        return finding("none", one, Severity.ERROR, "production has no Python: nothing of the program runs there")
    return finding("none", one, Severity.INFO, "it comes with a Python, and production has none")


def _version(one: Difference) -> Finding:
    if one.change is None:
        why = "code that runs on one version of Python need not on another, and one side does not tell its version"
        return finding("version-minor", one, Severity.ERROR, why)
    if one.change.part in ("major", "minor"):
        why = {
            "older": "production's Python is older: syntax and modules that newer ones brought are not there",
            "newer": "production's Python is newer: modules and calls that were deprecated may be gone",
        }[one.change.direction]
        return finding("version-minor", one, Severity.ERROR, why)
    return finding("version-patch", one, Severity.INFO, f"production is a patch level {_WHERE[one.change.direction]}")


def _prefix(one: Difference, keys: set[str], production: Mapping[str, Item]) -> Finding:
    if "kind" not in keys and one.production != _DISTRIBUTIONS:
        return finding("prefix", one, Severity.INFO, "packages are installed in another directory")
    if production.get("kind") == "system":
        why = (
            "production's interpreter is the system's: it does not see the packages of the environment that local uses"
        )
    else:
        why = "only local's interpreter is the system's: production sees the packages of its environment alone"
    return finding("prefix", one, Severity.WARNING, why, evidence=_executable(production))


_DISTRIBUTIONS = "/usr"
"""The prefix of the interpreter that a distribution installs for itself."""


def _executable(production: Mapping[str, Item]) -> tuple[str, ...]:
    path = production.get("executable")
    return (f"production runs {path}",) if isinstance(path, str) else ()


_WHERE = {"older": "behind", "newer": "ahead"}


def _module(one: Difference, sides: Sides, *, versioned: bool) -> Finding:
    if one.kind is Kind.EXTRA:
        return finding("module-extra", one, Severity.INFO, "only production's build of Python has the module")
    name = one.key.removeprefix(_MODULE)
    why = "production's Python does not have the module: an import of it fails there"
    place = sides.use.standard_at(name.partition(".")[0]) if sides.use is not None else None
    if place:
        return finding("module-missing", one, Severity.ERROR, why, evidence=(f"imported at {place}",))
    if name in _OF_A_DESK:
        severity = Severity.INFO if place == "" else Severity.WARNING
        return finding("module-missing", one, severity, f"{why}, and what serves seldom imports it")
    if name in _REMOVED and versioned:
        # A package may still import it; that it is another version stands before this.
        return finding("module-missing", one, Severity.WARNING, f"{why}, as in every Python of that version")
    return finding("module-missing", one, Severity.ERROR, why)


_REMOVED = frozenset({"distutils"})
"""Modules that a version of Python took away. Source: What's New In Python 3.12."""


def _linked(one: Difference, gone: set[str]) -> Iterator[Finding]:
    if one.kind is Kind.MISSING and _LINKED[one.key] in gone:
        return
    if one.kind is Kind.MISSING:
        why = f"production's Python is linked with none that works: import {_LINKED[one.key]} fails there"
        yield finding("module-missing", one, Severity.ERROR, why)
    elif one.kind is Kind.EXTRA:
        yield finding("module-extra", one, Severity.INFO, "only production's Python is linked with it")
    else:
        direction = one.change.direction if one.change else "another"
        severity = Severity.WARNING if _felt(one) else Severity.INFO
        yield finding("linked", one, severity, f"Python is linked with {_ARTICLE[direction]} one in production")


def _felt(one: Difference) -> bool:
    """Whether a program may notice the version: of SQLite an older one has less SQL, and the others keep what they
    offer within a major version."""
    if one.change is None or one.change.part == "major":
        return True
    return one.key == "sqlite" and one.change.direction == "older" and one.change.part == "minor"


_ARTICLE = {"older": "an older", "newer": "a newer", "another": "another"}


def _flag(one: Difference, sides: Sides) -> Finding:
    name = one.key.removeprefix(_FLAG)
    told = _told(name, sides)
    if told is not None:
        return finding("flag", one, Severity.INFO, told)
    effect = _FLAGS.get(name)
    if effect is None or bool(one.local) == bool(one.production):
        return finding("flag", one, Severity.WARNING, "a switch or variable of Python is not the same")
    # The lock is the one flag whose effect is that of its absence.
    locally = bool(one.local) != (name == "gil")
    return finding("flag", one, Severity.WARNING, f"{'locally' if locally else 'in production'} only, {effect}")


def _told(name: str, sides: Sides) -> str | None:
    """Where the cause of a flag, or what follows from it, is a finding of its own, in words."""
    if name == "utf8_mode" and same_encodings(sides):
        return "the mode is another, and text, names and streams have the same encodings on both sides"
    if name == "utf8_mode" and same_encodings(sides) is False:
        return "the encodings that follow from it are told by themselves"
    variable = FLAGS.get(name)
    local, production = sides.items("environment")
    if variable is not None and (variable in local) != (variable in production):
        return f"{variable}, which sets it, is told by itself"
    return None
