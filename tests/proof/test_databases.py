"""PostgreSQL as both sides have it, real servers, through the command line."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.canary import Canary
from tests.cli.program import parity

ONLY = ("--section", "database")

pytestmark = [pytest.mark.docker, pytest.mark.postgres]


@pytest.fixture
def dsns(postgres_servers: dict[int, str]) -> dict[str, str]:
    """The variables of a deploy job."""
    return {"URL15": postgres_servers[15], "URL17": postgres_servers[17]}


def test_two_versions(serving: str, dsns: dict[str, str]) -> None:
    sides = (f"docker://{serving}?database-url-env=URL15", f"docker://{serving}?database-url-env=URL17")
    document = parity("diff", *sides, "--format", "json", "--require", "database", env=dsns).document
    found = {
        (one["key"], one["id"], one["severity"]): (one["local"], one["production"]) for one in document["findings"]
    }
    assert all(one["section"] == "database" for one in document["findings"])
    versions = found.pop(("server_version", "database.major", "warning"))
    assert [str(version).partition(".")[0] for version in versions] == ["15", "17"]
    assert found.keys() == {
        *(
            (key, "database.extra", "info")
            for key in ("createrole_self_grant", "reserved_connections", "transaction_timeout")
        ),
        # Two of PostgreSQL's own that it dropped with 17.
        *(
            (f"available_extensions.{name}", "database.extension-unavailable", "info")
            for name in ("adminpack", "old_snapshot")
        ),
    }
    back = parity("diff", *reversed(sides), *ONLY, env=dsns)
    assert back.code == 1
    assert "ERRORS (1)" in back.out
    assert "production's server is older" in back.out


def test_changed_settings_and_extensions(dsns: dict[str, str]) -> None:
    with psycopg.connect(dsns["URL15"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE changed")
        try:
            connection.execute("ALTER DATABASE changed SET statement_timeout = '7s'")
            connection.execute("ALTER DATABASE changed SET timezone = 'Europe/Berlin'")
            with psycopg.connect(dsns["URL15"], autocommit=True) as other:
                other.execute("CREATE EXTENSION pg_trgm")
            env = {**dsns, "CHANGED": dsns["URL15"].rpartition("/")[0] + "/changed"}
            sides = ("local?database-url-env=URL15", "local?database-url-env=CHANGED")
            result = parity("diff", *sides, *ONLY, "--format", "json", env=env)
            found = {
                one["key"]: (one["severity"], one["local"], one["production"]) for one in result.document["findings"]
            }
            assert found["statement_timeout"] == ("warning", "0ms", "7000ms")
            assert found["TimeZone"][2] == "Europe/Berlin"
            assert found["extensions.pg_trgm"][0] == "error"
            assert found.keys() == {"statement_timeout", "TimeZone", "extensions.pg_trgm"}
        finally:
            connection.execute("DROP EXTENSION IF EXISTS pg_trgm")
            connection.execute("DROP DATABASE changed WITH (FORCE)")


def test_an_extension_that_the_source_creates_and_production_does_not_offer(
    dsns: dict[str, str], tmp_path: Path
) -> None:
    statement = "CREATE EXTENSION IF NOT EXISTS old_snapshot"
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "schema.sql").write_text(f"-- What a report asks for.\n{statement};\n")
    sides = ("local?database-url-env=URL15", "local?database-url-env=URL17")
    words = (*sides, *ONLY, "--declared", str(tmp_path), "--format", "json")
    document = parity("diff", *words, env=dsns).document
    (found,) = [one for one in document["findings"] if one["severity"] == "error"]
    assert (found["key"], found["evidence"]) == ("available_extensions.old_snapshot", ["created at db/schema.sql:2"])
    # So does the program: it begins by making what it needs.
    for name, works in (("URL15", True), ("URL17", False)):
        with psycopg.connect(dsns[name]) as connection:
            if works:
                connection.execute(statement)
            else:
                with pytest.raises(psycopg.errors.FeatureNotSupported):
                    connection.execute(statement)
            connection.rollback()


def test_the_same_server_twice_is_parity(dsns: dict[str, str]) -> None:
    sides = ("local?database-url-env=URL17", "local?database-url-env=URL17")
    result = parity("diff", *sides, *ONLY, "--require", "database", "--fail-on", "info", env=dsns)
    assert result.code == 0
    assert "PARITY  no differences" in result.out


def test_the_dsn_of_this_machine_is_never_taken_for_a_container(serving: str, dsns: dict[str, str]) -> None:
    env = {"DATABASE_URL": dsns["URL15"]}
    document = parity("diff", "local", f"docker://{serving}", "--format", "json", env=env).document
    skipped = {(one["section"], one["side"]): one["reason"] for one in document["skipped"]}
    assert "--database-url-env" in skipped.pop(("database", "production"))
    # Whether this machine is a container is no matter of databases.
    assert skipped.keys() <= {("container", "local")}
    assert parity("diff", "local", f"docker://{serving}", "--require", "database", env=env).code == 3


@pytest.fixture(scope="module")
def without_one() -> dict[str, str]:
    """{section: status} of this machine where no database is asked."""
    sections = parity("snapshot").document["sections"]
    return {name: one["status"] for name, one in sections.items() if name != "database"}


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield listener.getsockname()[1]


REASONS = {
    "refused": "connection refused",
    "no database": "the database does not exist",
    "no host": "the host name does not resolve",
    "silent": "timeout",
}


@pytest.mark.parametrize("case", REASONS)
def test_a_database_that_cannot_be_asked_costs_its_own_section_only(
    dsns: dict[str, str], silent: int, without_one: dict[str, str], case: str
) -> None:
    canary = Canary()
    places = {
        "refused": f"postgresql://{canary.word}:{canary.word}@127.0.0.1:1/{canary.word}",
        "no database": dsns["URL15"].rpartition("/")[0] + f"/{canary.word}",
        "no host": f"postgresql://{canary.word}:{canary.word}@{canary.word}.invalid/db",
        "silent": f"postgresql://{canary.word}:{canary.word}@127.0.0.1:{silent}/db",
    }
    began = time.monotonic()
    taken = parity(
        "snapshot",
        "--timeout",
        "2",
        "--database-url-env",
        "GIVEN",
        "--require",
        "database",
        env={"GIVEN": places[case]},
    )
    assert time.monotonic() - began < 2 + 3
    sections = taken.document["sections"]
    assert sections["database"]["status"] == "unavailable"
    assert REASONS[case] in sections["database"]["reason"]
    assert {name: one["status"] for name, one in sections.items() if name != "database"} == without_one
    assert taken.code == 3
    assert taken.line().startswith("section database is required and is unavailable: ")
    canary.assert_clean(taken.stdout, taken.stderr)
    if case != "silent":
        without = parity("snapshot", *ONLY, "--database-url-env", "GIVEN", env={"GIVEN": places[case]})
        assert without.code == 0
        assert without.line().startswith("warning: could not read database: ")


MALFORMED = (
    "postgresql://user:%ZZ{}@host/db",
    "postgresql://user:{}/ss@host/db",
    "postgresql://user:{}@host:port/db",
    "host=x password='{}",
    "host=x {}",
    "{}",
)


@pytest.mark.parametrize("form", MALFORMED)
def test_a_malformed_dsn_is_not_shown(form: str) -> None:
    canary = Canary()
    dsn = form.replace("{}", canary.word)
    named = parity("snapshot", *ONLY, "--database-url-env", "GIVEN", env={"GIVEN": dsn})
    assert named.code == 2
    assert "invalid DSN (not shown)" in named.line()
    found = parity("snapshot", *ONLY, env={"DATABASE_URL": dsn})
    assert found.code == 0
    assert found.document["sections"]["database"]["reason"] == "DATABASE_URL: invalid DSN (not shown)"
    canary.assert_clean(named.stdout, named.stderr, found.stdout, found.stderr)


def test_a_dsn_of_another_database_is_told_apart() -> None:
    canary = Canary()
    env = {"GIVEN": f"mongodb://user:{canary.word}@host/{canary.word}"}
    taken = parity("snapshot", *ONLY, "--database-url-env", "GIVEN", env=env)
    assert taken.code == 0
    assert (
        taken.document["sections"]["database"]["reason"]
        == "GIVEN: the DSN is not one of PostgreSQL, MySQL, MariaDB or Redis"
    )
    canary.assert_clean(taken.stdout, taken.stderr)


AS_ARGUMENT = (
    ("snapshot", "{}"),
    ("{}",),
    ("snapshot", "local", "{}"),
    ("snapshot", "DATABASE_URL={}"),
    ("snapshot", "--database-url", "{}"),
    ("snapshot", "--database-url-env", "{}"),
    ("snapshot", "--database-url-env={}"),
    ("snapshot", "local?database-url-env={}"),
    ("snapshot", "docker://web?database-url={}"),
    ("snapshot", "--name", "{}"),
    ("snapshot", "--path", "{}"),
    ("snapshot", "--env-file", "{}"),
    ("snapshot", "--python", "{}"),
    ("snapshot", "--now", "{}"),
    ("snapshot", "--timeout", "{}"),
    ("snapshot", "-o", "{}"),
    ("show", "{}"),
    ("diff", "{}", "local"),
    ("diff", "local", "local", "--format", "{}"),
    ("diff", "local", "local", "--fail-on={}"),
    ("diff", "local", "local", "--section", "{}"),
)


@pytest.mark.parametrize("words", AS_ARGUMENT, ids=" ".join)
@pytest.mark.parametrize("form", ["postgresql://user:{}@host/db", "host=h user=u password={}"], ids=["url", "pairs"])
def test_a_dsn_as_an_argument_is_refused_and_not_shown(words: tuple[str, ...], form: str) -> None:
    canary = Canary()
    result = parity(*(word.replace("{}", form.replace("{}", canary.word)) for word in words))
    assert result.code == 2
    assert result.out == ""
    assert "not shown" in result.line()
    canary.assert_clean(result.stderr)
