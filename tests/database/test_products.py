"""Servers of several products beside one another, for real: one finding where nothing of them is alike."""

from __future__ import annotations

import pytest

from parity.database import read_database
from parity.snapshot.request import Request
from tests.database.conftest import Look
from tests.database.servers import Running
from tests.database.stores import MariaDb, Redis
from tests.policy.findings import ERROR, INFO, WARNING, told


@pytest.mark.postgres
@pytest.mark.mysql
@pytest.mark.redis
def test_another_product_is_one_finding(server: Running, mariadb: MariaDb, redis_server: Redis, look: Look) -> None:
    sections = [look(one.url()) for one in (server, mariadb, redis_server)]
    for local in sections:
        for production in sections:
            expected = {} if local is production else {"product": ("product", ERROR)}
            assert told("database", local, production) == expected


@pytest.mark.mysql
@pytest.mark.docker
def test_newer_mariadb(mariadb: MariaDb, newer: dict[str, str], look: Look) -> None:
    found = told("database", look(mariadb.url(database="mysql")), look(newer["mysql"]))
    assert found["server_version"] == ("major", WARNING)
    assert found["sql_mode"] == ("sql-mode", ERROR)
    assert found["max_connections"] == ("setting", INFO)
    assert found["collation_server"] == ("setting", WARNING)
    assert len(found) < 12


@pytest.mark.redis
@pytest.mark.docker
def test_valkey_in_the_place_of_redis(redis_server: Redis, newer: dict[str, str], look: Look) -> None:
    found = told("database", look(redis_server.url()), look(newer["redis"]))
    assert found["product"] == ("product", WARNING)
    assert found["maxmemory_policy"] == ("setting", WARNING)
    assert "server_version" not in found
    assert len(found) < 8


def test_dsn_of_a_cache_is_read_only_where_it_is_named() -> None:
    """A program has a DATABASE_URL and a REDIS_URL: one is read, and which is no guess."""
    environ = {"REDIS_URL": "redis://127.0.0.1:1/0"}
    read = read_database(Request(), of_this_machine=True, deadline=0, environ=environ)
    assert read["database"].reason == "no DATABASE_URL in the environment or a dotenv file"
    named = Request(database_url_env="REDIS_URL")
    asked = read_database(named, of_this_machine=True, deadline=0, environ=environ)
    assert asked["database"].reason == "connection refused: nothing listens there"
