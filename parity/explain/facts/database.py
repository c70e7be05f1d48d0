"""What a database says: its SQLSTATE and message, and the relations, columns, functions, extensions and settings in it."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from parity.explain.facts import Patterns, Told, matched, told
from parity.explain.model import Fact, Failure

_NAME = r"(?P<value>[A-Za-z_][\w.$-]{0,120})"
_QUOTED = r"\"(?P<value>[^\"\n]{1,120})\""

_OBJECTS: Patterns = (
    ("relation", re.compile(rf"\b(?:relation|table|view|sequence|materialized view) {_QUOTED}")),
    ("relation", re.compile(rf"\bpermission denied for (?:table|relation|view|sequence|database|language|type) {_NAME}")),
    ("relation", re.compile(r"\bpermission denied for (?P<value>schema \w{1,63})")),
    ("relation", re.compile(r"\b(?P<value>schema) \"(?P<name>\w{1,63})\" does not exist")),
    ("relation", re.compile(rf"\bno such table: {_NAME}")),
    ("relation", re.compile(r"\bTable '(?P<value>[\w.$-]{1,120})' doesn't exist")),
    ("column", re.compile(r"\bcolumn \"?(?P<value>[\w.]{1,120})\"? (?:of relation \"[^\"\n]{1,63}\" )?does not exist")),
    ("column", re.compile(rf"\bno such column: {_NAME}")),
    ("column", re.compile(r"\bUnknown column '(?P<value>[\w.]{1,120})'")),
    ("column", re.compile(r"\bhas no column named (?P<value>\w{1,63})")),
    ("function", re.compile(r"\bfunction (?P<value>[\w.]{1,120})\([^)\n]{0,300}\) (?:does not exist|is not unique)")),
    ("function", re.compile(rf"\bno such function: {_NAME}")),
    ("function", re.compile(rf"\bpermission denied for (?:function|procedure) {_NAME}")),
    ("extension", re.compile(rf"\bextension {_QUOTED}")),
    ("extension", re.compile(r"/extension/(?P<value>[\w-]{1,63})\.control\b")),
    ("extension", re.compile(r"\bcould not access file \"(?:\$libdir/)?(?P<value>[\w-]{1,63})\": No such file")),
    ("extension", re.compile(rf"\bno such module: {_NAME}")),
)  # fmt: skip

_SETTING = r"\"?(?P<value>[a-z][a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,6})\"?"
_SETTINGS: Patterns = (
    ("database_setting", re.compile(rf"\b(?:requires|need to (?:increase|set|raise)|increas(?:e|ing)|raising|setting|parameter|adjust(?:ing)?|exceeds|with) {_SETTING}(?![\w.(])")),
    ("database_setting", re.compile(r"\ba different \"(?P<value>\w{1,40})\" setting")),
    ("database_setting", re.compile(r"\b(?:unrecognized configuration parameter|unsupported startup parameter:?|parameter|invalid value for parameter) \"(?P<value>[\w.]{1,63})\"")),
    ("database_setting", re.compile(r"\b(?P<value>intervalstyle|datestyle|search_path|wal_level|max_connections|shared_buffers|statement_timeout"
                                    r"|lock_timeout|work_mem|max_locks_per_transaction|max_prepared_transactions|max_replication_slots|max_wal_senders"
                                    r"|standard_conforming_strings|bytea_output|client_encoding|default_transaction_read_only|row_security)\b")),
)  # fmt: skip

# Settings that a message means without naming them.
_MEANT = (
    ("max_connections", re.compile(r"\btoo many clients already|\bremaining connection slots")),
    ("statement_timeout", re.compile(r"\bdue to statement timeout")),
    ("lock_timeout", re.compile(r"\bdue to lock timeout")),
    ("idle_in_transaction_session_timeout", re.compile(r"\bdue to idle-in-transaction timeout")),
    ("transaction_timeout", re.compile(r"\bdue to transaction timeout")),
    ("idle_session_timeout", re.compile(r"\bdue to idle-session timeout")),
    ("default_transaction_isolation", re.compile(r"\bcould not serialize access")),
    ("default_transaction_read_only", re.compile(r"\bin a read-only transaction")),
    ("datestyle", re.compile(r"\bdate/time field value out of range")),
    (
        "ssl",
        re.compile(r"\bno pg_hba\.conf entry [^\n]{0,300}\b(?:no encryption|SSL off)|\bserver does not support SSL"),
    ),
    ("pg_hba", re.compile(r"\bpg_hba\.conf\b|\bauthentication failed for user")),
    ("search_path", re.compile(r"\bno schema has been selected")),
)

_STATE = re.compile(r"\bSQLSTATE[\[: =]{1,3}([0-9A-Z]{5})\b|\b(?:ERROR|FATAL|PANIC): {1,2}([0-9A-Z]{5}): ")
_CLASS = re.compile(r"\b(?:psycopg2?|asyncpg|pg8000|aiopg)(?:\.\w{1,30}){0,3}\.(\w{3,80})\b")
_CAMEL = re.compile(r"(?:^|_)([a-z0-9])")
_DATABASE = re.compile(
    r"(?:^|\()(?:psycopg2?|asyncpg|pg8000|sqlalchemy|aiopg|peewee|tortoise|django\.db|sqlite3|MySQLdb|pymysql|oracledb)\b"
)
_SAYS = re.compile(r"\b(?:FATAL|PANIC|ERROR): {1,2}(?:[0-9A-Z]{5}: )?(?P<message>\S[^\n]{1,300})")
_WRAPPED = re.compile(r"\([\w.]{3,80}\) (?P<message>[^\n]{2,300})|<class '[\w.]{3,80}'>: (?P<inner>[^\n]{2,300})")


def read(failure: Failure) -> Iterator[Fact]:
    """`sqlstate`, `database_message`, `relation`, `column`, `function`, `extension`, `database_setting`."""
    yield from (_whole(fact) for fact in matched(failure, _OBJECTS))
    for one in told(failure):
        states = tuple(_states(one))
        yield from states
        if not states and not _DATABASE.search(one.type) and not _SAYS.search(one.text):
            continue
        message = _message(one)
        if message:
            yield one.fact("database_message", message)
        for name, pattern in _MEANT:
            found = pattern.search(one.text)
            if found:
                yield one.fact("database_setting", name, found.start())
        for kind, pattern in _SETTINGS:
            for found in pattern.finditer(one.text):
                yield one.fact(kind, found["value"], found.start())


def _whole(fact: Fact) -> Fact:
    if fact.value != "schema":
        return fact
    name = re.search(r"\bschema \"(\w{1,63})\"", fact.words)
    return Fact(fact.kind, f"schema {name[1]}" if name else fact.value, fact.at, fact.link, fact.words)


def _states(one: Told) -> Iterator[Fact]:
    """By the code itself, by the class that a driver names after it, else by the server's words."""
    found_one = False
    for found in _STATE.finditer(one.text):
        found_one = True
        yield one.fact("sqlstate", found[1] or found[2], found.start())
    classes = [(found[1], found.start()) for found in _CLASS.finditer(one.text[:1_000])]
    if _CLASS.match(one.type):
        classes.append((one.type.rpartition(".")[2], 0))
    for name, start in classes:
        state = conditions().get(name) or conditions().get(name.removesuffix("Error"))
        if state:
            found_one = True
            yield one.fact("sqlstate", state, start)
    if not found_one:
        for state, pattern in server_messages():
            match = pattern.search(one.text)
            if match:
                yield one.fact("sqlstate", state, match.start())
                return


def _message(one: Told) -> str:
    found = _SAYS.search(one.text)
    if found:
        return found["message"]
    wrapped = _WRAPPED.match(one.text)
    if wrapped:
        return wrapped["message"] or wrapped["inner"]
    return one.text.partition("\n")[0] if one.type else ""


@cache
def conditions() -> dict[str, str]:
    """{class as a driver names it: SQLSTATE}: "UndefinedTable", and asyncpg's own names."""
    found: dict[str, str] = {}
    for state, name in _rows("sqlstates.txt"):
        found.setdefault(_CAMEL.sub(lambda letter: letter[1].upper(), name), state)
    return {**found, "PostgresSyntaxError": "42601", "InvalidPasswordError": "28P01", "CannotConnectNowError": "57P03"}


@cache
def server_messages() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(SQLSTATE, what the server says with it), in order."""
    return tuple((state, re.compile(pattern)) for state, pattern in _rows("server_messages.txt"))


def _rows(name: str) -> Iterator[tuple[str, str]]:
    text = (files("parity.explain.facts") / "data" / name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            state, _, rest = line.partition(" ")
            yield state, rest
