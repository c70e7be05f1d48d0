"""The statements themselves: an error of PostgreSQL that depends on their order alone, and on nothing that is set.

Which errors do so is data (parity/explain/data/sqlstates.json).
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.elsewhere import Sign
from parity.explain.model import Evidence
from parity.explain.read_there import read_there
from parity.explain.sqlstates import state

TITLE = "The order of statements"
CATEGORY = "code"

_PROGRAM = 0.9
_ONE_OF_MANY = 0.6
"""A class of errors that a function of the database may raise for any reason, or that follows from a pooler, too."""


def read(case: Case) -> Iterator[Sign]:
    """What the codes of the log are of."""
    for fact in case.of("sqlstate"):
        found = state(fact.value)
        if found is not None and found.of == "program":
            sure = not found.keys and not fact.value.startswith("P0")
            yield Sign(
                min(_PROGRAM if sure else _ONE_OF_MANY, 1.0 - read_there(case)),
                f"{found.words} ({fact.value}, line {fact.at})",
                (in_log(fact), Evidence("knowledge", found.words, found.source)),
            )
