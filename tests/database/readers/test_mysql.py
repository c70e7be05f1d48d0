"""MySQL's reader at real servers: what the section holds, for whom, each fault's class, and no secret in any of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pymysql
import pytest
from pymysql import _auth

from parity.database import __main__ as child
from parity.database import faults
from parity.database.readers.mysql import parameters
from parity.probe.postgres.faults import TIMEOUT
from parity.products import settings
from parity.profile import Status
from tests.canary import Canary
from tests.database.conftest import Look, text_of
from tests.database.servers import free_port
from tests.database.stores import MariaDb
from tests.database.test_faults import answering

ROOT = Path(__file__).parents[3]
SLACK = 1.5
"""Seconds for starting and ending a process on a busy machine."""


@pytest.mark.mysql
def test_whole_section(mariadb: MariaDb, look: Look) -> None:
    section = look(mariadb.url())
    assert section.status is Status.OK, section.reason
    assert section.items["product"] == "MariaDB"
    assert str(section.items["server_version"]).startswith("1")
    assert section.items["sql_mode"] == "ANSI_QUOTES,STRICT_TRANS_TABLES"
    assert section.items["encoding"] == "utf8mb4"
    assert section.items["collate"] == "utf8mb4_bin"
    assert section.items["max_connections"] == 12
    assert section.items["transaction_isolation"] == "REPEATABLE-READ"
    assert section.items["read_only"] is section.items["ssl_required"] is False
    assert section.items["ssl"] is section.items["ssl_in_use"] is True
    assert section.items["init_connect"] is True
    assert section.items["secure_file_priv"] is False
    assert section.items["authentication_plugin"] == "mysql_native_password"
    assert "tx_isolation" not in section.items
    assert isinstance(section.volatile["connections"], int)
    assert {"max_allowed_packet", "wait_timeout", "lower_case_table_names", "time_zone"} <= section.items.keys()
    assert section.items == look(mariadb.url()).items


@pytest.mark.mysql
def test_migrations_that_were_applied(mariadb: MariaDb, look: Look) -> None:
    items = look(mariadb.url()).items
    assert items["migrations.alembic"] == {"heads": ("4f1c2d",), "applied": 1}
    cart = {"heads": ("0002_total",), "applied": 2, "names": ("0001_initial", "0002_total")}
    assert items["migrations.django.cart"] == cart
    assert not any(key.startswith("migrations.") for key in look(mariadb.url(database="mysql")).items)


@pytest.mark.mysql
def test_plain_user(mariadb: MariaDb, look: Look, canary: Canary) -> None:
    section = look(mariadb.url("app", canary.word))
    assert section.status is Status.PARTIAL
    assert section.reason == "the user is not permitted to see it"
    assert section.hidden == ("authentication_plugin",)
    whole = look(mariadb.url())
    assert section.items == {key: item for key, item in whole.items.items() if key != "authentication_plugin"}


@pytest.mark.mysql
@pytest.mark.docker
def test_newer_release(newer: dict[str, str], look: Look) -> None:
    section = look(newer["mysql"])
    assert section.status is Status.OK, section.reason
    assert section.items["product"] == "MariaDB"
    assert str(section.items["server_version"]).startswith("11.8.")
    assert section.items["transaction_isolation"] == "REPEATABLE-READ"


@pytest.mark.mysql
def test_no_secret_of_a_server_that_shows_them(mariadb: MariaDb, look: Look, canary: Canary) -> None:
    with closing(pymysql.connect(host="127.0.0.1", port=mariadb.port, user="app", password=canary.word)) as shown:
        cursor = shown.cursor()
        cursor.execute("SHOW GLOBAL VARIABLES LIKE 'init_connect'")
        assert canary.word in str(cursor.fetchall())
    for dsn in (mariadb.url(), mariadb.url("app", canary.word)):
        section = look(dsn)
        assert section.status is not Status.UNAVAILABLE
        canary.assert_clean(text_of(section), repr(section))
    for name in (str(mariadb.port), str(mariadb.place), "127.0.0.1", '"app"', '"shop"'):
        assert name not in text_of(section)


@pytest.mark.mysql
@pytest.mark.parametrize(
    ("user", "password", "database", "query", "reason"),
    [
        ("app", "wrong", "shop", "", "authentication failed: wrong user or password"),
        ("ghost", "wrong", "shop", "", "authentication failed: wrong user or password"),
        ("app", "", "shop", "", "authentication failed: the DSN has no password"),
        ("root", "", "missing", "", "the database does not exist"),
        ("root", "", "shop", "?ssl_mode=VERIFY_CA", "the server's certificate is not trusted"),
    ],
)
def test_refused(
    mariadb: MariaDb, look: Look, user: str, password: str, database: str, query: str, reason: str
) -> None:
    section = look(mariadb.url(user, password, database, query))
    assert section.status is Status.UNAVAILABLE
    assert section.reason == reason


@pytest.mark.mysql
def test_database_of_somebody_else(mariadb: MariaDb, look: Look, canary: Canary) -> None:
    assert look(mariadb.url("app", canary.word, "mysql")).reason == "the user may not use this database"


@pytest.mark.mysql
def test_tls_required(mariadb: MariaDb, look: Look) -> None:
    mariadb.run("SET GLOBAL require_secure_transport = ON")
    try:
        refused, willing = look(mariadb.url(query="?ssl_mode=DISABLED")), look(mariadb.url(query="?ssl_mode=REQUIRED"))
    finally:
        mariadb.run("SET GLOBAL require_secure_transport = OFF")
    assert str(refused.reason).endswith("the server refuses a connection without TLS")
    assert willing.items["ssl_required"] is willing.items["ssl_in_use"] is True
    assert look(mariadb.url(query="?ssl_mode=DISABLED")).items["ssl_in_use"] is False


@pytest.mark.mysql
def test_all_slots_taken(mariadb: MariaDb, look: Look, canary: Canary) -> None:
    with ExitStack() as held:
        try:
            for _ in range(20):
                more = pymysql.connect(host="127.0.0.1", port=mariadb.port, user="app", password=canary.word)
                held.enter_context(closing(more))
        except pymysql.err.OperationalError:
            pass
        section = look(mariadb.url("app", canary.word))
    assert section.reason == "too many connections: no slot is free"


def test_port_closed(look: Look) -> None:
    assert look(f"mysql://app@127.0.0.1:{free_port()}/shop").reason == "connection refused: nothing listens there"


def test_name_does_not_resolve(look: Look, canary: Canary) -> None:
    section = look(f"mysql://app:{canary.word}@{canary.word}.invalid/shop")
    assert section.reason == "the host name does not resolve"
    canary.assert_clean(text_of(section))


def test_server_that_never_answers(silent: int, look: Look) -> None:
    began = time.monotonic()
    section = look(f"mysql://app@127.0.0.1:{silent}/shop", seconds=1.5)
    assert time.monotonic() - began < 1.5 + SLACK
    assert section.status is Status.UNAVAILABLE
    assert section.reason == f"{TIMEOUT}, or it speaks another protocol, or no TLS"


@pytest.mark.parametrize(
    "greeting", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x05\x00\x00\x00\x09hell", b"\x03\x00\x00\x07\xff\xff\xff"]
)
def test_server_of_another_protocol(look: Look, greeting: bytes) -> None:
    with answering(greeting, first=True) as port:
        section = look(f"mysql://app@127.0.0.1:{port}/shop", seconds=3)
    assert section.reason == "what answers does not speak MySQL's protocol"


def test_message_is_not_passed_on(look: Look, canary: Canary) -> None:
    body = b"\xff" + (1129).to_bytes(2, "little") + b"#HY000" + canary.secret.encode()
    with answering(len(body).to_bytes(3, "little") + b"\0" + body, first=True) as port:
        section = look(f"mysql://app@127.0.0.1:{port}/shop", seconds=3)
    assert section.reason == "the server blocks this host after too many errors"
    canary.assert_clean(text_of(section))


def test_driver_that_is_not_installed() -> None:
    """The child, on a path with parity and the standard library alone."""
    path = [str(ROOT), *(entry for entry in sys.path if entry and "site-packages" not in entry)]
    for reader, driver in (("mysql", "pymysql"), ("redis", "redis")):
        question = {"path": path, "reader": reader, "parameters": {}, "until": time.monotonic() + 5}
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(child.__file__)],
            input=json.dumps(question).encode(),
            capture_output=True,
            check=True,
        )
        told = json.loads(done.stdout)
        assert told["status"] == "unavailable"
        assert f"pip install {driver}" in told["reason"]


def test_login_that_takes_another_package() -> None:
    """What PyMySQL itself says where MySQL 8 wants a password without TLS, and cryptography is not installed."""
    with pytest.raises(RuntimeError) as refused:
        _auth.sha2_rsa_encrypt(b"secret", b"salt", b"key")
    assert faults.of_mysql(refused.value) == faults.CRYPTOGRAPHY


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (1130, "the server does not let this host in"),
        (1227, faults.NOT_PERMITTED),
        (2013, faults.LOST),
        (3118, "the user's account is locked"),
        (9999, "the connection failed for a reason that parity does not know"),
    ],
)
def test_number_decides(number: int, reason: str) -> None:
    assert faults.of_mysql(pymysql.err.OperationalError(number, "words of the server")) == reason


@pytest.mark.mysql
def test_whole_process_at_its_most_talkative(mariadb: MariaDb, canary: Canary) -> None:
    program = (
        "import logging, time; logging.basicConfig(level=1)\n"
        "from parity.database import read_database; from parity.snapshot.request import Request\n"
        "print(read_database(Request(), of_this_machine=True, deadline=time.monotonic() + 15))\n"
    )
    for password in (canary.word, canary.word + "x"):
        done = subprocess.run(
            [sys.executable, "-W", "default", "-X", "dev", "-c", program],
            env={"DATABASE_URL": mariadb.url("app", password)},
            capture_output=True,
            check=True,
            cwd=ROOT,
        )
        assert b"Section" in done.stdout
        canary.assert_clean(done.stdout, done.stderr)


def test_parameters() -> None:
    plain = parameters("mysql+pymysql://app:p%40ss@db:3307/shop?charset=utf8mb4")
    assert plain == {
        "host": "db",
        "port": 3307,
        "user": "app",
        "password": "p@ss",
        "database": "shop",
        "unix_socket": None,
        "tls": None,
    }
    assert parameters("mariadb://db")["port"] == 3306
    assert parameters("mysql:///shop?unix_socket=/run/mysqld.sock")["unix_socket"] == "/run/mysqld.sock"


@pytest.mark.parametrize(
    ("query", "tls"),
    [
        ("ssl-mode=PREFERRED", None),
        ("ssl=true", {"verified": ""}),
        ("ssl_mode=REQUIRED", {"verified": ""}),
        ("ssl-mode=VERIFY_CA&ssl-ca=/ca", {"verified": "verify_ca", "ssl_ca": "/ca"}),
        ("ssl_verify_cert=true&ssl_verify_identity=true", {"verified": "verify_identity"}),
        ("ssl_ca=/ca", {"verified": "", "ssl_ca": "/ca"}),
    ],
)
def test_how_tls_is_asked_for(query: str, tls: dict[str, str] | None) -> None:
    assert parameters(f"mysql://db/shop?{query}")["tls"] == tls


def test_every_setting_says_why() -> None:
    for name in ("mysql", "redis"):
        assert all(why and not why.endswith(".") for why in settings(name).values())
    assert settings("postgresql") == {}
