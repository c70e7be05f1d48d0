"""Real PostgreSQL servers and poolers for tests, made from what is installed, in directories of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from tests.services import missing

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


class Running:
    """A server's process and its directory, both gone after `stop`."""

    def __init__(self, place: Path, argv: Sequence[str | Path], port: int) -> None:
        self.place = place
        self.port = port
        self._log = (place / "log").open("ab")
        self._process = subprocess.Popen(argv, cwd=place, stdout=self._log, stderr=self._log, **_as_account())

    def url(self, user: str = "postgres", password: str = "", database: str = "postgres", query: str = "") -> str:
        """A DSN over TCP."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}{query}"

    @property
    def log(self) -> str:
        return (self.place / "log").read_text("utf-8", "replace")

    def wait(self, url: str) -> None:
        """Return when it lets `url` in; fail when it has ended, or takes too long."""
        until = time.monotonic() + START_SECONDS
        while not _lets_in(url):
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the server did not come up: {self.log[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
        shutil.rmtree(self.place)


def _lets_in(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def run(argv: Sequence[str | Path], **options: Any) -> None:
    """A program of PostgreSQL, to its end, as the account."""
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


def _as_account() -> dict[str, Any]:
    name = account()
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
