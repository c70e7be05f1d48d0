"""The files of one project that say what it depends on, found and read.

A repository may hold several projects. Read is the one in its root; where the root declares nothing and there is
exactly one other, that one. What belongs to others is named and left to a look of its own (`repo:DIR`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from parity.declared import python_version
from parity.declared.dependencies import (
    groups,
    pipfile,
    pipfile_lock,
    poetry_lock,
    pylock,
    pyproject,
    requirements,
    setup_cfg,
    setup_py,
    toml,
    uv_lock,
)
from parity.declared.dependencies.reach import reach
from parity.declared.dependencies.requirement import HIDES
from parity.declared.facts import Dependency, Edge, Facts, Fault, Files, Place, Strength
from parity.declared.text import decoded

MAX_FILE = 4 << 20
"""Bytes of one lock or list of requirements; the longest of real monorepos are half of that."""
MAX_MANIFEST = 512 << 10
"""Bytes of a file that people write."""
MAX_REQUIREMENTS = 200
"""Requirements files of one project, those that are included counted."""
MAX_PROJECTS = 400

_READERS: dict[str, Callable[[str, str], Facts]] = {
    "pyproject.toml": pyproject.read,
    "setup.cfg": setup_cfg.read,
    "setup.py": setup_py.read,
    "Pipfile": pipfile.read,
    "Pipfile.lock": pipfile_lock.read,
    "poetry.lock": poetry_lock.read,
    "uv.lock": uv_lock.read,
}
_MARKS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "requirements.txt", "requirements.in"})
_MANIFESTS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "Pipfile"})
_PYLOCK = re.compile(r"pylock(?:\.[A-Za-z0-9_-]+)?\.toml\Z")
_REQUIREMENTS = re.compile(r"(?:.*[._-])?(?:requirements|reqs)(?:[._-].*)?\.(?:txt|in)\Z", re.IGNORECASE)
_BESIDE = frozenset({"test", "tests", "testing", "doc", "docs", "example", "examples", "benchmarks", "requirements"})
"""Directories whose requirements are for something beside the program."""


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects of a repository: directories from the root, "" the root itself."""

    chosen: str | None
    """The one that is read; None where that is for a person to say."""
    others: tuple[str, ...] = ()
    local: Mapping[str, str] = field(default_factory=dict)
    """{directory of another one: the distribution that it is}."""

    def foreign(self, facts: Facts) -> tuple[str, ...]:
        """The others that the chosen one does not depend on: nothing in them is of its program."""
        used = {one.name for one in facts.dependencies if one.source == "local"}
        return tuple(place for place in self.others if self.local.get(place) not in used)


def projects(files: Files) -> Projects:
    """The projects that files declare."""
    found = _projects(files)
    chosen = "" if "" in found or not found else found[0] if len(found) == 1 else None
    others = tuple(place for place in found if place != chosen)
    return Projects(chosen, others, {place: name for place in others if (name := _name_of(files, place))})


def read(files: Files, above: tuple[str, str, str] | None = None, among: Projects | None = None) -> Facts:
    """Everything that the repository's own project says about dependencies and Python.

    `above` is (text, name, directory of the project in it) of the lock of a workspace that the repository is in.
    """
    among = among or projects(files)
    versions = _read_each(files, (path for path in files.paths if path in python_version.NAMES), python_version.read)
    if among.chosen is None:
        listed = _listed(among.others)
        sentence = f"several projects and none in the root: {listed}; look at one, like repo:{among.others[0]}"
        return Facts.joined([versions, Facts(faults=(Fault(sentence, HIDES),))])
    found = _Project(files, among.chosen, among.local).facts(above)
    foreign = among.foreign(found)
    sentence = f"projects of their own, not read here: {_listed(foreign)}"
    return Facts.joined([found, versions, Facts(faults=(Fault(sentence),) if foreign else ())])


def _projects(files: Files) -> list[str]:
    """Directories that declare a project, sorted; "" is the root."""
    found = set()
    for path in files.paths:
        directory, name = posixpath.split(path)
        parts = directory.split("/")
        beside = _BESIDE.intersection(parts) or any(part.startswith(".") for part in parts)
        if name in _MARKS and not beside and _declares(files, path):
            found.add(directory)
        elif directory in ("", "requirements") and _REQUIREMENTS.match(_kin(path)):
            found.add("")
        if len(found) > MAX_PROJECTS:
            break
    return sorted(found)


def _declares(files: Files, path: str) -> bool:
    """Whether a file that may only set up tools declares a project."""
    name = posixpath.basename(path)
    if name not in ("pyproject.toml", "setup.cfg"):
        return True
    try:
        text = decoded(files.read(path, MAX_MANIFEST))
    except (OSError, ValueError):
        return True
    if name == "setup.cfg":
        return re.search(r"^\[options", text, re.MULTILINE) is not None
    document = toml.parse(text, path, ())
    return isinstance(document, Fault) or pyproject.is_project(document)


