"""A Docker Engine that is not there, is silent, or is cut off; and words that must never reach it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import parity
from tests.images.fixtures import RunContainer

if TYPE_CHECKING:
    from docker import DockerClient

MARGIN = 2.0
"""Seconds beyond --timeout in which parity has answered."""
START = 1.5
"""Seconds that a busy machine may take to start Python, which are no part of the deadline."""


class Listener:
    """A socket that takes connections, reads them, and answers with `reply`, once, and then no more."""

    def __init__(self, path: Path, reply: bytes) -> None:
        self.asked = 0
        self._reply = reply
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(path))
        self._socket.listen(8)
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.asked += 1
            self._open.append(connection)
            if self._reply:
                connection.recv(1 << 16)
                connection.sendall(self._reply)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for connection in self._open:
            connection.close()


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Callable[[bytes], tuple[Listener, str]]]:
    """listener(reply) -> (it, the value of DOCKER_HOST that leads to it)."""
    made: list[Listener] = []

    def make(reply: bytes = b"") -> tuple[Listener, str]:
        path = tmp_path / "engine.sock"
        made.append(Listener(path, reply))
        return made[-1], f"unix://{path}"

    yield make
    for one in made:
        one.close()


NOT_THERE = {
    "unix:///nonexistent/docker.sock": (3, "its socket does not exist"),
    "tcp://127.0.0.1:1": (3, "its socket refuses connections"),
    "tcp://": (2, "DOCKER_HOST is not a valid endpoint"),
    "garbage://engine": (2, "DOCKER_HOST is not a valid endpoint"),
}


@pytest.mark.parametrize("endpoint", NOT_THERE)
def test_an_engine_that_is_not_there(endpoint: str) -> None:
    code, words = NOT_THERE[endpoint]
    for arguments in (("snapshot", "docker://web"), ("diff", "local", "docker://web")):
        result = parity(*arguments, env={"DOCKER_HOST": endpoint, "DOCKER_CONTEXT": None})
        assert (result.code, result.out) == (code, "")
        assert words in result.line()


PARTIAL = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"


@pytest.mark.parametrize(
    "reply", [b"", b"HTTP/1.1 200 OK\r\n", PARTIAL], ids=["nothing", "half a header", "half a body"]
)
@pytest.mark.parametrize("command", ["snapshot", "diff"])
def test_an_engine_that_takes_the_call_and_never_answers(
    listener: Callable[[bytes], tuple[Listener, str]], command: str, reply: bytes
) -> None:
    silent, endpoint = listener(reply)
    words = ("snapshot", "docker://web") if command == "snapshot" else ("diff", "local", "docker://web")
    began = time.monotonic()
    result = parity(*words, "--timeout", "1", env={"DOCKER_HOST": endpoint})
    assert time.monotonic() - began < 1 + MARGIN + START
    assert (result.code, result.out) == (3, "")
    assert result.line() == "the Docker Engine did not answer in time"
    assert silent.asked > 0


WORDS = (
    "docker://-oProxyCommand=id",
    "docker://--kubeconfig=x",
    "docker://a;b",
    "docker://a b",
    "docker://$(id)",
    "docker://`id`",
    "docker://../x",
    "docker://a/b",
    "docker://web#x",
    "docker://",
    "docker:",
    "docker://" + "a" * 256,
    "docker://" + "a" * 4096,
    "docker://web?colour=1",
    "docker://web?path",
    "docker://user@web",
    "docker://wéb",
    "dokcer://web",
    "",
    "-oProxyCommand=id",
    "-H tcp://127.0.0.1",
    "--kubeconfig=x",
    "local://x",
    "local/x?y",
)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: str(word)[:20])
def test_a_word_that_cannot_be_right_is_refused_before_anything_starts(
    listener: Callable[[bytes], tuple[Listener, str]], tmp_path: Path, word: str
) -> None:
    engine, endpoint = listener(b"")
    # Every program that anything could start leaves a mark.
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("docker", "ssh", "kubectl", "sh", "python3", "python"):
        (programs / name).write_text(f"#!/bin/sh\necho {name} >> {tmp_path}/started\n")
        (programs / name).chmod(0o755)
    env = {"DOCKER_HOST": endpoint, "PATH": str(programs), "VIRTUAL_ENV": None}
    for arguments in (("snapshot", "--", word), ("diff", "--", "docker://web", word)):
        result = parity(*arguments, env=env, cwd=tmp_path)
        assert result.code == 2, result
        assert len(result.line()) < 200
    assert engine.asked == 0
    assert not (tmp_path / "started").exists()


def test_one_side_that_fails_is_told_while_the_other_is_silent(
    listener: Callable[[bytes], tuple[Listener, str]], tmp_path: Path
) -> None:
    silent, endpoint = listener(b"")
    began = time.monotonic()
    result = parity("diff", "local", "docker://web", "--python", "/bin/false", env={"DOCKER_HOST": endpoint})
    assert time.monotonic() - began < 5
    assert result.code == 3
    assert result.line().startswith("the answer from this machine is incomplete: exit status 1")
    asked = silent.asked
    (tmp_path / "broken.json").write_text("{")
    broken = parity("diff", "docker://web", tmp_path / "broken.json", env={"DOCKER_HOST": endpoint})
    assert broken.code == 2
    assert "not JSON" in broken.line()
    assert silent.asked == asked


@pytest.mark.docker
def test_a_container_that_is_not_there(docker_engine: DockerClient) -> None:
    result = parity("snapshot", "docker://parity-test-of-no-such-name")
    assert (result.code, result.out) == (3, "")
    assert result.line() == "there is no container parity-test-of-no-such-name"


@pytest.mark.docker
def test_a_python_that_never_answers_costs_the_deadline_and_no_more(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str
) -> None:
    name = run_container(app_image, ["sleep", "infinity"], user="root")
    code, said = docker_engine.containers.get(name).exec_run(
        ["sh", "-c", "printf '#!/bin/sh\\nsleep 600\\n' > /app/.venv/bin/slow && chmod +x /app/.venv/bin/slow"]
    )
    assert code == 0, said
    began = time.monotonic()
    result = parity("snapshot", f"docker://{name}", "--timeout", "1", "--python", "/app/.venv/bin/slow")
    assert time.monotonic() - began < 1 + MARGIN + START + 1
    assert (result.code, result.out) == (3, "")
    assert "no answer within the deadline" in result.line()
