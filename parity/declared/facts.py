"""What the files of a repository say, each fact with its place. Frozen values; readers make them, assemble joins them.

Every reader is a pure function `read(text, name) -> Facts`, `name` being the file's path from the repository's
root, posix. It never raises for what a file holds: what it cannot understand is a `Fault`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum
from itertools import chain
from typing import NamedTuple, Protocol

MAX_TEXT = 16 << 20
"""Bytes of one file that a reader is given; a longer one is a Fault, not cut."""


class Place(NamedTuple):
    """A line of a file, from 1; 0 stands for the file as a whole. Sorts by file, then by line."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Files(Protocol):
    """The files of one repository, as walk.py finds them."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Sorted, from the root, posix; regular files only, nothing that is ignored."""
        ...

    def read(self, path: str, limit: int = MAX_TEXT) -> bytes:
        """A file of the repository, listed in `paths` or not. Raises OSError: not there, no regular file, longer
        than `limit`, outside of the repository, behind a symlink that leads out of it."""
        ...


class Strength(IntEnum):
    """How much a statement about a version binds; of several about one name the strongest wins."""

    SPECIFIER = 1
    CONSTRAINT = 2
    LOCK = 3


class Edge(NamedTuple):
    """What one distribution requires of another, by a lock or by the project itself."""

    name: str
    """Normalised."""
    version: str | None = None
    """Where a lock holds several versions of it, the one that is meant."""
    marker: str | None = None
    extras: tuple[str, ...] = ()
    """Extras asked for with it."""
    behind: str | None = None
    """The extra of the requiring distribution without which this does not count."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One statement of one file about one distribution."""

    name: str
    """Normalised (PEP 503)."""
    at: Place
    strength: Strength = Strength.SPECIFIER
    version: str | None = None
    """Only where it is exact: locked, or `==` without a wildcard."""
    specifier: str = ""
    """As the file writes it, in its own language ("^4.2", ">=2,<3"); empty for a bare name."""
    pinned: bool = False
    """Whether it names one version, or one commit."""
    groups: tuple[str, ...] = ()
    """"main", "dev", "group:x", "extra:x"; empty where the file does not tell (many lock files)."""
    marker: str | None = None
    """An environment marker (PEP 508); None holds everywhere."""
    direct: bool = False
    """Whether the project asks for it itself, and not another distribution."""
    source: str | None = None
    """Where it comes from when that is no index, in the words of the probe: "local", "git https://host/.../project",
    "url https://host/.../archive"; never a credential."""
    revision: str | None = None
    """The commit, where the source is pinned to one."""
    requires: tuple[Edge, ...] = ()
    """What a lock says it requires, where it leaves groups and markers of what is behind it to the reader."""
    extras: tuple[str, ...] = ()
    """Normalised extras that are asked for with it."""


@dataclass(frozen=True, slots=True)
class PythonVersion:
    """What one place says about the version of Python."""

    value: str
    """As written: "3.12", ">=3.10,<4", "python:3.12.4-slim"."""
    at: Place
    exact: str | None = None
    """The version where all three parts are given: "3.12.4"."""
    specifier: str | None = None
    """PEP 440, where it is a range: "==3.12.*" for "3.12"."""


@dataclass(frozen=True, slots=True)
class Import:
    """A module that the source imports, by its first name; none of its own, nor what every Python has (os, typing)."""

    name: str
    at: Place
    optional: bool = False
    """In a `try` that catches the ImportError, or under TYPE_CHECKING: the program runs without it."""
    module: str = ""
    """The whole dotted name, as far as it tells more: "google.cloud.storage"."""
    dev: bool = False
    """In a test, an example, documentation or a build script: nothing that runs in production."""


@dataclass(frozen=True, slots=True)
class DeclaredName:
    """A variable that a file promises: .env.example, ENV, compose, Kubernetes."""

    name: str
    at: Place
    set: bool = True
    """Whether it is given a value there, even an empty one; False for a bare name."""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class ReadName:
    """A variable that the source reads."""

    name: str
    at: Place
    default: bool = False
    """Whether the program says what holds without it: a default, or only a question whether it is there."""
    required: bool = False
    """Whether the program stops there without it. Neither: it reads None, and goes on with that."""
    dev: bool = False
    """In a test, an example, documentation or a build script: nothing that runs in production."""


@dataclass(frozen=True, slots=True)
class ComputedRead:
    """A read of a variable whose name the source puts together while it runs."""

    pattern: str
    """What is known of the name, as an fnmatch pattern: "APP_*"; "*" where nothing is."""
    at: Place


