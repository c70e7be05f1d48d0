"""Single lines that tell of a failure without a traceback, and how much each weighs.

`data/signs.txt` is meant to be read; this file is how a line is judged by it, by its level and by its words.
"""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import cast

from parity.explain.log import forms
from parity.explain.log.record import Level
from parity.explain.model import FailureKind


class Weight(IntEnum):
    """How much a failure counts beside the others of its log."""

    MENTIONED = 0
    """Words of trouble in a line that says it is none: told beside a failure, never one itself."""
    WARNED = 1
    HANDLED = 2
    """A traceback that was logged as a warning or less."""
    LOGGED = 3
    AFTERMATH = 4
    """What follows from another failure: a supervisor tells that its child has ended."""
    FATAL = 5
    """It ended a program or a request."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a single line tells."""

    weight: Weight
    kind: FailureKind = "message"


_GROUP = re.compile(r"\[(?P<weight>\w+) (?P<kind>message|exit|signal)\] .+")

_LEADS = re.compile(
    r"(?:\S{1,64} ){0,2}(?:Exception in (?:worker process|ASGI application|thread|callback)|Internal Server Error"
    r"|Exception on /|Task exception was never retrieved)"
)
"""Lines that lead to a traceback."""

_ENDS = re.compile(
    r"(?i)(?:\S{1,64} ){0,2}(?:worker(?: \S{1,40})? exiting|application (?:startup|shutdown) failed|shutting down(?:[:.].{0,40})?$"
    r"|reason: worker failed|worker failed to boot|(?:exiting|terminating|aborting|stopping)\W{0,3}$)"
)
"""Lines by which a server says that it ends, and not why."""

_WORDS = re.compile(
    r"(?i)\b(?:error|fail|warn|unable|could ?n[o']t|cannot|can't|not (?:found|installed|set|supported|available)|missing"
    r"|no such|no module|unsupported|unavailable|unknown|undefined|invalid\b|denied|refused|timed? ?out|deprecat"
    r"|fall(?:ing|s)? ?back|fallback|default(?:ing|s)? to|disabled|ignor|skipp|killed|abort|exception|expired|exceed"
    r"|too many|out of|oom|retry|reset by|unreachable|mismatch|incompatib|require|hint:|detail:|statement:|degraded"
    r"|panic|fatal|critical|without|unexpected|illegal|unrecogni[sz]ed|never defined|bad (?:substitution|address|option|trap|fd)|multi-call|not (?:in )?sorted)"
)
"""Of a line that tells of trouble at any level."""

ENDS = frozenset({"HaltServer", "SystemExit", "WorkerShutdown"})
"""Those of the exceptions below that say the same."""

CONSEQUENCES = ENDS | frozenset(
    {
        "KeyboardInterrupt",
        "CancelledError",
        "GeneratorExit",
        "WorkerLostError",
    }
    | {"BrokenPipeError", "ClientDisconnect"}
)
"""Exceptions by which a program ends for a reason that another failure tells."""


def judge(message: str, level: Level | None) -> Trouble | None:
    """What a record's message, or a line with none, tells; None for one that tells of no trouble."""
    for pattern, trouble in signs():
        if pattern.search(message):
            return trouble
    if level is not None and level >= Level.ERROR:
        return Trouble(Weight.AFTERMATH if _LEADS.match(message) or ends(message) else Weight.LOGGED)
    if level is Level.WARNING:
        return Trouble(Weight.WARNED)
    return Trouble(Weight.MENTIONED) if _WORDS.search(message) else None


def ends(message: str) -> bool:
    """Whether a line tells that a program, or a part of it, ends for what another line tells."""
    return _ENDS.match(message) is not None


def failed(message: str) -> bool:
    """Whether a line leads to the traceback of a record that could not be written: the program itself goes on."""
    return message.startswith(forms.OF_LOGGING)


@cache
def signs() -> tuple[tuple[re.Pattern[str], Trouble], ...]:
    """The shipped list, in its order."""
    return tuple(parsed((files("parity.explain.log") / "data" / "signs.txt").read_text("utf-8")))


def parsed(text: str) -> Iterator[tuple[re.Pattern[str], Trouble]]:
    """What a text in the list's format holds. Raises ValueError for an expression outside a group."""
    trouble: Trouble | None = None
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        found = _GROUP.fullmatch(line)
        if found:
            trouble = Trouble(Weight[found["weight"].upper()], cast("FailureKind", found["kind"]))
        elif trouble is None:
            raise ValueError(f"an expression outside a group: {line}")
        else:
            yield re.compile(line), trouble


def raised(message: str) -> bool:
    """Whether a line is an exception's last line with no traceback above it."""
    found = forms.EXCEPTION.match(message)
    return found is not None and ":" in message[:250] and forms.names_exception(found["type"])
