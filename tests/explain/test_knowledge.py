"""What releases changed: the data is whole, says what its examples say, and holds against the real releases here."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
import pytest

from parity.explain import knowledge
from parity.explain.knowledge import Change, Variable
from tests.database.servers import Running, cluster, started
from tests.probe.pythons import Python, supported

grammar: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
"""How the standard library reads a regular expression."""

HERE = Path(__file__).parent
PACKAGES = [change for held in knowledge.packages().values() for change in held]
CHANGES = [*knowledge.python(), *knowledge.postgresql(), *PACKAGES]
VARIABLES = [one for held in knowledge.variables().values() for one in held]
FILES = ("python", "postgresql", "packages", "variables")

HOSTS = {"python": "https://docs.python.org/3/whatsnew/", "postgresql": "https://www.postgresql.org/docs/release/"}


def rows(name: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads((files("parity.explain") / "data" / f"{name}.json").read_text("utf-8"))
    return held


def whose(change: Change) -> str:
    """What a failing test calls a change."""
    return f"{change.distribution} {'.'.join(map(str, change.version))}: {change.sentence('')}"


# The rows


@pytest.mark.parametrize("name", FILES)
def test_a_row_is_there_once(name: str) -> None:
    held = rows(name)
    assert len({json.dumps(row, sort_keys=True) for row in held}) == len(held)
    named = [(row.get("distribution"), row.get("version"), one) for row in held for one in row.get("names", ())]
    if name != "variables":
        assert len(named) == len(set(named))


@pytest.mark.parametrize("name", FILES)
def test_a_row_has_its_source(name: str) -> None:
    for row in rows(name):
        assert row["source"].startswith(HOSTS.get(name, "https://")), row
        assert not re.search(r"\s", row["source"]), row
        assert "words" in row or "names" in row, row
        assert not row.get("words", "").endswith("."), row


def test_every_change_can_be_told_of() -> None:
    for change in CHANGES:
        assert change.names or change.pattern or change.message, whose(change)
        assert change.names or change.example or change.line, f"no example: {whose(change)}"
        assert change.message or not change.line, f"a line is believed only with its error: {whose(change)}"
        assert 0 < change.weight <= 1
        assert change.version > (0,)


def test_the_lists_are_long_and_reach_every_release() -> None:
    assert {change.version for change in knowledge.python()} == {(3, minor) for minor in range(9, 15)}
    assert {change.version for change in knowledge.postgresql()} == {(major,) for major in range(12, 19)}
    assert len(knowledge.python()) > 300
    assert len(knowledge.postgresql()) > 200
    assert len(knowledge.variables()) > 700


# Patterns

EXPRESSIONS = {
    text for change in CHANGES for text in (change.pattern, change.message, *knowledge._messages(change.names)) if text
} | {text for one in VARIABLES for text in (one.pattern, one.message) if text}


def endless(parsed: Iterable[Any]) -> bool:
    """Whether something in a pattern may repeat without an end."""
    return any(
        (operation in (grammar.MAX_REPEAT, grammar.MIN_REPEAT) and argument[1] is grammar.MAXREPEAT)
        or any(endless(part) for part in parts(operation, argument))
        for operation, argument in parsed
    )


def parts(operation: Any, argument: Any) -> Iterable[Any]:
    """The patterns that one operation of a pattern holds."""
    if operation in (grammar.MAX_REPEAT, grammar.MIN_REPEAT):
        return (argument[2],)
    if operation is grammar.SUBPATTERN:
        return (argument[3],)
    if operation is grammar.BRANCH:
        return tuple(argument[1])
    return (argument[1],) if operation in (grammar.ASSERT, grammar.ASSERT_NOT) else ()


def test_patterns_compile_and_repeat_nothing_without_an_end() -> None:
    assert len(EXPRESSIONS) > 700
    assert [text for text in EXPRESSIONS if endless(grammar.parse(text))] == []


def test_patterns_find_nothing_in_a_failure_that_says_nothing() -> None:
    plain = "valueerror: the order 4711 has no items\nkeyerror: 'sku'\ntimeouterror: read timed out"
    assert [whose(change) for change in CHANGES if change.told(plain, "total = order.total()")] == []


# Examples


@pytest.mark.parametrize("change", [one for one in CHANGES if one.example], ids=whose)
def test_an_example_is_told_of(change: Change) -> None:
    assert change.told(change.example.lower(), change.line.lower())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zoneinfo", "ModuleNotFoundError: No module named 'zoneinfo'"),
        ("wsgiref.types", "ModuleNotFoundError: No module named 'wsgiref.types'"),
        ("collections.Mapping", "ImportError: cannot import name 'Mapping' from 'collections' (/usr/lib/x.py)"),
        ("inspect.getargspec", "AttributeError: module 'inspect' has no attribute 'getargspec'. Did you mean: 'x'?"),
        ("str.removeprefix", "AttributeError: 'str' object has no attribute 'removeprefix'"),
        ("array.array.tostring", "AttributeError: 'array.array' object has no attribute 'tostring'"),
        ("enum.EnumMeta.x", "AttributeError: type object 'EnumMeta' has no attribute 'x'"),
        ("zip(strict)", "TypeError: 'strict' is an invalid keyword argument for zip()"),
        ("glob.glob(root_dir)", "TypeError: glob() got an unexpected keyword argument 'root_dir'"),
        ("asyncio.Lock(loop)", "TypeError: Lock.__init__() got an unexpected keyword argument 'loop'"),
        ("builtins.aiter", "NameError: name 'aiter' is not defined"),
        ("PyDict_Pop", "ImportError: /app/x.so: undefined symbol: PyDict_Pop"),
        ("any_value()", "ERROR: function any_value(integer) does not exist"),
        ("setting x_timeout", 'ERROR: unrecognized configuration parameter "x_timeout"'),
        ("relation pg_stat_io", 'ERROR: relation "pg_stat_io" does not exist'),
        ("column pg_stat_io.hits", 'ERROR: column "hits" does not exist\n[SQL: select hits from pg_stat_io]'),
        ("role pg_maintain", 'ERROR: role "pg_maintain" does not exist'),
        ("extension adminpack", 'ERROR: extension "adminpack" is not available'),
    ],
)
def test_a_name_gives_the_messages_of_its_lack(name: str, said: str) -> None:
    change = Change((1,), "added", "https://example.org", names=("other.thing", name))
    assert change.told(said.lower()) == "message"
    assert change.told(said.lower().replace(name.rpartition(".")[2].split("(")[0].split()[-1].lower(), "else")) is None
    assert change.sentence(said.lower()).startswith(name.removeprefix("builtins."))


def test_a_line_is_believed_only_with_the_error() -> None:
    change = Change((3, 10), "added", "https://example.org", pattern=r"^match \w+:", message="invalid syntax")
    assert change.told("syntaxerror: invalid syntax", "match command:") == "line"
    assert change.told("keyerror: 'command'", "match command:") is None
    assert change.told("syntaxerror: invalid syntax", "print command") is None
    bare = Change((3, 10), "added", "https://example.org", pattern=r"^match \w+:")
    assert bare.told("keyerror: 'command'", "match command:") is None


def test_a_variable_is_told_by_both_its_patterns() -> None:
    one = Variable("X", "python", 0.5, "it does", "https://example.org", pattern="__doc__", message="nonetype")
    assert one.told("typeerror: got 'nonetype'\nparse(__doc__)") == "__doc__"
    assert one.told("typeerror: got 'int'\nparse(__doc__)") == ""
    assert Variable("X", "python", 0.5, "it does", "https://example.org").told("anything") == ""


def test_a_row_of_data_has_the_fields_of_its_value() -> None:
    allowed = {field.name for field in fields(Change)}
    assert {key for name in FILES[:3] for row in rows(name) for key in row} <= allowed
    assert {key for row in rows("variables") for key in row} <= {field.name for field in fields(Variable)} | {"names"}


# The real Pythons


def holds(python: Python, names: list[str]) -> dict[str, bool | None]:
    """{name: whether a Python has it}; None where it cannot tell the parameters of what is written in C."""
    asked = subprocess.run(
        [python.path, "-I", HERE / "data" / "holds.py"],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, bool | None] = json.loads(asked.stdout)
    return told


def test_pythons_have_what_they_should_and_lack_what_they_should() -> None:
    pythons = supported()
    names = sorted({name for change in knowledge.python() for name in change.names})
    told = {python.version: holds(python, names) for python in pythons}
    wrong = []
    for change in knowledge.python():
        for name in change.names:
            before = [held[name] for version, held in told.items() if version < change.version]
            since = [held[name] for version, held in told.items() if version >= change.version]
            without, having = (before, since) if change.kind == "added" else (since, before)
            if True in without or (having and not {True, None} & {*having}):
                wrong.append(f"{name}: {before} before {change.version}, {since} since")
    assert wrong == []


# The real PostgreSQL


@pytest.fixture(scope="module")
def server(postgres_programs: Path) -> Iterator[Running]:
    """A server as it is made, which asks no password of anybody here."""
    settings = "listen_addresses = '127.0.0.1'"
    running = started(
        postgres_programs, cluster(postgres_programs, settings, "local all all trust\nhost all all all trust\n")
    )
    try:
        yield running
    finally:
        running.stop()


class Asked:
    """What a server answers to statements, of which none stays."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.connection = psycopg.connect(server.url())
        self.version = (self.connection.info.server_version // 10_000,)
        self.functions = {name for (name,) in self.connection.execute("select proname from pg_proc")}

    def error(self, statement: str) -> str:
        """The message, "" where it was carried out."""
        try:
            self.connection.execute(statement.encode())
        except psycopg.Error as error:
            return str(error)
        finally:
            # COPY leaves a connection amid its own protocol.
            if statement.startswith("copy"):
                self.connection.close()
                self.connection = psycopg.connect(self.server.url())
            self.connection.rollback()
        return ""


ASK = {
    "setting": "show {0}",
    "relation": "select from {0}",
    "role": "grant {0} to postgres",
    "type": "select null::{0}",
    "extension": "create extension {0}",
    "language": "do language {0} ''",
}


def statement_of(name: str) -> str:
    if name.endswith("()"):
        return f"select {name}"
    kind, _, own = name.partition(" ")
    if kind == "column":
        relation, _, column = own.rpartition(".")
        return f"select {column} from {relation}"
    return ASK[kind].format(own)


@pytest.mark.postgres
def test_a_server_lacks_what_came_later_and_what_went(server: Running) -> None:
    asked = Asked(server)
    wrong = []
    for change in knowledge.postgresql():
        lacks = (change.version > asked.version) == (change.kind == "added")
        for name in change.names:
            statement = statement_of(name)
            said = asked.error(statement)
            if name.startswith("column ") and "relation " in said:
                continue
            if name.endswith("()") and name[:-2] in asked.functions:
                said = ""
            told = change.told(f"{said}\n[SQL: {statement}]".lower())
            if bool(told) != lacks:
                wrong.append(f"{name} of {change.version}: {said!r}")
    asked.connection.close()
    assert wrong == []


@pytest.mark.postgres
def test_a_server_refuses_the_statements_of_later_ones(server: Running) -> None:
    asked = Asked(server)
    wrong = []
    for change in knowledge.postgresql():
        if not change.line or change.example or change.kind == "changed":
            continue
        refuses = (change.version > asked.version) == (change.kind == "added")
        said = asked.error(change.line)
        if bool(change.told(said.lower(), change.line.lower())) != refuses:
            wrong.append(f"{change.line} of {change.version}: {said!r}")
    asked.connection.close()
    assert wrong == []
