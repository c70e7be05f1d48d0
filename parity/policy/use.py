"""What a repository tells of how a thing is used: a pure view over its profile and both sides'.

A package is used where the source imports it, and where what the project declares for itself requires it, in one
step or in many; the requirements are those that production's own packages state. A variable is used where the
source reads it. What a reading leaves open, by a broken file or a name that is put together while the program
runs, is `UNSURE` and never `UNUSED`: only what is known to be unused may weigh less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase

from parity.declared.dependencies.markers import applies, environment_of
from parity.declared.sections.environment import COMPUTED
from parity.declared.sections.made import UNREAD
from parity.declared.sections.python import imports
from parity.policy.closure import Closure, closure, strings
from parity.profile.item import field
from parity.profile.model import Item, Profile, Section, Status

_DEVELOPMENT = frozenset(
    {"bench", "benchmark", "benchmarks", "build", "ci", "coverage", "dev", "doc", "docs", "examples", "format", "lint"}
    | {"mypy", "release", "test", "testing", "tests", "tools", "types", "typing"}
)
"""Names of groups and extras whose packages no program needs where it serves."""

_EVERYWHERE = frozenset({"setuptools"})
"""Packages that others import (pkg_resources, distutils) and hardly any of them declares."""

ANY = "*"
"""The pattern of a name of which nothing is known."""

_NOT_READ = Section(Status.UNAVAILABLE)


class Degree(Enum):
    """How much a program depends on a thing, by its source."""

    USED = "used"
    """It stops, or does another thing, without it."""
    OPTIONAL = "optional"
    """It says itself what it does without it: a default, an import that may fail. Or something that it uses does."""
    NAMED = "named"
    """A file promises the variable, and no source reads it."""
    POSSIBLE = "possible"
    """Nothing is seen to read the variable but a read whose name, like its own, is put together while the program
    runs."""
    ANYONES = "anyone's"
    """The same of a read of any name at all."""
    UNSURE = "unsure"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Usage:
    """The degree, and the facts that it stands on."""

    degree: Degree
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A repository beside the two sides of a comparison. `view` makes one."""

    declared: Profile
    local: Profile
    production: Profile
    closure: Closure
    """What the program needs, and what it may need."""
    environment: Mapping[str, str]
    """Production's marker variables."""
    whole: bool
    """Whether a package that the program needs would show: the source was read, and what the files declare."""
    extras: bool
    """Whether an extra is asked for, and no lock tells what stands behind it."""
    standard: Mapping[str, str] | None
    """{module of the standard library that the source imports: a place}; None where that was not read whole."""
    names: tuple[str, ...] | None
    """Patterns of variables that may be read and were not seen; None where nothing is known to be unread."""
    computed: Mapping[str, str]
    """{pattern of the names that are put together while the program runs: the first place that reads one}."""

    def section(self, name: str) -> Section:
        """What the repository tells of a section."""
        return self.declared.sections.get(name, _NOT_READ)

    def item(self, section: str, key: str) -> Item:
        """What it tells of a key, None where it tells nothing."""
        return self.section(section).items.get(key)

    def declared_at(self, section: str, key: str) -> tuple[str, ...]:
        """The places of files that declare it."""
        item = self.item(section, key)
        return strings(field(item, "declared_at" if section == "environment" else "at"))

    def imported_at(self, distribution: str) -> tuple[str, ...]:
        """The places that import it, or another that provides the same, those of tests and the like left out."""
        item = self.item("packages", self.closure.stands_for.get(distribution, distribution))
        known = () if field(item, "used") == "dev" else strings(field(item, "imported_at"))
        return known or self.closure.imported.get(distribution, ())

    def unused(self, distribution: str) -> bool:
        """Whether it is known that the program does not need it."""
        return self.package(distribution).degree is Degree.UNUSED

    def standard_at(self, *modules: str) -> str | None:
        """A place that imports one of these of the standard library; "" where none does, None where that is not
        known."""
        if self.standard is None:
            return None
        return next((self.standard[name] for name in modules if name in self.standard), "")

    def direct(self, distribution: str) -> bool:
        """Whether the program imports it, asks for it or starts it, and not only what it requires does."""
        asked = field(self.item("packages", distribution), "direct") is True
        return asked or bool(self.imported_at(distribution)) or distribution in self.closure.started

    def required_by(self, distribution: str) -> str | None:
        """The one that requires it, where the program needs it, or may need it, for another's sake."""
        requirer = self.closure.needed.get(distribution, self.closure.behind.get(distribution))
        return requirer[0] if requirer is not None and requirer[0] != distribution else None

    def read_at(self, name: str) -> tuple[str, ...]:
        """The places that read the variable, those of tests and the like left out."""
        item = self.item("environment", name)
        return () if field(item, "dev") is True else strings(field(item, "read_at"))

    def required(self, name: str) -> bool:
        """Whether the program stops somewhere without the variable."""
        return field(self.item("environment", name), "required") is True

    def near(self, name: str) -> str | None:
        """The name that a variable is mistaken for within the repository itself."""
        near = field(self.item("environment", name), "near")
        return near if isinstance(near, str) else None

    def variables(self) -> Iterator[str]:
        """Every variable that the repository reads or declares, sorted."""
        yield from sorted(self.section("environment").items)

    def package(self, name: str) -> Usage:
        """How much the program depends on a distribution."""
        item = self.item("packages", name)
        imported, how = self._imported(name), field(item, "used")
        if name in self.closure.needed:
            return Usage(Degree.USED, (*imported, *self._why_needed(name)))
        if how == "optional":
            return Usage(Degree.OPTIONAL, imported)
        if name in self.closure.likely:
            return Usage(Degree.OPTIONAL, (self.closure.likely[name],))
        groups, places = strings(field(item, "groups")), self.declared_at("packages", name)
        if not self.whole or name in _EVERYWHERE or (item is None and self.extras):
            return Usage(Degree.UNSURE)
        elsewhere = field(item, "marker") is not None and applies(item, self.environment) is False
        if not elsewhere and any(not for_development(group) for group in groups):
            return Usage(Degree.UNSURE, _told(f"declared in {' and '.join(groups)}", places))
        return Usage(Degree.UNUSED, self._why_unused(item, places))

    def variable(self, name: str) -> Usage:
        """How much the program depends on a variable."""
        item, places = self.item("environment", name), self.read_at(name)
        if places:
            default = field(item, "default") is True
            words = "read with a default" if default else "read without a default"
            more = field(item, "reads")
            count = more if isinstance(more, int) else None
            return Usage(Degree.OPTIONAL if default else Degree.USED, _told(words, places, count))
        if self.names is None or any(fnmatchcase(name, pattern) for pattern in self.names):
            return Usage(Degree.UNSURE, self._put_together(name))
        declared = self.declared_at("environment", name)
        computed = self._put_together(name)
        if computed:
            said = (f"declared at {declared[0]}",) if declared else ()
            likely = any(one != ANY and fnmatchcase(name, one) for one in self.computed)
            alone = Degree.POSSIBLE if likely else Degree.ANYONES
            return Usage(Degree.UNSURE if declared else alone, (*said, *computed))
        if field(item, "dev") is True:
            return Usage(Degree.UNUSED, _told("read by tests alone", strings(field(item, "read_at"))))
        if declared:
            return Usage(Degree.NAMED, (f"declared at {declared[0]}, and no source reads it",))
        return Usage(Degree.UNUSED, ("no source reads it",))

    def _put_together(self, name: str) -> tuple[str, ...]:
        """At most one fact: where a name like it is put together, or else any name at all is computed."""
        like = [one for one in self.computed if fnmatchcase(name, one)]
        pattern = next((one for one in like if one != ANY), ANY)
        if not like:
            return ()
        words = "a name is computed" if pattern == ANY else "a name is put together"
        return (f"{words} at {self.computed[pattern]}",)

    def _imported(self, name: str) -> tuple[str, ...]:
        count = field(self.item("packages", name), "imports")
        return _told("imported", self.imported_at(name), count if isinstance(count, int) else None)

    def _why_needed(self, name: str) -> tuple[str, ...]:
        requirer, root = self.closure.needed[name]
        if requirer == name and name in self.closure.started and not self.declared_at("packages", name):
            return (self.closure.started[name],)
        if requirer == name:
            direct = field(self.item("packages", name), "direct") is True
            return _told("declared" if direct else "locked", self.declared_at("packages", name)[:1])
        return (f"required by {requirer}" + (f", for {root}" if root != requirer else ""),)

    def _why_unused(self, item: Item, places: tuple[str, ...]) -> tuple[str, ...]:
        groups = strings(field(item, "groups"))
        if groups:
            alone = all(map(for_development, groups))
            return _told("declared for development alone" if alone else "declared for other environments", places)
        if field(item, "used") == "dev":
            return _told("imported by tests alone", strings(field(item, "imported_at")))
        return ("no source imports it, and nothing that is declared requires it",)


