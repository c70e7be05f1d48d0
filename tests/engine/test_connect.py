"""An engine that cannot be used says why, each fault in its own words, within the deadline."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from parity.engine.connect import connect, engine_errors
from parity.errors import Incomplete, ParityError, TargetError, Unreachable

VERSION = b'{"ApiVersion": "1.41", "MinAPIVersion": "1.12", "Version": "20.10.24"}'


def refusal(monkeypatch: pytest.MonkeyPatch, endpoint: str, seconds: float = 2) -> ParityError:
    monkeypatch.setenv("DOCKER_HOST", endpoint)
    with warnings.catch_warnings():
        # The client library leaves the socket of a failed connection to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        told = told_by(seconds)
        gc.collect()
    return told


def told_by(seconds: float) -> ParityError:
    try:
        with engine_errors("container web"):
            connect(seconds).inspect_container("web")
    except ParityError as error:
        return error.with_traceback(None)
    pytest.fail("the engine was reached")


@contextmanager
def answering(path: Path, *answers: bytes) -> Iterator[None]:
    """A server on a unix socket that gives each connection the next of the answers, one a request; then silence."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen(8)
    closed = threading.Event()
    held: list[socket.socket] = []
    waiting = list(answers)

    def serve() -> None:
        while not closed.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            held.append(connection)
            with suppress(OSError):
                if waiting and connection.recv(65536):
                    connection.sendall(waiting.pop(0))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        closed.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        for connection in held:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()


def http(status: str, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        len(body),
        body,
    )


def test_no_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    error = refusal(monkeypatch, f"unix://{tmp_path}/none.sock")
    assert isinstance(error, Unreachable)
    assert "does not exist" in str(error)
    assert error.exit_code == 3


def test_a_socket_that_nobody_listens_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(tmp_path / "docker.sock"))
    error = refusal(monkeypatch, f"unix://{tmp_path}/docker.sock")
    assert "is not running" in str(error)


def test_a_port_that_nobody_listens_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "is not running" in str(refusal(monkeypatch, f"tcp://127.0.0.1:{port}"))


def test_a_socket_that_may_not_be_used(tmp_path: Path) -> None:
    path = tmp_path / "docker.sock"
    with answering(path):
        path.chmod(0o000)
        for directory in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            directory.chmod(0o755)
        script = (
            "import os, sys\n"
            "from docker.api.client import APIClient\n"
            "from parity.engine.connect import connect, engine_errors\n"
            "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
            "try: connect(2)\n"
            "except Exception as error: print(type(error).__name__, error, error.hint)\n"
        )
        environ = {**os.environ, "DOCKER_HOST": f"unix://{path}", "HOME": "/nonexistent"}
        told = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False)
    assert "Unreachable no permission" in told.stdout, told.stderr
    assert "docker group" in told.stdout


def test_an_engine_of_another_api_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    too_new = http("400 Bad Request", b'{"message": "client version 1.41 is too new. Maximum supported is 1.24"}')
    with answering(tmp_path / "docker.sock", http("200 OK", VERSION), too_new):
        error = refusal(monkeypatch, f"unix://{tmp_path}/docker.sock")
    assert "API version" in str(error)
    assert error.hint is not None
    assert "DOCKER_API_VERSION" in error.hint


def test_an_engine_that_accepts_and_never_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with answering(tmp_path / "docker.sock"):
        began = time.monotonic()
        error = refusal(monkeypatch, f"unix://{tmp_path}/docker.sock", seconds=1)
    assert isinstance(error, Incomplete)
    assert "did not answer in time" in str(error)
    assert time.monotonic() - began < 3


def test_an_answer_that_is_no_engines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with answering(tmp_path / "docker.sock", http("200 OK", b"<html>\x1b[31m"), http("200 OK", b"hello")):
        error = refusal(monkeypatch, f"unix://{tmp_path}/docker.sock")
    assert error.exit_code == 3
    assert "\x1b" not in str(error)


@pytest.mark.parametrize("endpoint", ["nonsense://x", "tcp://", "unix:"])
def test_an_endpoint_that_is_none(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    error = refusal(monkeypatch, endpoint)
    assert isinstance(error, (TargetError, Unreachable))


def test_an_engine_that_does_not_know_the_container(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = http("404 Not Found", b'{"message": "No such container: web"}')
    with answering(tmp_path / "docker.sock", http("200 OK", VERSION), gone):
        error = refusal(monkeypatch, f"unix://{tmp_path}/docker.sock")
    assert error.exit_code == 3
