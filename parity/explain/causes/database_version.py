"""A statement, function or right that production's PostgreSQL does not have yet, or has no more.

What each release brought and took away is data (parity/explain/data/postgresql.json), read from the releases' notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, said
from parity.explain.knowledge import Change, postgresql
from parity.explain.model import Candidate, Evidence
from parity.products import POSTGRESQL, product

TITLE = "Another PostgreSQL"
CATEGORY = "database"
NEEDS = ("database",)
ASPECTS = True
VOICE = "database"

_KNOWN = {"message": 0.95, "line": 0.92}
"""The statement is quoted in the message, or stands in the program's own code."""
_PLAIN = 0.85
"""What is left of it where no driver says that the error is the database's."""
_STATES = {
    "42601": 0.72,
    "42883": 0.72,
    "0A000": 0.6,
    "42704": 0.6,
    "42703": 0.35,
    "42P01": 0.3,
    "42501": 0.5,
    "22023": 0.4,
}
"""{SQLSTATE: how well it fits a server that lacks something, when nothing tells what}."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The server's version, by what the statement uses, then by the class of the error."""
    difference = case.difference("database", "server_version") or case.difference("database", "version")
    if difference is None or product(case.items("database")[1]) != POSTGRESQL:
        return
    states = case.of("sqlstate")
    shown = (in_log(states[0]),) if states else said(case)
    text, lines = case.text, _statements(case)
    known = ((change, change.told(text, lines)) for change in postgresql() if applies(change, difference))
    told = [(_KNOWN[where] * change.weight, change) for change, where in known if where]
    for likelihood, change in sorted(told, key=lambda one: -one[0])[:3]:
        knowledge = Evidence("knowledge", change.sentence(text), change.source)
        yield _candidate(case, difference, likelihood * (1.0 if states else _PLAIN), (*shown, knowledge))
    for fact in states:
        if fact.value in _STATES:
            yield _candidate(case, difference, _STATES[fact.value], (in_log(fact),))


def applies(change: Change, difference: Difference) -> bool:
    """Whether a change lies between local's version and production's."""
    local, production = (_major(side) for side in (difference.local, difference.production))
    if local is None or production is None:
        return False
    if change.kind == "added":
        return production < change.version <= local
    if change.kind == "removed":
        return local < change.version <= production
    return min(local, production) < change.version <= max(local, production)


def _major(item: object) -> tuple[int, ...] | None:
    found = re.match(r"(\d+)", item) if isinstance(item, str) else None
    return (int(found[1]),) if found else None


def _statements(case: Case) -> str:
    """What the program's own code on the failing path says to the server, where the message does not quote it."""
    own = (frame.code for frame, where in zip(case.frames, case.path, strict=True) if where.kind == "own")
    return "\n".join([*own, *sorted(case.strings)])


def _candidate(case: Case, difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"the statement is accepted by PostgreSQL {difference.production}",
        f"run PostgreSQL {difference.local} in production, or {difference.production} locally and write for that",
    )
