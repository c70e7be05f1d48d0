"""What the source gives literally to its pools of database connections.

Sources: SQLAlchemy, "Connection Pooling"; Django, "Databases" (CONN_MAX_AGE, OPTIONS.pool); Flask-SQLAlchemy,
"Engine Options"; the manuals of psycopg_pool, psycopg2.pool, asyncpg, aiopg and aiomysql.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from parity.declared.source.rows import Pool

_NAMES = {
    "pool_size": "size",
    "max_overflow": "overflow",
    "pool_timeout": "timeout",
    "pool_recycle": "recycle",
    "pool_pre_ping": "pre_ping",
    "max_size": "size",
    "maxsize": "size",
    "maxconn": "size",
    "min_size": "min_size",
    "minsize": "min_size",
    "minconn": "min_size",
    "timeout": "timeout",
    "CONN_MAX_AGE": "max_age",
    "conn_max_age": "max_age",
}
_ENGINE = ("pool_size", "max_overflow", "pool_timeout", "pool_recycle", "pool_pre_ping")
_POOL = ("min_size", "max_size", "minsize", "maxsize", "minconn", "maxconn", "timeout")

_CALLS = (
    (re.compile(r"(?:sqlalchemy|sqlmodel)\..*?(?:create_(?:async_)?engine|engine_from_config)\Z"), _ENGINE, ()),
    (re.compile(r"psycopg_pool\.(?:\w+\.)?(?:Async)?(?:Null)?ConnectionPool\Z"), _POOL, ()),
    (re.compile(r"psycopg2\.pool\.\w+ConnectionPool\Z"), _POOL, ("minconn", "maxconn")),
    (re.compile(r"(?:asyncpg|aiopg|aiomysql)\.(?:\w+\.)?create_pool\Z"), _POOL, ()),
    (re.compile(r"dj_database_url\.(?:config|parse)\Z"), ("conn_max_age",), ()),
)
"""(callee, the keywords that count, the names of the first positions)."""


def of_call(path: str, node: ast.Call) -> Iterator[Pool]:
    """The literals that a call gives to the pool that it makes."""
    for callee, keywords, positions in _CALLS:
        if callee.match(path):
            for name, value in zip(positions, node.args, strict=False):
                yield from _literal(name, value)
            for keyword in node.keywords:
                if keyword.arg is not None and keyword.arg in keywords:
                    yield from _literal(keyword.arg, keyword.value)


def of_setting(name: str, value: ast.expr) -> Iterator[Pool]:
    """The literals that a setting of Django or Flask-SQLAlchemy holds."""
    if name == "CONN_MAX_AGE":
        yield from _literal(name, value)
    elif name == "SQLALCHEMY_ENGINE_OPTIONS" and isinstance(value, ast.Dict):
        for key, one in _pairs(value):
            if key in _ENGINE:
                yield from _literal(key, one)
    elif name == "DATABASES" and isinstance(value, ast.Dict):
        for _, database in _pairs(value):
            if isinstance(database, ast.Dict):
                yield from _database(database)


def _database(node: ast.Dict) -> Iterator[Pool]:
    for key, value in _pairs(node):
        if key == "CONN_MAX_AGE":
            yield from _literal(key, value)
        elif key == "OPTIONS" and isinstance(value, ast.Dict):
            for option, pool in _pairs(value):
                if option == "pool" and isinstance(pool, ast.Dict):
                    for name, one in _pairs(pool):
                        if name in _POOL:
                            yield from _literal(name, one)


def _pairs(node: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, value


def _literal(name: str, node: ast.expr) -> Iterator[Pool]:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    if isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Pool(_NAMES[name], value * sign, node.lineno)
        elif value is None or isinstance(value, bool):
            yield Pool(_NAMES[name], value, node.lineno)
