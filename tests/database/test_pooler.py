"""Through pgbouncer: the section is there, and the next client finds the session as it was."""

from __future__ import annotations

import psycopg
import pytest

from parity.profile import Status
from tests.database.conftest import Look
from tests.database.servers import Running

pytestmark = pytest.mark.postgres

SETTINGS = "search_path", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"


def state(url: str) -> dict[str, object]:
    """What a client of the pooler finds: the server's process, its settings, statements and transaction."""
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        found = {name: connection.execute(f"SHOW {name}".encode()).fetchone() for name in SETTINGS}
        found["process"] = connection.execute("SELECT pg_backend_pid()").fetchone()
        found["prepared"] = connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
        found["read-only"] = connection.execute("SHOW transaction_read_only").fetchone()
        return dict(found)


def test_next_client_finds_nothing_changed(pooler: Running, look: Look) -> None:
    before = state(pooler.url())
    sections = [look(pooler.url()) for _ in range(3)]
    assert state(pooler.url()) == before
    assert before["prepared"] == (0,)
    for section in sections:
        assert section.status is Status.OK, section.reason
        assert section.items["pooler"] is True
        assert section.items["max_connections"] == 12
        assert section.items["statement_timeout"] == "0ms"
        assert any("a pooler stands in front" in note for note in section.notes)


def test_next_client_finds_nothing_changed_after_a_fault(server: Running, pooler: Running, look: Look) -> None:
    before = state(pooler.url())
    with psycopg.connect(server.url()) as other:
        other.execute("LOCK TABLE pg_catalog.pg_extension IN ACCESS EXCLUSIVE MODE")
        section = look(pooler.url())
        other.rollback()
    assert section.status is Status.PARTIAL
    assert state(pooler.url()) == before


def test_options_of_the_dsn_are_refused(pooler: Running, look: Look) -> None:
    section = look(pooler.url(query="?options=-c%20statement_timeout%3D1"))
    assert section.status is Status.UNAVAILABLE
    assert section.reason == "the pooler refuses a startup parameter of the DSN"


def test_unknown_database(pooler: Running, look: Look) -> None:
    assert look(pooler.url(database="missing")).reason == "the database does not exist"


def test_admin_console(pooler: Running, look: Look) -> None:
    section = look(pooler.url("operator", database="pgbouncer"))
    assert section.status is Status.UNAVAILABLE
    assert section.reason == "the DSN leads to the pooler's own console, not to a database"


def test_no_free_connection(pooler: Running, look: Look) -> None:
    with psycopg.connect(pooler.url()) as other:
        other.execute("SELECT 1")
        section = look(pooler.url(), seconds=1.5)
    assert section.status is Status.UNAVAILABLE
    assert section.reason == "timeout: the server did not answer in time"
