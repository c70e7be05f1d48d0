"""What each error of PostgreSQL is of, as data: parity/explain/data/sqlstates.json, over the whole of the manual's
appendix "PostgreSQL Error Codes".

A row has `states` (whole codes, or the two characters of a class: the longest that fits counts), the `keys` of the
section database on which it depends, each with its likelihood, and what it is `of`:

    setting   a setting of the server, or of the session
    right     what the role may do, and how it may connect
    version   what a release knows
    schema    what migrations have made
    server    the server's own state
    data      a row or a value
    program   the statements and their order
    after     an error before it
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

OF = ("setting", "right", "version", "schema", "server", "data", "program", "after")


@dataclass(frozen=True, slots=True)
class State:
    """What one error, or a class of them, comes of."""

    of: str
    words: str
    """One sentence without its full stop."""
    source: str
    keys: Mapping[str, float] = field(default_factory=dict)
    """{setting or key, or a pattern with *: likelihood}."""


@cache
def states() -> Mapping[str, State]:
    """{code, or the two characters of a class: what it comes of}."""
    rows = json.loads((files("parity.explain") / "data" / "sqlstates.json").read_text("utf-8"))
    return {
        name: State(row["of"], row["words"], row["source"], row.get("keys", {}))
        for row in rows
        for name in row["states"]
    }


def state(code: str) -> State | None:
    """What a code comes of; None for one of no class that the manual has."""
    return states().get(code) or states().get(code[:2])
