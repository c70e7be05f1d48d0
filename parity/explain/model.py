"""What an explanation is made of. Frozen values; every text of a log in them is bounded and holds no secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

How: TypeAlias = Literal["cause", "context", "member"]
"""How an exception led to the next one of its chain: `raise … from`, while it was handled, as a member of a group."""

FailureKind: TypeAlias = Literal["exception", "message", "exit", "signal"]
"""A traceback (whole or cut off); a line that tells a failure without one; an exit status; a signal."""

FactKind: TypeAlias = Literal[
    "exception",
    "module",
    "missing_module",
    "missing_attribute",
    "missing_name",
    "unexpected_argument",
    "missing_argument",
    "variable",
    "setting",
    "path",
    "executable",
    "soname",
    "symbol",
    "symbol_version",
    "requirement",
    "distribution",
    "errno",
    "signal",
    "exit_status",
    "memory",
    "sqlstate",
    "relation",
    "column",
    "function",
    "extension",
    "database_setting",
    "database_message",
    "codec",
    "locale",
    "zone",
    "host",
    "port",
    "tls",
    "http_status",
    "template",
    "user",
    "server",
]
"""What a fact tells of: its value is a name, a number or a short phrase of closed form."""

Verdict: TypeAlias = Literal["explained", "not-environment", "not-compared", "undetermined"]
"""A cause is named; the failure would happen on both sides; what it needs was not compared; several may be."""

Category: TypeAlias = Literal["database", "variable", "code", "upstream", "permission", "environment", "resources"]
"""The usual places to look when production answers 500."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a traceback, as the log prints it."""

    file: str
    """As printed: a path, "<frozen importlib._bootstrap>", "pandas/_libs/interval.pyx"."""
    line: int | None
    function: str
    """ "<module>" for the body of a module; "" where the log does not tell."""
    code: str
    """The source line that the traceback quotes, scrubbed; "" where it quotes none."""
    at: int
    """The number of its line in the log, from 1."""


@dataclass(frozen=True, slots=True)
class Raised:
    """One exception of a chain."""

    type: str
    """As printed, dotted: "sqlalchemy.exc.OperationalError"."""
    message: str
    """Scrubbed, at most 4,000 characters; lines are kept."""
    frames: tuple[Frame, ...]
    """Outermost first; at most 200, of a longer one the first and the last."""
    at: int
    """The line of the log on which its type stands."""
    how: How | None = None
    """How it led to the next of the chain; None for the last."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log, its collector's prefix and secrets removed."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When something stands in the log."""

    line: int
    time: str | None = None
    """UTC, RFC 3339, as far as the log tells; None where it does not."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which the program failed, however often it stands in the log."""

    kind: FailureKind
    chain: tuple[Raised, ...]
    """In the order in which they were raised: the first is where it began. Empty unless `kind` is "exception"."""
    message: str
    """The one line by which a person would know it."""
    count: int
    first: Moment
    last: Moment
    around: tuple[Line, ...] = ()
    """Lines before and after it of the same stream that tell of trouble (warnings, errors), at most 40."""
    requests: tuple[str, ...] = ()
    """Routes that answered 5xx beside it ("POST /cart"), the most frequent first, at most 10; never a query."""
    grave: bool = True
    """Whether it ended something or was logged as an error; False for what was warned of, or handled."""


@dataclass(frozen=True, slots=True)
class Log:
    """What was read of one log."""

    failures: tuple[Failure, ...] = ()
    """The weightiest first: what ends the program or a request before what is only warned of, then the newest."""
    newest: int | None = None
    """Index of the one that stands last in the log, of those that are more than a warning where there is one."""
    most_frequent: int | None = None
    """Index of the one that stands most often in it, of the same."""
    lines: int = 0
    first_time: str | None = None
    last_time: str | None = None
    responses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """{"2xx": how many, …} by the access log's lines; empty where it has none."""
    notes: tuple[str, ...] = ()
    """What could not be read, and what was cut."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a failure tells, by type."""

    kind: FactKind
    value: str
    at: int
    """The line of the log that tells it."""
    link: int | None = None
    """Index into the failure's chain; None where it stands beside it."""
    words: str = ""
    """The line or message that tells it, scrubbed and at most 200 characters, for a person to check."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe in a cause, in words."""

    source: Literal["log", "difference", "local", "production", "source", "knowledge"]
    """The log; the difference itself; one side's profile; the program's repository; a published list of changes."""
    words: str
    """One sentence without its full stop."""
    at: str = ""
    """Where to check it: "line 40" of the log, "shop/mail.py:12", a section's key, a document's address."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one kind of cause says of one difference."""

    kind: str
    """The name of the file that weighs it: "missing_module"."""
    label: str
    """`section.key` of the difference."""
    likelihood: float
    """0 to 1: how well this difference, by this mechanism, explains this failure, if nothing else did."""
    evidence: tuple[Evidence, ...]
    refuted_by: str
    """What one would see if it were not the cause, or run to tell."""
    fix: str = ""
    """What closes it, in a sentence; `parity fix` has the commands."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A ranked cause."""

    label: str
    kind: str
    confidence: float
    """0 to 1, calibrated: of those at 0.9, nine in ten are right."""
    evidence: tuple[Evidence, ...]
    refuted_by: str
    fix: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to one failure, or to a comparison without a log."""

    verdict: Verdict
    category: Category
    failure: Failure | None
    facts: tuple[Fact, ...]
    causes: tuple[Cause, ...]
    """The best first."""
    reasons: tuple[str, ...]
    """Why this verdict, in sentences: for "not-environment" the lines that show it, for "not-compared" the section
    and how to get it, for "undetermined" what to run to tell the candidates apart."""
