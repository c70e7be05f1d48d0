"""A server for the whole session, and the look that parity takes at one."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from parity.database import read_database
from parity.profile import Profile, Section
from parity.profile.document import to_document
from parity.profile.model import Source
from parity.snapshot.request import Request
from tests.canary import Canary
from tests.database import stores
from tests.database.servers import Running, certificate, cluster, directory, free_port, run, started
from tests.images.fixtures import BuildImage, containers
from tests.services import program

if TYPE_CHECKING:
    from docker import DockerClient

Look = Callable[..., Section]

VARIABLE = "THE_DSN"

HBA = """\
local all all trust
hostssl all tls_only all scram-sha-256
host all tls_only all reject
host postgres,here,there postgres all trust
host app app,monitor,ghost all scram-sha-256
host missing app all scram-sha-256
local replication all trust
"""


@pytest.fixture(scope="session")
def canary() -> Canary:
    """The secret that is planted in every place of the server that shows itself to queries."""
    return Canary()


@pytest.fixture(scope="session")
def server(postgres_programs: Path, canary: Canary) -> Iterator[Running]:
    """PostgreSQL with TLS, a few roles, and a secret wherever a setting can hold one.

    `app` is a plain role, `monitor` may read every setting, `tls_only` is let in over TLS alone. Their password is
    the canary's.
    """
    settings = f"""
        max_connections = 12
        max_prepared_transactions = 5
        listen_addresses = '127.0.0.1'
        ssl = on
        ssl_passphrase_command = 'echo {canary.word}'
        archive_mode = on
        archive_command = 'PASSWORD={canary.word} true'
        restore_command = 'PASSWORD={canary.word} true'
        primary_conninfo = 'host=nowhere password={canary.word}'
        cluster_name = '{canary.word}'
        parity_test.token = '{canary.word}'
    """
    place = cluster(postgres_programs, settings, HBA)
    certificate(place / "data")
    running = started(postgres_programs, place)
    try:
        with psycopg.connect(running.url(), autocommit=True) as connection:
            for statement in (
                *(f"CREATE ROLE {name} LOGIN PASSWORD '{canary.word}'" for name in ("app", "monitor", "tls_only")),
                "GRANT pg_monitor TO monitor",
                "CREATE DATABASE app",
                "ALTER ROLE app SET statement_timeout = '11s'",
                *(f"ALTER ROLE {name} SET parity_test.key = '{canary.word}'" for name in ("app", "monitor")),
                f"ALTER DATABASE app SET parity_test.other = '{canary.word}'",
                f"COMMENT ON DATABASE app IS '{canary.word}'",
            ):
                connection.execute(statement.encode())
        with psycopg.connect(running.url(database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def pooler(server: Running) -> Iterator[Running]:
    """pgbouncer in transaction mode, with one connection to the server for everybody."""
    place = directory()
    port = free_port()
    (place / "users").write_text('"postgres" ""\n"operator" ""\n')
    (place / "pgbouncer.ini").write_text(
        f"""
        [databases]
        postgres = host=127.0.0.1 port={server.port} dbname=postgres user=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {port}
        unix_socket_dir =
        auth_type = trust
        auth_file = {place}/users
        admin_users = operator
        pool_mode = transaction
        default_pool_size = 1
        """.replace("        ", "")
    )
    running = Running(place, [program("pgbouncer"), place / "pgbouncer.ini"], port)
    try:
        running.wait(running.url())
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def standby(server: Running, postgres_programs: Path) -> Iterator[Running]:
    """A replica of the server."""
    place = directory()
    primary: list[str | Path] = ["-h", server.place, "-p", str(server.port), "-U", "postgres"]
    backup: list[str | Path] = ["-D", place / "data", "-R", "-X", "stream", "-c", "fast", "--no-sync"]
    run([postgres_programs / "pg_basebackup", *primary, *backup], cwd=place)
    with (place / "data" / "postgresql.conf").open("a") as stream:
        stream.write(f"\nunix_socket_directories = '{place}'\nrestore_command = ''\n")
        stream.write("default_transaction_isolation = 'serializable'\n")
    running = started(postgres_programs, place)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def mariadb(canary: Canary) -> Iterator[stores.MariaDb]:
    """MariaDB with TLS, the database `shop`, the plain user `app`, and a secret wherever one can stand."""
    running = stores.mariadb()
    try:
        stores.furnish(running, canary.word)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def redis_server(canary: Canary) -> Iterator[stores.Redis]:
    """Redis whose `default` needs no password; `app` may do all, `reader` no CONFIG, `blind` no INFO."""
    running = stores.redis_server(canary.word)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def newer(docker_engine: DockerClient, build_image: BuildImage) -> Iterator[dict[str, str]]:
    """{"mysql": dsn, "redis": dsn}: trixie's MariaDB 11.8 and Valkey 8, which let anybody in."""
    with containers(docker_engine) as run_container:
        name = run_container(build_image("stores", "trixie"), ready="ready for connections")
        address = docker_engine.containers.get(name).attrs["NetworkSettings"]["IPAddress"]
        yield {"mysql": f"mysql://root@{address}/mysql", "redis": f"redis://{address}/0"}


@pytest.fixture
def look() -> Look:
    """look(dsn, seconds=6.0) -> the section, read in at most so many seconds."""

    def at(dsn: str, seconds: float = 6.0) -> Section:
        request = Request(database_url_env=VARIABLE)
        deadline = time.monotonic() + 3 * seconds
        return read_database(request, of_this_machine=False, deadline=deadline, environ={VARIABLE: dsn})["database"]

    return at


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield listener.getsockname()[1]


def text_of(section: Section) -> str:
    """The section as it stands in a profile's file."""
    profile = Profile("test", "2026-01-01T00:00:00Z", Source("local", ""), {"database": section})
    return json.dumps(to_document(profile))
