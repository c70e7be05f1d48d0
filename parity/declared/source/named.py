"""Modules that the source names in strings, and that a library imports for it: drivers, dialects, extensions, workers.

Sources: SQLAlchemy, "Engine Configuration" and "Dialects"; Celery, "Backends and Brokers" and "Configuration" (include,
imports); Python-Markdown, "Extensions"; gunicorn, "Settings" (worker_class, logger_class); Python, "logging.config".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from parity.declared.source.imports import classes, dotted
from parity.declared.source.rows import NAMES_LIMIT, Imported
from parity.declared.source.scope import Scope, value_of

_DRIVERS = {
    **{name: name for name in ("aiomysql", "aioodbc", "aiosqlite", "asyncmy", "asyncpg", "pg8000")},
    **{name: name for name in ("psycopg", "psycopg2", "psycopg2cffi", "pymssql", "pymysql", "pyodbc")},
    "mysqlconnector": "mysql.connector",
    "mysqldb": "MySQLdb",
    "psycopg_async": "psycopg",
}
"""{driver in a URL of SQLAlchemy: the module that it imports}."""
_DIALECTS = {
    "postgresql": "psycopg2",
    "mysql": "MySQLdb",
    "mariadb": "MySQLdb",
    "oracle": "cx_Oracle",
    "mssql": "pyodbc",
}
"""{dialect: the module of the driver that it has where the URL names none}."""
_TRANSPORTS = {"redis": "redis", "rediss": "redis", "sqs": "boto3", "mongodb": "pymongo", "zookeeper": "kazoo"}
"""{scheme of a broker or a result backend: the module that Celery imports for it}; amqp it requires by itself."""
_PARTS = (b"sql+", b"lite+")
_URL = re.compile(rb"""(?<!["']{3})(?<=["'])(?:db\+)?(?:postgresql|mysql|sqlite|mssql)\+([a-z0-9_]+)(?=://|["'])""")
_SCHEME = re.compile(r"([a-z0-9]+)(?:\+([a-z0-9_]+))?://")

_ENGINES = frozenset({"create_engine", "create_async_engine", "make_url"})
_WORKERS = frozenset({"gevent", "eventlet", "tornado", "meinheld"})
SETTINGS = frozenset({"worker_class", "logger_class"})
"""Settings in small letters, of gunicorn's own file."""
_BROKERS = re.compile(r"(?:\w+_)?(?:BROKER_URL|RESULT_BACKEND|BROKER|broker_url|result_backend)\Z")


def of_text(text: bytes) -> Iterator[tuple[str, int]]:
    """(module, line) of each driver that a URL of SQLAlchemy names in a string; comments are left out."""
    if not any(part in text for part in _PARTS):
        return
    for one in _URL.finditer(text):
        module = _DRIVERS.get(one[1].decode("ascii"))
        start = text.rfind(b"\n", 0, one.start()) + 1
        if module and not text[start : one.start()].lstrip().startswith(b"#"):
            yield module, text.count(b"\n", 0, one.start()) + 1


def of_call(path: str, node: ast.Call, scope: Scope) -> Iterator[Imported]:
    """What the strings in a call have its library import."""
    name = path.rpartition(".")[2]
    if name in _ENGINES and path.startswith(("sqlalchemy.", "sqlmodel.", "databases.")):
        # A URL with a driver in it is told by its text.
        for match in filter(None, map(_SCHEME.match, _texts(node.args[:1], scope))):
            if not match[2] and match[1] in _DIALECTS:
                yield Imported(_DIALECTS[match[1]], (), node.lineno, optional=False)
    elif path in ("celery.Celery", "celery.app.Celery"):
        for keyword in node.keywords:
            if keyword.arg in ("broker", "backend"):
                yield from _transports(_texts([keyword.value], scope), node.lineno)
            elif keyword.arg == "include":
                yield from _dotted(keyword.value, scope, node.lineno)
    elif path in ("markdown.markdown", "markdown.Markdown", "markdown.markdownFromFile"):
        for keyword in node.keywords:
            if keyword.arg == "extensions":
                yield from _dotted(keyword.value, scope, node.lineno)
    elif path == "logging.config.dictConfig" and node.args and isinstance(node.args[0], ast.Dict):
        yield from dotted(classes(node.args[0]))


def of_setting(name: str, value: ast.expr) -> Iterator[Imported]:
    """What a setting has its library import: a broker's URL, or its default; a worker."""
    if _BROKERS.match(name):
        held = (getattr(one, "value", None) for one in ast.walk(value))
        yield from _transports([one for one in held if isinstance(one, str)][:NAMES_LIMIT], value.lineno)
    elif name in SETTINGS and isinstance(value, ast.Constant):
        yield from dotted([value])
        if value.value in _WORKERS:
            yield Imported(str(value.value), (), value.lineno, optional=False)


def _transports(texts: list[str], line: int) -> Iterator[Imported]:
    for match in filter(None, map(_SCHEME.match, texts)):
        if match[1] in _TRANSPORTS:
            yield Imported(_TRANSPORTS[match[1]], (), line, optional=False)


def _texts(nodes: list[ast.expr], scope: Scope) -> list[str]:
    """The strings that expressions are, begin with or fall back to."""
    found: list[str] = []
    for node in nodes:
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                found.append(text)
            case ast.Call(args=[_, default, *_]):
                found += value_of(default, scope).words
            case ast.BoolOp(values=values):
                found += _texts(values, scope)
            case _:
                found += value_of(node, scope).words
    return found


def _dotted(node: ast.expr, scope: Scope, line: int) -> Iterator[Imported]:
    """The dotted names of a literal list, or of the name of one; one without a dot is the library's own."""
    if isinstance(node, ast.List | ast.Tuple):
        yield from dotted([one for one in node.elts[:NAMES_LIMIT] if "." in str(getattr(one, "value", ""))])
    elif isinstance(node, ast.Name):
        for row in scope.elements(node.id):
            for name in row[:1]:
                if name and "." in name and name.replace(".", "").isidentifier():
                    yield Imported(name, (), line, optional=False)
