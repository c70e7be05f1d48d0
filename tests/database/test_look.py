"""The section of real servers: what it holds, for whom, and what a fault of one part costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

import psycopg
import pytest

from parity.probe.postgres.look import CLOSING, opening
from parity.probe.postgres.settings import OF_PRIVILEGED, SETTINGS
from parity.profile import Section, Status
from tests.canary import Canary
from tests.database.conftest import Look
from tests.database.servers import Running

pytestmark = pytest.mark.postgres


def values(section: Section, name: str) -> Mapping[str, object]:
    item = section.items[name]
    assert isinstance(item, Mapping)
    return item


def assert_whole(section: Section, major: int) -> None:
    """Every part of the section is there and looks like what it is."""
    assert section.status is Status.OK, section.reason
    assert str(section.items["server_version"]).split(".")[0] == str(major)
    assert section.items["encoding"] == "UTF8"
    assert section.items["collate"] == section.items["ctype"] == "C.UTF-8"
    assert section.items["replica"] is False
    assert section.items["pooler"] is False
    assert section.items["privileges.superuser"] is True
    assert section.items["privileges.create_in_public"] is True
    assert section.items["connection_limit.database"] == section.items["connection_limit.role"] == -1
    assert section.items["standard_conforming_strings"] is True
    assert section.items["default_transaction_isolation"] == "read committed"
    assert section.items["statement_timeout"] == "0ms"
    assert values(section, "extensions.plpgsql") == {"version": "1.0", "schema": "pg_catalog"}
    assert isinstance(section.volatile["connections"], int)
    assert section.volatile["connections"] >= 1


def test_installed_server(server: Running, look: Look) -> None:
    section = look(server.url())
    assert_whole(section, 15)
    assert section.items["max_connections"] == 12
    assert section.items["ssl_in_use"] is True
    assert section.items["locale_provider"] == "libc"
    assert values(section, "extensions.pg_trgm")["schema"] == "public"
    assert values(section, "available_extensions.hstore") == {"default_version": "1.8", "offered": True}
    assert "reserved_connections" not in section.items
    assert sorted(name for name in SETTINGS if name in section.items) == sorted(
        set(SETTINGS) - {"createrole_self_grant", "default_with_oids", "reserved_connections", "transaction_timeout"}
    )


@pytest.mark.docker
def test_seventeen(postgres_servers: dict[int, str], look: Look) -> None:
    section = look(postgres_servers[17])
    assert_whole(section, 17)
    assert section.items["ssl_in_use"] is False
    assert section.items["reserved_connections"] == 0
    assert section.items["transaction_timeout"] == "0ms"


@pytest.mark.docker
def test_both_read_alike_where_the_servers_are_alike(postgres_servers: dict[int, str], look: Look) -> None:
    old, new = look(postgres_servers[15]), look(postgres_servers[17])
    assert old.items["server_version"] != new.items["server_version"]
    assert old.items["TimeZone"] == new.items["TimeZone"]
    assert old.items["max_connections"] == new.items["max_connections"] == 100


def test_the_same_twice(server: Running, look: Look) -> None:
    assert look(server.url()).items == look(server.url()).items


def test_plain_role_hides_what_it_may_not_see(server: Running, look: Look, canary: Canary) -> None:
    section = look(server.url("app", canary.word, "app"))
    assert section.status is Status.PARTIAL
    assert section.hidden == (*OF_PRIVILEGED, "ssl_required")
    assert section.reason is not None
    assert "the role may not see every setting (pg_read_all_settings)" in section.reason
    assert section.items["privileges.superuser"] is section.items["privileges.create_in_public"] is False
    assert section.items["statement_timeout"] == "11000ms"
    assert not set(OF_PRIVILEGED) & set(section.items)


def test_monitor_sees_all(server: Running, look: Look, canary: Canary) -> None:
    section = look(server.url("monitor", canary.word, "app"))
    assert section.hidden == ("ssl_required",)
    assert section.items["shared_preload_libraries"] == ""


def test_replica(standby: Running, look: Look) -> None:
    section = look(f"host={standby.place} port={standby.port} user=postgres")
    assert section.status is Status.OK, section.reason
    assert section.items["replica"] is True
    assert section.items["default_transaction_isolation"] == "serializable"


def test_database_without_an_encoding(server: Running, look: Look) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE raw TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        try:
            section = look(f"host={server.place} port={server.port} user=postgres dbname=raw")
        finally:
            admin.execute("DROP DATABASE raw")
    assert section.status is Status.OK, section.reason
    assert section.items["encoding"] == "SQL_ASCII"
    assert section.items["collate"] == "C"


def test_database_with_icu(server: Running, look: Look) -> None:
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-AT' LOCALE 'C.UTF-8'")
        try:
            section = look(f"host={server.place} port={server.port} user=postgres dbname=icu")
        finally:
            admin.execute("DROP DATABASE icu")
    assert section.items["locale_provider"] == "icu"
    assert section.items["icu_locale"] == "de-AT"
    assert section.items["icu_rules"] is False


def test_names_in_the_way_of_the_catalog_are_not_used(server: Running, look: Look, canary: Canary) -> None:
    with psycopg.connect(f"host={server.place} port={server.port} user=postgres dbname=app", autocommit=True) as admin:
        admin.execute("CREATE SCHEMA trap")
        admin.execute("GRANT USAGE ON SCHEMA trap TO monitor")
        admin.execute("CREATE VIEW trap.pg_extension AS SELECT 1 / 0 AS oid, ''::name AS extname")
        admin.execute("CREATE FUNCTION trap.pg_is_in_recovery() RETURNS bool LANGUAGE sql AS 'SELECT 1 / 0 > 0'")
        admin.execute("ALTER ROLE monitor SET search_path = trap, pg_catalog")
        try:
            section = look(server.url("monitor", canary.word, "app"))
        finally:
            admin.execute("ALTER ROLE monitor RESET search_path")
            admin.execute("DROP SCHEMA trap CASCADE")
    assert section.hidden == ("ssl_required",)
    assert section.items["search_path"] == "trap, pg_catalog"
    assert values(section, "schemas.trap") == {"exists": True, "usable": True, "writable": False}
    assert values(section, "extensions.plpgsql")["version"] == "1.0"


def test_nothing_can_be_written(server: Running) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for statement in opening(1000):
            connection.execute(statement.encode())
        connection.execute("SAVEPOINT parity")
        for write in ("CREATE TABLE written ()", "DELETE FROM pg_class", "CREATE ROLE written"):
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                connection.execute(write.encode())
            connection.execute("ROLLBACK TO SAVEPOINT parity")
        with pytest.raises(psycopg.errors.ActiveSqlTransaction):
            connection.execute("SET TRANSACTION READ WRITE")
        connection.execute(CLOSING.encode())


def test_lock_wait_costs_what_stands_behind_it(server: Running, look: Look) -> None:
    with psycopg.connect(server.url()) as other:
        other.execute("LOCK TABLE pg_catalog.pg_extension IN ACCESS EXCLUSIVE MODE")
        section = look(server.url())
        other.rollback()
    assert section.status is Status.PARTIAL
    assert section.reason == "a lock was waited for too long"
    assert section.hidden == ("available_extensions.*", "extensions.*")
    assert section.items["max_connections"] == 12
    assert section.items["privileges.superuser"] is True


def test_connection_ended_midway(server: Running, look: Look) -> None:
    with psycopg.connect(server.url()) as other, psycopg.connect(server.url(), autocommit=True) as admin:
        other.execute("LOCK TABLE pg_catalog.pg_extension IN ACCESS EXCLUSIVE MODE")
        end = threading.Thread(target=_terminate, args=(admin,))
        end.start()
        section = look(server.url())
        end.join()
        other.rollback()
    assert section.status is Status.PARTIAL
    assert section.reason == "the server ended the connection"
    assert "extensions.*" in section.hidden
    assert "privileges.*" in section.hidden
    assert section.items["max_connections"] == 12


def _terminate(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """End the session of parity when it waits for a lock."""
    waiting = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parity'"
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if admin.execute(f"{waiting} AND wait_event_type = 'Lock'".encode()).rowcount:
            return
        time.sleep(0.02)


def test_rights_of_a_role_over_what_others_make(server: Running, look: Look, canary: Canary) -> None:
    place = f"host={server.place} port={server.port} user=postgres dbname=app"
    grant = "ALTER DEFAULT PRIVILEGES IN SCHEMA public {} SELECT, INSERT ON TABLES {} monitor"
    with psycopg.connect(place, autocommit=True) as admin:
        admin.execute("CREATE TABLE alembic_version (version_num text)")
        admin.execute("INSERT INTO alembic_version VALUES ('4f1a'), ('9b0c')")
        admin.execute(grant.format("GRANT", "TO").encode())
        try:
            before = look(server.url("app", canary.word, "app"))
            admin.execute("GRANT SELECT ON alembic_version TO app")
            after = look(server.url("app", canary.word, "app"))
            granted = look(server.url("monitor", canary.word, "app"))
        finally:
            admin.execute(grant.format("REVOKE", "FROM").encode())
            admin.execute("DROP TABLE alembic_version")
    assert "migrations.alembic" in before.hidden
    assert values(after, "migrations.alembic") == {"heads": ("4f1a", "9b0c"), "applied": 2}
    assert values(after, "default_privileges.tables") == {"granted": ()}
    assert values(granted, "default_privileges.tables") == {"granted": ("INSERT", "SELECT")}


def test_rows_that_a_policy_would_hide_are_not_taken_for_all(server: Running, look: Look, canary: Canary) -> None:
    with psycopg.connect(f"host={server.place} port={server.port} user=postgres dbname=app", autocommit=True) as admin:
        admin.execute("CREATE TABLE alembic_version (version_num text)")
        admin.execute("ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY")
        admin.execute("GRANT SELECT ON alembic_version TO app")
        try:
            section = look(server.url("app", canary.word, "app"))
        finally:
            admin.execute("DROP TABLE alembic_version")
    assert "migrations.alembic" in section.hidden
    assert "migrations.alembic" not in section.items
