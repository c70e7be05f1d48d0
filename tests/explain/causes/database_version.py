"""Examples of `database_version`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import Example

SYNTAX = trace('psycopg.errors.SyntaxError: syntax error at or near "odd"', "app.py:3 f: c.execute(q)")
NEW, OLD = {"database.server_version": "17.2"}, {"database.server_version": "13.8"}

EXAMPLES = [
    Example("a statement that does not parse there", SYNTAX, NEW, OLD, {"database.server_version": (0.5, 0.95)}),
    Example("the same server", SYNTAX, NEW, NEW),
    Example(
        "a server of another product, whose releases are its own",
        SYNTAX,
        {"database.product": "MySQL", "database.server_version": "9.1.0"},
        {"database.product": "MySQL", "database.server_version": "8.0.36"},
    ),
    Example(
        "a row is there twice", trace("psycopg.errors.UniqueViolation: duplicate key value", "app.py:3 f"), NEW, OLD
    ),
]