def _name_of(files: Files, directory: str) -> str | None:
    """The distribution that a directory holds, by its pyproject.toml."""
    try:
        document = toml.parse(decoded(files.read(posixpath.join(directory, "pyproject.toml"), MAX_MANIFEST)), "", ())
    except (OSError, ValueError):
        return None
    return None if isinstance(document, Fault) else pyproject.name_of(document)


def _kin(path: str) -> str:
    """The name by which a file counts as one of requirements: in a directory of that name every text does."""
    directory, name = posixpath.split(path)
    return f"requirements-{name}" if posixpath.basename(directory) == "requirements" else name


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name or "the root" for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"


def _read_each(files: Files, paths: Iterator[str], reader: Callable[[str, str], Facts]) -> Facts:
    return Facts.joined([_read_one(files, path, reader) for path in paths])


def _read_one(files: Files, path: str, reader: Callable[[str, str], Facts]) -> Facts:
    try:
        text = decoded(files.read(path, MAX_MANIFEST if posixpath.basename(path) in _MANIFESTS else MAX_FILE))
    except OSError as error:
        return Facts(faults=(Fault(f"{path}: {error.strerror or 'cannot be read'}", HIDES),))
    except ValueError as error:
        return Facts(faults=(Fault(f"{path}: {error}", HIDES),))
    return reader(text, path)


@dataclass(slots=True)
class _Project:
    """One project: a directory, and what distributions other directories hold."""

    files: Files
    directory: str
    local: Mapping[str, str]
    seen: set[tuple[str, bool, str | None]] = field(default_factory=set)

    def facts(self, above: tuple[str, str, str] | None) -> Facts:
        own = [path for path in self.files.paths if posixpath.dirname(path) == self.directory]
        parts = [self._one(path, _READERS[posixpath.basename(path)]) for path in own if self._reader(path)]
        parts += [self._one(path, pylock.read) for path in own if _PYLOCK.match(posixpath.basename(path))]
        locked = any(posixpath.basename(path) in ("uv.lock", "poetry.lock", "Pipfile.lock") for path in own)
        if above is not None and not locked:
            parts.append(uv_lock.read(*above))
        kin = posixpath.join(self.directory, "requirements")
        for path in self.files.paths:
            if posixpath.dirname(path) in (self.directory, kin) and _REQUIREMENTS.match(_kin(path)):
                parts += self._requirements(path, None, constraint=False)
        return _grouped(Facts.joined(parts))

    def _reader(self, path: str) -> bool:
        return posixpath.basename(path) in _READERS and ("setup.cfg" not in path or _declares(self.files, path))

    def _one(self, path: str, reader: Callable[[str, str], Facts]) -> Facts:
        return _read_one(self.files, path, reader)

    def _requirements(self, path: str, group: str | None, *, constraint: bool) -> Iterator[Facts]:
        """A requirements file and what it includes, each once for a group."""
        waiting = [(path, group, constraint, Place(path))]
        while waiting and len(self.seen) < MAX_REQUIREMENTS:
            path, group, constraint, at = waiting.pop()
            if (path, constraint, group) in self.seen:
                continue
            self.seen.add((path, constraint, group))
            if "://" in path or path.startswith(("../", "/")):
                yield Facts(faults=(Fault(f"{at}: includes a file outside of the repository, not followed", HIDES),))
                continue
            include: list[requirements.Include] = []
            yield self._one(path, partial(self._file, group=group, constraint=constraint, include=include))
            mine = group or groups.of_file(path)
            waiting += [(one.path, mine, constraint or one.constraint, one.at) for one in include]

    def _file(
        self, text: str, name: str, *, group: str | None, constraint: bool, include: list[requirements.Include]
    ) -> Facts:
        include += requirements.includes(text, name)
        return requirements.read(text, name, group=group, constraint=constraint, local=self.local)


def _grouped(facts: Facts) -> Facts:
    """The same, with groups and markers for what a lock leaves to whoever knows the project's own dependencies."""
    locked = [one for one in facts.dependencies if one.strength is Strength.LOCK]
    if all(one.groups for one in locked):
        return facts
    roots = [
        (group, Edge(one.name, marker=one.marker, extras=one.extras))
        for one in facts.dependencies
        if one.direct
        for group in one.groups
    ]
    reached = reach(roots, {(one.name, one.version): one.requires for one in locked})

    def grouped(one: Dependency) -> Dependency:
        bare = one.strength is Strength.LOCK and not one.groups
        way = reached.get((one.name, one.version)) if bare else None
        return replace(one, groups=way.groups, marker=one.marker or way.marker) if way else one

    return replace(facts, dependencies=tuple(map(grouped, facts.dependencies)))