@dataclass(frozen=True, slots=True)
class Program:
    """A program that the source starts, or looks for on PATH, by its name."""

    name: str
    at: Place
    dev: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """What a line of shell, or a container's command, starts: one of the three names is not empty."""

    at: Place
    program: str = ""
    module: str = ""
    """A dotted name: of `python -m`, or of an option that names a class."""
    file: str = ""
    """A script, by the last part of its path: where it lies in an image, the repository does not say."""
    dev: bool = False


@dataclass(frozen=True, slots=True)
class IgnoredImport:
    """A module of the repository's own that the source imports and git ignores: a clone lacks it."""

    path: str
    at: Place


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """A package of the operating system that a file installs."""

    name: str
    at: Place
    manager: str
    """As in the section system_packages: "debian", "apk", "rpm"."""
    version: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """The user that a container is to run as, as written: "app", "10001:10001"."""

    value: str
    at: Place


@dataclass(frozen=True, slots=True)
class Mount:
    """A mount point that a file declares: an absolute path in the container."""

    path: str
    at: Place
    kind: str = "declared"


@dataclass(frozen=True, slots=True)
class ServerVersion:
    """The PostgreSQL that a compose file or a manifest runs."""

    value: str
    """The version in the image's tag: "15", "15.4"."""
    at: Place


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension of PostgreSQL that the repository creates."""

    name: str
    at: Place


@dataclass(frozen=True, slots=True)
class MigrationHead:
    """A revision that no other follows, of one chain of migrations."""

    tool: str
    """"alembic", "django", "flyway" or "yoyo"."""
    name: str
    """"4f1a…" or "shop.0007_price"."""
    at: Place


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration that the source holds."""

    tool: str
    """"alembic", "django", "flyway" or "yoyo"."""
    name: str
    """"4f1a…", "0007_price", "1.2", "0003_orders"."""
    at: Place
    app: str = ""
    """Django's application."""
    follows: tuple[str, ...] = ()
    """The names of the same chain that come before it."""
    replaces: tuple[str, ...] = ()
    """The names that a squashed one stands for."""


@dataclass(frozen=True, slots=True)
class PoolSetting:
    """A literal that the source gives to a pool of database connections."""

    name: str
    """"size", "overflow", "timeout", "recycle", "pre_ping", "max_age" …"""
    value: int | float | bool | str | None
    at: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read: one sentence, and what it may therefore hide."""

    sentence: str
    """"pyproject.toml: not TOML at line 3"."""
    hides: tuple[tuple[str, str], ...] = ()
    """(section, fnmatch pattern over keys) that may exist and could not be seen."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """What git says of the working tree that the repository is in."""

    commit: str | None
    """None before the first one."""
    branch: str | None = None
    """None for a detached head."""
    modified: tuple[str, ...] = ()
    """Tracked files below the root that differ from the commit, from the root, sorted."""
    untracked: tuple[str, ...] = ()
    """Files below the root that git does not know and does not ignore."""
    ignored: tuple[str, ...] = ()
    """Files that it ignores, and directories, with a slash at the end."""
    refused: str | None = None
    """Why git could not be asked, or did not answer: then nothing else is known."""

    @property
    def clean(self) -> bool:
        """Whether what is read is what the commit holds."""
        return self.refused is None and not (self.modified or self.untracked)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one file, or all of them together, say."""

    dependencies: tuple[Dependency, ...] = ()
    pythons: tuple[PythonVersion, ...] = ()
    imports: tuple[Import, ...] = ()
    declared_names: tuple[DeclaredName, ...] = ()
    build_arguments: tuple[DeclaredName, ...] = ()
    """ARG of a Dockerfile: there while the image is built, not when it runs."""
    read_names: tuple[ReadName, ...] = ()
    computed_reads: tuple[ComputedRead, ...] = ()
    programs: tuple[Program, ...] = ()
    started: tuple[Started, ...] = ()
    ignored_imports: tuple[IgnoredImport, ...] = ()
    system_packages: tuple[SystemPackage, ...] = ()
    users: tuple[User, ...] = ()
    mounts: tuple[Mount, ...] = ()
    server_versions: tuple[ServerVersion, ...] = ()
    extensions: tuple[Extension, ...] = ()
    migration_heads: tuple[MigrationHead, ...] = ()
    migrations: tuple[Migration, ...] = ()
    pool_settings: tuple[PoolSetting, ...] = ()
    first_party: tuple[str, ...] = ()
    """Import names that the repository itself provides somewhere. What an importing file finds beside itself or above
    is among no `imports`; a name that stands elsewhere (below a directory put on PYTHONPATH) is in both."""
    faults: tuple[Fault, ...] = ()

    @staticmethod
    def joined(many: Iterable[Facts]) -> Facts:
        """All of them as one, in the order given."""
        parts = list(many)
        return Facts(**{one.name: tuple(chain(*(getattr(part, one.name) for part in parts))) for one in fields(Facts)})
