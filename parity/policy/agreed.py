"""What a team has agreed on, as frozen values: the policy that a file states, and the baseline that it adopted.

`parity/configuration/` reads the files; `apply` says what becomes of findings under them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, TypeAlias

from parity.policy.model import Finding, Severity

Tolerated: TypeAlias = Literal["patch", "minor", "major"]
"""The largest part of a version that may differ."""

LEVELS = ("error", "warning", "info", "never")
"""From which severity on a finding is drift."""

Fact: TypeAlias = "str | Mapping[str, str]"
"""What one side is expected to have: a glob over the item in a word, or {field: glob}."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody's word that a finding may stand, for a time."""

    match: str
    """A rule's id, or a glob over `section.key`."""
    reason: str
    owner: str
    expires: date
    """The last day, in UTC, on which it holds."""
    place: str = ""
    """Where it stands: parity.toml:12."""

    def holds(self, today: date) -> bool:
        """Whether it still holds on a day."""
        return today <= self.expires


@dataclass(frozen=True, slots=True)
class Weight:
    """A severity in place of parity's own."""

    match: str
    """A rule's id, or a glob over `section.key`."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class Expected:
    """A difference that is meant: it is no drift as long as both sides are as stated."""

    local: Fact
    production: Fact


@dataclass(frozen=True, slots=True)
class Server:
    """What a program asks of its database before it starts."""

    variable: str = "DATABASE_URL"
    """The variable that holds its DSN."""
    seconds: float = 5.0
    """How long it may take to answer."""
    version: str | None = None
    """Specifiers, as PEP 440 has them."""
    extensions: tuple[str, ...] = ()
    """Installed in this database."""
    settings: Mapping[str, str | int | float | bool] = field(default_factory=lambda: MappingProxyType({}))
    """{setting: what a new session starts with}."""


@dataclass(frozen=True, slots=True)
class Door:
    """What must be so before a program starts, beside the variables that the policy requires."""

    python: str | None = None
    """Specifiers, as PEP 440 has them."""
    packages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """{normalised name: specifiers, empty for any version}."""
    volumes: tuple[str, ...] = ()
    """Absolute paths that the program's user must be able to write to."""
    migrations: bool = False
    """Whether the database must have had every migration that the repository holds."""
    database: Server | None = None
    """None: the database is asked for its migrations alone, if at all."""


def _nothing() -> Mapping[str, Expected]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that a policy file can say. One that says nothing is the default."""

    origin: str | None = None
    """The file, as it is shown; None where there is none."""
    local: str | None = None
    """The target on each side, where the command line names none; paths are the working directory's."""
    production: str | None = None
    baseline: str | None = None
    """The baseline's path, likewise."""
    fail_on: str | None = None
    """error, warning, info or never."""
    require: frozenset[str] = frozenset()
    allow_unknown: frozenset[str] = frozenset()
    max_age: timedelta | None = None
    weights: tuple[Weight, ...] = ()
    """In the file's order; of several that match a finding the last holds."""
    waivers: tuple[Waiver, ...] = ()
    expected: Mapping[str, Expected] = field(default_factory=_nothing)
    """{`section.key`: what the two sides may be}."""
    tolerance: Mapping[str, Tolerated] = field(default_factory=lambda: MappingProxyType({}))
    """{section: the largest difference of a version that is no more than info}."""
    names: tuple[str, ...] = ()
    """Variables that production must set to something."""
    door: Door = Door()
    """What `parity require` asks beside them."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One entry of a baseline: this difference was there on the day, and is nobody's news."""

    id: str
    section: str
    key: str
    kind: str | None
    severity: Severity
    """One that weighs more than on the day is drift again."""
    fingerprint: str
    """Of the difference with both its sides: another version is another difference."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The differences that a team started from."""

    origin: str
    entries: tuple[Adopted, ...]
    """Sorted by section, key, id."""


@dataclass(frozen=True, slots=True)
class Applied:
    """Findings under a policy, and what of the policy asks for somebody's attention."""

    findings: tuple[Finding, ...]
    """All of them, the worst first; those that are not open have their note."""
    origin: str | None = None
    baseline: str | None = None
    """The baseline's file; None where there is none."""
    ran_out: tuple[Waiver, ...] = ()
    """Waivers past their day that match a finding: it counts, unless something else holds for it."""
    unused: tuple[Waiver, ...] = ()
    """Waivers that match nothing that differs."""
    gone: tuple[Adopted, ...] = ()
    """Entries of the baseline whose difference was looked for and is no longer there."""
    untold: tuple[str, ...] = ()
    """What the policy asks for and nobody could look at, one sentence each: nothing was shown."""

    def count(self, standing: str) -> int:
        """How many findings stand so."""
        return sum(one.standing == standing for one in self.findings)
