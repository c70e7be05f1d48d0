"""A migration that production's database has not had: a table or a column that the program asks for is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "A migration that was not applied"
CATEGORY = "database"
NEEDS = ("database",)
ASPECTS = True

_STATES = {
    "42703": 0.95,
    "42P01": 0.95,
    "42704": 0.6,
    "42883": 0.4,
    "42P07": 0.7,
    "42P10": 0.85,
    "42701": 0.7,
    "23502": 0.5,
    "3F000": 0.5,
}
_SAID = re.compile(
    r"(?:column|relation|table) .{0,120}does not exist|no such (?:table|column)|unapplied migration"
    r"|undefined(?:column|table)"
)


def weigh(case: Case) -> Iterator[Candidate]:
    """What differs of the migrations that the databases hold."""
    facts = [one for one in case.of("sqlstate") if one.value in _STATES]
    found = _SAID.search(case.text)
    if not facts and not found:
        return
    likelihood = max([_STATES[one.value] for one in facts] or [0.9])
    named = case.of("column", "relation")
    evidence = tuple(in_log(one) for one in (*facts[:1], *named[:1]))
    if not evidence and found and case.failure:
        evidence = (Evidence("log", f"it says {found[0]!r}", f"line {case.failure.last.line}"),)
    for difference in case.differences("database", "migrations", "migrations.*"):
        yield candidate(
            __name__,
            difference,
            likelihood,
            evidence,
            "the table and the column are there, for production's role and search path",
            "apply the pending migrations to production's database",
        )
