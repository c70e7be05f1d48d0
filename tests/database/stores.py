"""MariaDB and Redis for tests, made from what is installed, in directories of their own."""

from __future__ import annotations

import shutil
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pymysql

from tests.database.servers import Server, account, certificate, credentials, directory, free_port, run
from tests.services import program

if TYPE_CHECKING:
    from pymysql.connections import Connection
    from pymysql.cursors import Cursor

REDIS = """\
port {port}
bind 127.0.0.1
dir {place}
save ""
unixsocket {place}/socket
tls-port {tls_port}
tls-cert-file {place}/server.crt
tls-key-file {place}/server.key
tls-auth-clients no
maxmemory 100mb
maxmemory-policy allkeys-lru
masterauth {secret}
user default on nopass ~* &* +@all
user app on >{secret} ~* &* +@all
user reader on >{secret} ~* +info +select +client
user blind on >{secret} ~* +select +client
"""


class MariaDb(Server):
    """MariaDB; root needs no password."""

    ends = signal.SIGKILL

    def url(self, user: str = "root", password: str = "", database: str = "shop", query: str = "") -> str:
        """A DSN over TCP."""
        return f"mysql://{credentials(user, password)}127.0.0.1:{self.port}/{database}{query}"

    def connect(self) -> Connection[Cursor]:
        """A connection as root."""
        return pymysql.connect(unix_socket=str(self.place / "socket"), user="root", autocommit=True)

    def run(self, *statements: str) -> None:
        """Run statements as root."""
        with self.connect() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


class Redis(Server):
    """Redis."""

    ends = signal.SIGTERM
    tls_port = 0

    def url(self, user: str = "", password: str = "", database: int = 0) -> str:
        """A DSN over TCP."""
        return f"redis://{credentials(user, password)}127.0.0.1:{self.port}/{database}"


def mariadb() -> MariaDb:
    """A server when it lets root in."""
    place = directory()
    data = place / "data"
    small = ["--innodb-log-file-size=4M", "--innodb-buffer-pool-size=8M", "--innodb-flush-log-at-trx-commit=0"]
    make = [program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", *small]
    run([*make, "--skip-test-db", "--auth-root-authentication-method=normal"], cwd=place)
    certificate(data)
    port = free_port()
    tls = [f"--ssl-cert={data}/server.crt", f"--ssl-key={data}/server.key"]
    where = [f"--datadir={data}", f"--socket={place}/socket", f"--port={port}", "--bind-address=127.0.0.1"]
    more = [*small, "--skip-name-resolve", "--max-connections=12"]
    server = MariaDb(place, [program("mariadbd"), "--no-defaults", *where, *tls, *more], port)
    server.until(lambda: _listens(place / "socket"))
    return server


def furnish(server: MariaDb, secret: str) -> None:
    """Users, a database with migrations, and a secret wherever one can stand."""
    server.run(
        "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        f"CREATE USER app@127.0.0.1 IDENTIFIED BY '{secret}'",
        "GRANT ALL ON shop.* TO app@127.0.0.1",
        f"SET GLOBAL init_connect = \"SET @token = '{secret}'\"",
        "SET GLOBAL sql_mode = 'STRICT_TRANS_TABLES,ANSI_QUOTES'",
        "CREATE TABLE shop.alembic_version (version_num VARCHAR(32))",
        "INSERT INTO shop.alembic_version VALUES ('4f1c2d')",
        "CREATE TABLE shop.django_migrations (app VARCHAR(255), name VARCHAR(255))",
        "INSERT INTO shop.django_migrations VALUES ('cart', '0001_initial'), ('cart', '0002_total')",
    )


def redis_server(secret: str) -> Redis:
    """A server when it answers."""
    place = directory()
    port, tls_port = free_port(), free_port()
    certificate(place)
    configuration = place / "redis.conf"
    configuration.write_text(REDIS.format(port=port, tls_port=tls_port, place=place, secret=secret))
    name = account()
    if name is not None:
        shutil.chown(configuration, name)
    server = Redis(place, [program("redis-server"), configuration], port)
    server.tls_port = tls_port
    server.until(lambda: _listens(place / "socket"))
    return server


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0
