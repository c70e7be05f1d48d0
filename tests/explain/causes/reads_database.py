"""Examples of `reads_database`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, SHOWN, Example

NONE = trace("TypeError: 'NoneType' object is not subscriptable", "app.py:6 best: return cursor.fetchone()[0]")


def asking(statement: str) -> dict[str, str]:
    """The source whose line fails, with the statement in it that it asks."""
    code = f'import psycopg2\n\nASKED = """{statement}"""\ndef best(cursor):\n    cursor.execute(ASKED)\n    '
    return {"app.py": f"{code}return cursor.fetchone()[0]\n"}


SEARCH = "select title from page where to_tsvector(title) @@ plainto_tsquery(%s)"
CONFIG = {"database.default_text_search_config": "pg_catalog.english"}
SIMPLE = {"database.default_text_search_config": "pg_catalog.simple"}
NULL = trace(
    'psycopg2.errors.NotNullViolation: null value in column "number" violates not-null constraint',
    'app.py:4 <module>: cursor.execute("insert into orders (item) values (%s)", ("kettle",))',
)
LOGGED = trace(
    "sqlalchemy.exc.NoResultFound: No row was found\n[SQL: select id from people where lower(name) = %(name)s]",
    "app.py:1 f: one()",
)
UPDATE = "update account set balance = %s where number = 1 and balance = %s"
CHANGED = {
    "app.py": f"def f(c):\n    w = c.execute('{UPDATE}')\n    if w.rowcount != 1:\n        raise RuntimeError('lost')\n"
}
LOST = trace("RuntimeError: lost", "app.py:4 f: raise RuntimeError('lost')")

EXAMPLES = [
    Example("words without their stems", NONE, CONFIG, SIMPLE, {"database.default_text_search_config": SHOWN},
            asking(SEARCH)),
    Example("a configuration that is given", NONE, CONFIG, SIMPLE, {},
            asking("select 1 from page where to_tsvector('english', title) @@ plainto_tsquery('english', %s)")),
    Example("capitals", NONE, {"database.ctype": "C.UTF-8"}, {"database.ctype": "C"}, {"database.ctype": (0.65, 0.9)},
            asking("select id from people where upper(name) = %s")),
    Example("the rows of a tenant", NONE, {"database.privileges.bypass_row_security": True},
            {"database.privileges.bypass_row_security": False}, {"database.privileges.bypass_row_security": SHOWN},
            asking("select sum(total) from invoices where tenant = %s")),
    Example("triggers that do not fire", NULL, {"database.session_replication_role": "origin"},
            {"database.session_replication_role": "replica"}, {"database.session_replication_role": SHOWN}),
    Example("what a driver writes as NULL", NONE, {"database.transform_null_equals": True},
            {"database.transform_null_equals": False}, {"database.transform_null_equals": (0.6, 0.9)},
            asking("select name from parts where parent = %s")),
    Example("two that wait for each other, whatever the timeouts",
            trace("psycopg2.errors.DeadlockDetected: deadlock detected", "app.py:6 best: return cursor.fetchone()[0]"),
            {"database.lock_timeout": "2s", "database.deadlock_timeout": "1s"},
            {"database.lock_timeout": "9s", "database.deadlock_timeout": "2s"}, {},
            asking("update stock set count = 1")),
    Example("the statement of the log", LOGGED, {"database.ctype": "C.UTF-8"}, {"database.ctype": "C"},
            {"database.ctype": SHOWN}),
    Example("a condition before what is raised", LOST, {"database.extra_float_digits": 1},
            {"database.extra_float_digits": -2}, {"database.extra_float_digits": FITS}, CHANGED),
    Example("a setting that the statement does not ask", NONE, {"database.xmloption": "content"},
            {"database.xmloption": "document"}, {}, asking(SEARCH)),
]  # fmt: skip
