"""Real servers and poolers for tests, made from what is installed, in directories of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from tests.services import missing, program

START_SECONDS = 30.0


def free_port() -> int:
    """A port of the loopback address on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def account() -> str | None:
    """Whom the servers run as: they refuse root. None where this process may stay what it is."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    found = [name for name in ("postgres", "nobody") if name in known]
    return found[0] if found else missing("no account that PostgreSQL may run as (it refuses root)")


def directory() -> Path:
    """A new directory that belongs to the account; its path is short enough for a socket's."""
    path = Path(tempfile.mkdtemp(prefix="parity-pg-"))
    name = account()
    if name is not None:
        shutil.chown(path, name)
    return path


class Server:
    """A server's process and its directory, both gone after `stop`."""

    ends = signal.SIGINT
    """What makes it end at once, whoever is connected."""

    def __init__(self, place: Path, argv: Sequence[str | Path], port: int) -> None:
        self.place = place
        self.port = port
        self._log = (place / "log").open("ab")
        self._process = subprocess.Popen(argv, cwd=place, stdout=self._log, stderr=self._log, **_as_account())

    @property
    def log(self) -> str:
        return (self.place / "log").read_text("utf-8", "replace")

    def until(self, ready: Callable[[], bool]) -> None:
        """Return when it is ready; fail when it has ended, or takes too long."""
        until = time.monotonic() + START_SECONDS
        while not ready():
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the server did not come up: {self.log[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(self.ends)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
        shutil.rmtree(self.place)


class Running(Server):
    """PostgreSQL, or a pooler in front of it."""

    def url(self, user: str = "postgres", password: str = "", database: str = "postgres", query: str = "") -> str:
        """A DSN over TCP."""
        return f"postgresql://{credentials(user, password)}127.0.0.1:{self.port}/{database}{query}"

    def wait(self, url: str) -> None:
        """Return when it lets `url` in."""
        self.until(lambda: _lets_in(url))


def credentials(user: str, password: str) -> str:
    """What stands in front of a URL's host."""
    return f"{user}:{quote(password, safe='')}@" if password else f"{user}@" if user else ""


def _lets_in(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def run(argv: Sequence[str | Path], **options: Any) -> None:
    """A program of a server's, to its end, as the account."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False, **_as_account(), **options)
    if done.returncode != 0:
        pytest.fail(f"{Path(argv[0]).name}: {done.stderr[-2000:]}")


def cluster(programs: Path, settings: str, hba: str) -> Path:
    """A new cluster's directory, with `data` in it."""
    place = directory()
    initdb: list[str | Path] = [programs / "initdb", "-D", place / "data", "-U", "postgres", "-A", "trust"]
    run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], cwd=place)
    with (place / "data" / "postgresql.conf").open("a") as stream:
        stream.write(f"\nfsync = off\nunix_socket_directories = '{place}'\n{settings}\n")
    (place / "data" / "pg_hba.conf").write_text(hba)
    return place


def started(programs: Path, place: Path) -> Running:
    """A server on a cluster's directory, when it answers on its socket."""
    port = free_port()
    server = Running(place, [programs / "postgres", "-D", place / "data", "-p", str(port)], port)
    server.wait(f"host={place} port={port} user=postgres dbname=postgres")
    return server


def certificate(data: Path) -> None:
    """A key and a certificate that nobody vouches for, `server.key` and `server.crt` of a directory."""
    key, certificate = data / "server.key", data / "server.crt"
    request = ["req", "-new", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([program("openssl"), *request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    key.chmod(0o600)
    for path in (key, certificate):
        name = account()
        if name is not None:
            shutil.chown(path, name, name)


def _as_account() -> dict[str, Any]:
    name = account()
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
