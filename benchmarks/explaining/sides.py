"""A side as containers: run to its end, or held idle for a snapshot."""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.explaining.images import postgres
from benchmarks.explaining.recipe import Database, Side
from benchmarks.measure import Failed

_PATIENCE = 120.0
"""Seconds that a program may take."""


def run(side: Side, image: str) -> tuple[int, str]:
    """(exit status, everything printed) of the side's program."""
    with _beside(side) as network:
        name = f"parity-failure-{uuid.uuid4().hex[:12]}"
        words = ["docker", "run", "--name", name, *_options(side, network), image, "sh", "-c", _script(side)]
        try:
            done = subprocess.run(
                words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired as expired:
            return 124, (expired.stdout or b"").decode(errors="replace")
        finally:
            _do("rm", "--force", "--volumes", name)
    return done.returncode, done.stdout.decode(errors="replace")


@contextmanager
def held(side: Side, image: str) -> Iterator[str]:
    """The name of a container of the side in which nothing runs but what keeps it."""
    with _beside(side) as network:
        name = f"parity-failure-{uuid.uuid4().hex[:12]}"
        start = f"{side.start}; exec sleep infinity" if side.start else "exec sleep infinity"
        try:
            _do("run", "--detach", "--name", name, *_options(side, network), image, "sh", "-c", start)
            yield name
        finally:
            _do("rm", "--force", "--volumes", name)


def _script(side: Side) -> str:
    return f"{side.start}; {side.command}" if side.start else side.command


def _options(side: Side, network: tuple[str, ...]) -> list[str]:
    variables = dict(side.variables)
    if side.database is not None:
        variables.setdefault("DATABASE_URL", "postgresql://app:app@127.0.0.1:5432/app")
    return [*network, *side.options, *(f"--env={name}={value}" for name, value in sorted(variables.items()))]


@contextmanager
def _beside(side: Side) -> Iterator[tuple[str, ...]]:
    """The options that join the network of the side's database, which runs meanwhile; none without one."""
    if side.database is None:
        yield ()
        return
    name = f"parity-failure-{uuid.uuid4().hex[:12]}"
    settings = [word for key, value in sorted(side.database.settings.items()) for word in ("-c", f"{key}={value}")]
    server = ["/tmp/bin/postgres", "-D", "/tmp/data", "-c", "listen_addresses=*", "-c", "fsync=off", *settings]
    try:
        _do("run", "--detach", "--name", name, postgres(side.database.release), *server)
        _set_up(name, side.database)
        yield (f"--network=container:{name}",)
    finally:
        _do("rm", "--force", "--volumes", name)


def _set_up(name: str, database: Database) -> None:
    # What a role or a database is set to must not meet the statements that make them.
    calm = "PGOPTIONS=-c default_transaction_read_only=off -c statement_timeout=0 -c standard_conforming_strings=on"
    psql = ["exec", "--env", calm, name, "psql", "-h", "127.0.0.1", "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-qc"]
    deadline = time.monotonic() + 30
    while subprocess.run(["docker", *psql, "select 1"], capture_output=True, check=False).returncode != 0:
        if time.monotonic() > deadline:
            raise Failed("the database did not come up")
        time.sleep(0.2)
    _do(*psql, "create role app login password 'app'")
    _do(*psql, f"create database app owner app {database.create}")
    for statement in database.setup:
        _do(*psql[:-1], "-d", "app", "-c", statement)


def _do(*words: str) -> None:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"docker {' '.join(words)[:200]}: {done.stderr.strip()[-500:]}")