def view(declared: Profile, local: Profile, production: Profile) -> Use:
    """What a repository's profile tells of the use of what two sides have."""
    packages, variables = (declared.sections.get(name, _NOT_READ) for name in ("packages", "environment"))
    items, environment = packages.items, environment_of(production)
    asked = [one for one in items.values() if "main" in strings(field(one, "groups"))]
    locked = any(not field(one, "direct") and field(one, "groups") for one in items.values())
    source = _source(declared)
    read = _read(packages) and UNREAD not in (packages.reason or "")
    python = declared.sections.get("python", _NOT_READ)
    found = closure(declared, local, production, environment)
    return Use(
        declared=declared,
        local=local,
        production=production,
        closure=found,
        environment=environment,
        whole=source and read and not found.open and (bool(asked) or not any(map(_declared, items.values()))),
        extras=not locked and any(field(one, "extras") for one in asked),
        standard=imports(python) if source and read else None,
        names=_unseen(variables) if source and _read(variables) else None,
        computed=dict(map(_put_together, reversed([note for note in variables.notes if note.startswith(COMPUTED)]))),
    )


def _source(declared: Profile) -> bool:
    """Whether source was there to be read: it shows by what it imports and reads, or by its files alone."""
    read = {name: declared.sections.get(name, _NOT_READ).items for name in ("packages", "environment", "source")}
    modules = any(field(one, "imports") for one in read["packages"].values())
    reads = any(field(one, "read_at") for one in read["environment"].values())
    standard = bool(imports(declared.sections.get("python", _NOT_READ)))
    return modules or reads or standard or any(name.endswith(".py") for name in read["source"])


