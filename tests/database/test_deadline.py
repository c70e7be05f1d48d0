"""One deadline over everything, whatever hangs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from parity.probe.postgres.faults import TIMEOUT
from parity.profile import Status
from tests.canary import Canary
from tests.database.conftest import Look, text_of
from tests.database.servers import Running

SLACK = 1.5
"""Seconds for starting and ending a process on a busy machine."""


def test_server_that_never_answers(silent: int, look: Look) -> None:
    began = time.monotonic()
    section = look(f"postgresql://app@127.0.0.1:{silent}/app", seconds=1.5)
    assert time.monotonic() - began < 1.5 + SLACK
    assert section.status is Status.UNAVAILABLE
    assert section.reason == TIMEOUT


def test_several_hosts_have_one_deadline(silent: int, look: Look) -> None:
    began = time.monotonic()
    hosts = ",".join([f"127.0.0.1:{silent}"] * 5)
    section = look(f"postgresql://app@{hosts}/app?connect_timeout=60", seconds=1.5)
    assert time.monotonic() - began < 1.5 + SLACK
    assert section.reason == TIMEOUT


def test_address_that_leads_nowhere(look: Look) -> None:
    began = time.monotonic()
    # TEST-NET-1 (RFC 5737): dropped on the way, or refused at once by the machine or by something between.
    section = look("postgresql://app@192.0.2.1/app", seconds=1.5)
    assert time.monotonic() - began < 1.5 + SLACK
    assert section.status is Status.UNAVAILABLE


@pytest.mark.postgres
def test_second_host_is_reached_behind_a_silent_one(server: Running, silent: int, look: Look) -> None:
    section = look(f"postgresql://postgres@127.0.0.1:{silent},127.0.0.1:{server.port}/postgres", seconds=6)
    assert section.status is Status.OK, section.reason


@pytest.mark.postgres
def test_each_host_has_its_reason(server: Running, look: Look, tmp_path: Path) -> None:
    section = look(f"host={tmp_path},127.0.0.1 port=5432,{server.port} user=app password=x dbname=app")
    assert section.reason == "no server listens on that socket; authentication failed: wrong user or password"


@pytest.mark.postgres
def test_network_that_goes_silent_midway(server: Running, look: Look) -> None:
    with fading(server.port, b"pg_extension") as port:
        began = time.monotonic()
        section = look(f"postgresql://postgres@127.0.0.1:{port}/postgres?sslmode=disable", seconds=2)
        assert time.monotonic() - began < 2 + SLACK
    assert section.status is Status.PARTIAL
    assert section.reason == TIMEOUT
    assert section.items["max_connections"] == 12
    assert "privileges.*" in section.hidden


def test_child_is_told_nothing_by_arguments_or_environment(silent: int, look: Look, canary: Canary) -> None:
    """While the child waits: what the kernel shows of it to everybody, and to root."""
    dsn = f"postgresql://app:{canary.word}@127.0.0.1:{silent}/app"
    section = []
    thread = threading.Thread(target=lambda: section.append(look(dsn, seconds=2)))
    before = children()
    thread.start()
    until = time.monotonic() + 2
    while not (new := children() - before) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.5)
    (child,) = new
    shown = [(child / name).read_bytes() for name in ("cmdline", "environ")]
    thread.join()
    assert b"parity/database" in shown[0]
    assert shown[1]
    canary.assert_clean(*shown, text_of(section[0]))
    assert child not in children()


def children() -> set[Path]:
    """/proc/PID of each process that this one has started."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found |= {Path("/proc", pid).resolve() for pid in (task / "children").read_text().split()}
    return found


@contextmanager
def fading(port: int, word: bytes) -> Iterator[int]:
    """A way to a server that forwards nothing more once `word` has gone by."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        thread = threading.Thread(target=_forward, args=(listener, port, word))
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _forward(listener: socket.socket, port: int, word: bytes) -> None:
    client, _ = listener.accept()
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        back = threading.Thread(target=_pump, args=(server, client))
        back.start()
        _pump(client, server, until=word)
        server.shutdown(socket.SHUT_RDWR)
        back.join()


def _pump(source: socket.socket, sink: socket.socket, until: bytes | None = None) -> None:
    silent = False
    try:
        while data := source.recv(1 << 16):
            silent = silent or (until is not None and until in data)
            if not silent:
                sink.sendall(data)
    except OSError:
        return
