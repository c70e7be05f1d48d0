"""Examples of `migration`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example

LOG = trace("psycopg.errors.UndefinedColumn: column orders.vat does not exist", "app.py:3 f: c.execute(q)")
HEAD, BEHIND = (
    {"database.migrations.alembic": {"heads": ["0002"]}},
    {"database.migrations.alembic": {"heads": ["0001"]}},
)

EXAMPLES = [
    Example("a column of the one that is pending", LOG, HEAD, BEHIND, {"database.migrations.alembic": NAMED}),
    Example(
        "a table of SQLite's",
        trace("sqlite3.OperationalError: no such table: orders", "app.py:3 f: c.execute(q)"),
        HEAD,
        BEHIND,
        {"database.migrations.alembic": (0.85, 0.95)},
    ),
    Example(
        "an index for ON CONFLICT",
        trace("psycopg.errors.InvalidColumnReference: there is no unique or exclusion constraint", "app.py:3 f: c()"),
        HEAD,
        BEHIND,
        {"database.migrations.alembic": (0.8, 0.9)},
    ),
    Example("both are at the head", LOG, HEAD, HEAD),
    Example(
        "a row is there twice", trace("psycopg.errors.UniqueViolation: duplicate key value", "app.py:3 f"), HEAD, BEHIND
    ),
]
