"""Examples of `server_refusal`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example


def mysql(kind: str, message: str) -> str:
    """What PyMySQL raises."""
    return trace(f"pymysql.err.{kind}: {message}", "app.py:3 f: c.execute(q)")


def redis(kind: str, message: str) -> str:
    """What redis-py raises."""
    return trace(f"redis.exceptions.{kind}: {message}", "app.py:3 f: r.set(k, v)")


MYSQL, REDIS = {"database.product": "MySQL"}, {"database.product": "Redis"}
GROUPED = mysql("OperationalError", "(1055, \"'shop.orders.id' isn't in GROUP BY\")")
STRICT = "NO_ZERO_DATE,STRICT_TRANS_TABLES"

EXAMPLES = [
    Example(
        "a mode that production alone has",
        GROUPED,
        {**MYSQL, "database.sql_mode": STRICT},
        {**MYSQL, "database.sql_mode": f"ONLY_FULL_GROUP_BY,{STRICT}", "database.max_connections": 5},
        {"database.sql_mode": NAMED},
    ),
    Example(
        "another mode is no cause of it",
        GROUPED,
        {**MYSQL, "database.sql_mode": ""},
        {**MYSQL, "database.sql_mode": STRICT},
    ),
    Example(
        "a value that is too long, by MySQL's own driver",
        trace(
            "mysql.connector.errors.DataError: 1406 (22001): Data too long for column 'name' at row 1",
            "app.py:3 f: c.execute(q)",
        ),
        {**MYSQL, "database.sql_mode": ""},
        {**MYSQL, "database.sql_mode": STRICT},
        {"database.sql_mode": NAMED},
    ),
    Example(
        "text that the encoding cannot hold",
        mysql("DataError", r"""(1366, "Incorrect string value: '\xF0\x9F' for column 'name' at row 1")"""),
        {**MYSQL, "database.encoding": "utf8mb4", "database.sql_mode": ""},
        {**MYSQL, "database.encoding": "latin1", "database.sql_mode": STRICT},
        {"database.encoding": NAMED},
    ),
    Example(
        "a packet",
        mysql("OperationalError", "(2006, 'MySQL server has gone away')"),
        {**MYSQL, "database.max_allowed_packet": 67108864, "database.wait_timeout": 28800},
        {**MYSQL, "database.max_allowed_packet": 1048576, "database.wait_timeout": 30},
        {"database.max_allowed_packet": SHOWN, "database.wait_timeout": FITS},
    ),
    Example(
        "a number of PostgreSQL's neighbour means nothing",
        GROUPED,
        {"database.jit": True},
        {"database.jit": False},
    ),
    Example(
        "the same words with a number of something else",
        mysql("OperationalError", "(9999, \"'a' isn't in GROUP BY\")"),
        {**MYSQL, "database.sql_mode": ""},
        {**MYSQL, "database.sql_mode": "ONLY_FULL_GROUP_BY"},
    ),
    Example(
        "a cache that is full",
        redis("OutOfMemoryError", "command not allowed when used memory > 'maxmemory'."),
        {**REDIS, "database.maxmemory_policy": "allkeys-lru", "database.maxmemory": "no limit"},
        {**REDIS, "database.maxmemory_policy": "noeviction", "database.maxmemory": "under 64 MB"},
        {"database.maxmemory_policy": NAMED, "database.maxmemory": NAMED},
    ),
    Example(
        "a command of a module",
        redis("ResponseError", "unknown command 'JSON.SET', with args beginning with: 'a'"),
        {**REDIS, "database.modules.ReJSON": {"version": "2"}, "database.timeout": 0},
        {**REDIS, "database.timeout": 300},
        {"database.modules.ReJSON": SHOWN},
    ),
    Example(
        "a replica",
        redis("ReadOnlyError", "You can't write against a read only replica."),
        {**REDIS, "database.replica": False},
        {**REDIS, "database.replica": True},
        {"database.replica": NAMED},
    ),
]
