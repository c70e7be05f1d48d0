"""Examples of `sqlite`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SHOWN, Example

LOG = trace('sqlite3.OperationalError: near "RETURNING": syntax error', "app.py:3 f: db.execute(q)")
FUNCTION = trace("sqlite3.OperationalError: no such function: unixepoch", "app.py:3 f: db.execute(q)")
NEW, OLD = {"python.sqlite": "3.46.1"}, {"python.sqlite": "3.34.1"}

EXAMPLES = [
    Example("a clause", LOG, NEW, OLD, {"python.sqlite": SHOWN}),
    Example("a function", FUNCTION, NEW, OLD, {"python.sqlite": SHOWN}),
    Example(
        "what a framework asks for",
        trace("core.ImproperlyConfigured: SQLite 3.31 or later is required (found 3.27.2).", "manage.py:3 main"),
        NEW,
        OLD,
        {"python.sqlite": NAMED},
    ),
    Example("another database", trace('psycopg.errors.SyntaxError: near "x": syntax error', "app.py:3 f"), NEW, OLD),
    Example("a constraint", trace("sqlite3.IntegrityError: UNIQUE constraint failed: a.b", "app.py:3 f"), NEW, OLD),
    Example(
        "a join",
        trace("sqlite3.OperationalError: RIGHT JOINs are not currently supported", "app.py:3 f: db.execute(q)"),
        NEW,
        OLD,
        {"python.sqlite": SHOWN},
    ),
]