def _declared(item: Item) -> bool:
    return bool(field(item, "groups")) or bool(field(item, "at"))


def _read(section: Section) -> bool:
    # Of a repository that says nothing of it all has been read: there is none.
    return section.status.looked or section.status is Status.SKIPPED


def _put_together(note: str) -> tuple[str, str]:
    """(pattern, place) of a note: "…: config.py:9 (APP_*)"."""
    place, _, pattern = note.removeprefix(f"{COMPUTED}: ").partition(" (")
    return pattern.removesuffix(")") or ANY, place


def _unseen(variables: Section) -> tuple[str, ...]:
    return tuple(pattern for pattern in variables.hidden if pattern not in variables.items)


def for_development(group: str) -> bool:
    """Whether a group or an extra ("dev", "group:test", "extra:docs") holds tools and no part of the program."""
    name = group.rpartition(":")[2]
    return bool(_DEVELOPMENT.intersection(name.split("-"))) and group != "main"


def _told(words: str, places: tuple[str, ...], count: int | None = None) -> tuple[str, ...]:
    """("WORDS at PLACE and 3 more",), empty without a place."""
    if not places:
        return ()
    more = (count or len(places)) - 1
    return (f"{words} at {places[0]}" + (f" and {more:,} more" if more > 0 else ""),)
