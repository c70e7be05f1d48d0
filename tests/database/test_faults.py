"""Each way in which a database cannot be reached, made for real: its class, in time, and not a word of the driver."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from parity.probe.postgres import faults
from parity.profile import Status
from tests.canary import Canary
from tests.database.conftest import Look, text_of
from tests.database.servers import Running, free_port

pytestmark = pytest.mark.postgres

REQUIRED = "SSL required: pg_hba.conf does not let this client in without TLS"
NO_ENTRY = "pg_hba.conf does not let this client, role or database in"


def test_wrong_password(server: Running, look: Look) -> None:
    section = look(server.url("app", "wrong", "app"))
    assert section.status is Status.UNAVAILABLE
    assert section.reason == "authentication failed: wrong user or password"


def test_unknown_role(server: Running, look: Look) -> None:
    assert look(server.url("ghost", "wrong", "app")).reason == "authentication failed: wrong user or password"


def test_no_password(server: Running, look: Look) -> None:
    assert look(server.url("app", "", "app")).reason == "authentication failed: the DSN has no password"


def test_database_missing(server: Running, look: Look, canary: Canary) -> None:
    assert look(server.url("app", canary.word, "missing")).reason == "the database does not exist"


def test_port_closed(look: Look) -> None:
    assert look(f"postgresql://127.0.0.1:{free_port()}/app").reason == "connection refused: nothing listens there"


def test_no_socket(look: Look, tmp_path: Path) -> None:
    assert look(f"host={tmp_path} dbname=app").reason == "no server listens on that socket"


def test_name_does_not_resolve(look: Look, canary: Canary) -> None:
    section = look(f"postgresql://app:{canary.word}@nonexistent.invalid/app")
    assert section.reason == "the host name does not resolve"
    assert "nonexistent" not in text_of(section)


def test_tls_required(server: Running, look: Look, canary: Canary) -> None:
    section = look(server.url("tls_only", canary.word, "app", "?sslmode=disable"))
    assert section.status is Status.PARTIAL
    assert section.items["ssl_in_use"] is section.items["ssl_required"] is True
    assert section.items["refused_as_given"] == "without TLS"
    assert any("the program does not connect" in note for note in section.notes)
    willing = look(server.url("tls_only", canary.word, "app"))
    assert willing.items["ssl_in_use"] is True
    assert "refused_as_given" not in willing.items


def test_tls_is_not_offered(silent: int, pooler: Running, look: Look) -> None:
    section = look(pooler.url(query="?sslmode=require"))
    assert section.reason == "the DSN requires TLS and the server offers none"


def test_certificate_is_not_trusted(server: Running, look: Look) -> None:
    assert look(server.url(query="?sslmode=verify-full&sslrootcert=system")).reason == (
        "the server's certificate is not trusted"
    )


def test_no_entry_for_this_client(server: Running, look: Look) -> None:
    section = look(server.url("nobody", "wrong", "app"))
    assert section.reason == NO_ENTRY


def test_all_slots_taken(server: Running, look: Look, canary: Canary) -> None:
    url = server.url("app", canary.word, "app")
    with ExitStack() as held:
        while (connection := connected(url)) is not None:
            held.enter_context(closing(connection))
        section = look(url)
    assert section.reason == "too many connections: no slot is free"


def test_slots_of_the_role_taken(server: Running, look: Look, canary: Canary) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("ALTER ROLE monitor CONNECTION LIMIT 1")
        try:
            url = server.url("monitor", canary.word, "app")
            with closing(psycopg.connect(url)):
                section = look(url)
        finally:
            admin.execute("ALTER ROLE monitor CONNECTION LIMIT -1")
    assert section.reason == "too many connections: no slot is free"


def test_not_permitted_to_connect(server: Running, look: Look, canary: Canary) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("REVOKE CONNECT ON DATABASE app FROM PUBLIC")
        try:
            section = look(server.url("app", canary.word, "app"))
        finally:
            admin.execute("GRANT CONNECT ON DATABASE app TO PUBLIC")
    assert section.reason == "the role may not connect to this database"


def test_no_server_of_the_role_that_is_asked_for(server: Running, look: Look) -> None:
    section = look(server.url(query="?target_session_attrs=standby"))
    assert section.reason == "no host is what target_session_attrs asks for"


def test_other_protocol(look: Look) -> None:
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        section = look(f"postgresql://127.0.0.1:{port}/app")
    assert section.reason == "what answers does not speak PostgreSQL's protocol"


def test_closed_at_once(look: Look) -> None:
    with answering() as port:
        section = look(f"postgresql://127.0.0.1:{port}/app?sslmode=disable")
    assert section.reason == "the connection was lost"


def test_message_is_not_passed_on(look: Look, canary: Canary) -> None:
    with answering(framed(b"E", b"SFATAL\0C53999\0M" + canary.secret.encode() + b"\0\0")) as port:
        section = look(f"postgresql://127.0.0.1:{port}/app?sslmode=disable")
    assert section.reason == "the server refused the connection"
    canary.assert_clean(text_of(section))


def test_row_of_two_gigabytes(look: Look) -> None:
    """A server that lets anybody in and announces more than there is room for: given up at once."""
    let_in = framed(b"R", bytes(4)) + framed(b"S", b"server_version\x0015.0\x00") + framed(b"Z", b"I")
    row = b"D" + (0x7FFFFFF0).to_bytes(4, "big") + bytes(1 << 16)
    with answering(let_in, row) as port:
        began = time.monotonic()
        section = look(f"postgresql://127.0.0.1:{port}/app?sslmode=disable", seconds=8)
        assert time.monotonic() - began < 4
    assert section.status is Status.UNAVAILABLE
    assert section.reason == faults.UNEXPECTED


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ('FATAL: no pg_hba.conf entry for host "::1", user "a", database "a", no encryption', REQUIRED),
        ('FATAL: no pg_hba.conf entry for host "::1", user "a", database "a", SSL off', REQUIRED),
        ('FATAL: no pg_hba.conf entry for host "::1", user "a", database "a", SSL encryption', NO_ENTRY),
        ("FATAL:  the database system is starting up", "the server is starting up, shutting down or recovering"),
        ("FATAL:  the database system is in recovery mode", "the server is starting up, shutting down or recovering"),
        ("FATAL:  sorry, too many clients already", "too many connections: no slot is free"),
        ("FATAL:  Mot de passe erroné", "the server refused the connection"),
        ("no such thing", faults.UNKNOWN),
    ],
)
def test_words_of_a_server(message: str, reason: str) -> None:
    assert faults.reason(None, message) == reason


def test_state_outweighs_the_text() -> None:
    assert faults.reason("57014", "Connection refused") == "the statement took too long"
    assert faults.reason("42P01", "") == "the server lacks a catalog of PostgreSQL"
    assert faults.reason("XX999", "") == "the server had an error of its own"


def connected(url: str) -> psycopg.Connection[tuple[object, ...]] | None:
    try:
        return psycopg.connect(url)
    except psycopg.OperationalError:
        return None


def framed(kind: bytes, body: bytes) -> bytes:
    """A message of PostgreSQL's protocol."""
    return kind + (len(body) + 4).to_bytes(4, "big") + body


@contextmanager
def answering(*replies: bytes, first: bool = False) -> Iterator[int]:
    """A port whose clients get a reply each time they say something, and are hung up on after the last.

    `first`: the server speaks first, as MySQL's does.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        listener.settimeout(0.1)
        over = threading.Event()
        thread = threading.Thread(target=_serve, args=(listener, replies, over, first))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


def _serve(listener: socket.socket, replies: tuple[bytes, ...], over: threading.Event, first: bool) -> None:
    while not over.is_set():
        try:
            client, _ = listener.accept()
        except TimeoutError:
            continue
        with client, suppress(OSError):
            client.settimeout(2)
            for number, reply in enumerate(replies):
                if number or not first:
                    client.recv(1 << 16)
                client.sendall(reply)
            client.recv(1 << 16)
