"""Redis's reader at real servers: what the section holds, for whom, each fault's class, and no secret in any of it."""

from __future__ import annotations

import time

import pytest

from parity.database.readers.redis import parameters
from parity.probe.postgres.dsn import InvalidDsn
from parity.probe.postgres.faults import TIMEOUT
from parity.profile import Status
from tests.canary import Canary
from tests.database.conftest import Look, text_of
from tests.database.servers import free_port
from tests.database.stores import Redis
from tests.database.test_faults import answering

OF_CONFIG = {"databases", "maxclients", "notify_keyspace_events", "save", "timeout", "appendfsync"}


@pytest.mark.redis
def test_whole_section(redis_server: Redis, look: Look) -> None:
    section = look(redis_server.url())
    assert section.status is Status.OK, section.reason
    assert section.items["product"] == "Redis"
    assert str(section.items["server_version"]).count(".") == 2
    assert section.items["maxmemory"] == "64 MB to 1 GB"
    assert section.items["maxmemory_policy"] == "allkeys-lru"
    assert section.items["databases"] == 16
    assert section.items["appendonly"] is section.items["save"] is section.items["cluster_enabled"] is False
    assert section.items["replica"] is section.items["ssl_in_use"] is False
    assert section.items.keys() >= OF_CONFIG
    assert "redis_version" not in section.items
    assert section.volatile.keys() == {"connections", "used_memory"}
    assert section.items == look(redis_server.url()).items


@pytest.mark.redis
def test_user_who_may_not_run_config(redis_server: Redis, look: Look, canary: Canary) -> None:
    section = look(redis_server.url("reader", canary.word))
    assert section.status is Status.PARTIAL
    assert section.reason == "the user is not permitted to see it"
    assert section.items["maxmemory_policy"] == "allkeys-lru"
    assert set(section.hidden) >= OF_CONFIG
    assert not OF_CONFIG & section.items.keys()


@pytest.mark.redis
def test_user_who_may_not_run_info(redis_server: Redis, look: Look, canary: Canary) -> None:
    section = look(redis_server.url("blind", canary.word))
    assert section.status is Status.UNAVAILABLE
    assert section.reason == "the user is not permitted to see it"


@pytest.mark.redis
@pytest.mark.docker
def test_valkey(newer: dict[str, str], look: Look) -> None:
    section = look(newer["redis"])
    assert section.status is Status.OK, section.reason
    assert section.items["product"] == "Valkey"
    assert str(section.items["server_version"]).startswith("8.")
    assert section.items["redis_version"] == "7.2.4"
    assert section.items["maxmemory"] == "no limit"
    assert section.items.keys() >= OF_CONFIG


@pytest.mark.redis
def test_no_secret(redis_server: Redis, look: Look, canary: Canary) -> None:
    for dsn in (redis_server.url("app", canary.word), redis_server.url("reader", canary.word)):
        section = look(dsn)
        assert section.status is not Status.UNAVAILABLE
        canary.assert_clean(text_of(section), repr(section))
        for name in (str(redis_server.port), str(redis_server.place), "127.0.0.1", '"app"'):
            assert name not in text_of(section)


@pytest.mark.redis
def test_refused(redis_server: Redis, look: Look, canary: Canary) -> None:
    wrong = canary.word + "x"
    for dsn, reason in (
        (redis_server.url("app", wrong), "authentication failed: wrong user or password"),
        (redis_server.url(canary.word, wrong), "authentication failed: wrong user or password"),
        (redis_server.url(database=99), "the database does not exist"),
        (f"redis://:{wrong}@127.0.0.1:{redis_server.port}", "the server has no password, the DSN has"),
    ):
        section = look(dsn)
        assert section.status is Status.UNAVAILABLE
        assert section.reason == reason
        canary.assert_clean(text_of(section), repr(section))


@pytest.mark.redis
def test_socket(redis_server: Redis, look: Look) -> None:
    assert look(f"unix://{redis_server.place}/socket?db=3").status is Status.OK


@pytest.mark.redis
def test_tls(redis_server: Redis, look: Look, canary: Canary) -> None:
    address = f"rediss://app:{canary.word}@127.0.0.1:{redis_server.tls_port}/0"
    assert look(address).reason == "the server's certificate is not trusted"
    blind = look(f"{address}?ssl_cert_reqs=none")
    assert blind.status is Status.OK
    assert blind.items["ssl_in_use"] is True
    root = f"ssl_cert_reqs=optional&ssl_ca_certs={redis_server.place}/server.crt"
    assert look(f"{address}?{root}").status is Status.OK
    assert look(f"rediss://127.0.0.1:{redis_server.port}", seconds=1.5).status is Status.UNAVAILABLE


def test_port_closed(look: Look) -> None:
    assert look(f"redis://127.0.0.1:{free_port()}").reason == "connection refused: nothing listens there"


def test_name_does_not_resolve(look: Look, canary: Canary) -> None:
    section = look(f"redis://:{canary.word}@{canary.word}.invalid")
    assert section.reason == "the host name does not resolve"
    canary.assert_clean(text_of(section))


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_server_that_never_answers(silent: int, look: Look, scheme: str) -> None:
    began = time.monotonic()
    section = look(f"{scheme}://127.0.0.1:{silent}", seconds=1.5)
    assert time.monotonic() - began < 3
    assert section.status is Status.UNAVAILABLE
    assert section.reason == f"{TIMEOUT}, or it speaks another protocol, or no TLS"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what answers does not speak Redis's protocol"),
        (b"-NOAUTH Authentication required.\r\n" * 4, "authentication failed: the DSN has no password"),
        (b"-DENIED Redis is running in protected mode because CANARY\r\n" * 4, None),
        (b"-ERR max number of clients reached\r\n" * 4, "too many connections: no slot is free"),
        (b"-LOADING Redis is loading the dataset in memory\r\n" * 4, None),
        (b"-ERR unknown command 'INFO'\r\n" * 4, "the server does not have the command"),
        (b"+OK\r\n" * 4, "the server answered in an unexpected form"),
        (b"-ERR CANARY\r\n" * 4, "the server answered in an unexpected form"),
    ],
)
def test_what_answers(look: Look, canary: Canary, reply: bytes, reason: str | None) -> None:
    with answering(reply.replace(b"CANARY", canary.word.encode())) as port:
        section = look(f"redis://127.0.0.1:{port}", seconds=3)
    assert section.status is Status.UNAVAILABLE
    assert reason is None or section.reason == reason
    canary.assert_clean(text_of(section))


def test_parameters() -> None:
    plain = {"username": None, "password": "pw", "db": 2, "host": "cache", "port": 6380}
    assert parameters("redis://:pw@cache:6380/2") == plain
    assert parameters("redis://:pw@cache:6380?db=2") == plain
    assert parameters("valkey://cache")["port"] == 6379
    assert parameters("unix://app:pw@/run/redis.sock?db=1") == {
        "username": "app",
        "password": "pw",
        "db": 1,
        "path": "/run/redis.sock",
    }
    assert parameters("redis+socket:///run/redis.sock?virtual_host=4")["db"] == 4


@pytest.mark.parametrize(
    ("query", "asked"), [("", "required"), ("ssl_cert_reqs=none", "none"), ("ssl_cert_reqs=CERT_OPTIONAL", "optional")]
)
def test_how_tls_is_asked_for(query: str, asked: str) -> None:
    assert parameters(f"rediss://cache/0?{query}")["tls"] == {"ssl_cert_reqs": asked}


def test_database_that_is_no_number() -> None:
    with pytest.raises(InvalidDsn):
        parameters("redis://cache/shop")
