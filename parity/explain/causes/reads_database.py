"""A statement of the failing path whose answer depends on what differs: a setting, a right, the locale of the database.

Which statements depend on what is data (parity/explain/data/calls_sql.json) from PostgreSQL's manual; the statement is
taken from the source, from what the driver quotes or from the server's own log.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._reads import kind, read
from parity.explain.model import Candidate

TITLE = "A statement that depends on what differs"
CATEGORY = "database"
NEEDS = ("database",)
VOICE = "database"


def weigh(case: Case) -> Iterator[Candidate]:
    """What the statements on the path depend on."""
    yield from read(__name__, case, lambda one: kind(one) == "database")
