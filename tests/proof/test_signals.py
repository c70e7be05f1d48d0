"""Interrupted, terminated, killed: the right exit code, no process left, and the old file or the new one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import COMMAND, environment, parity, start
from tests.proof.profiles import WHOLE, profile, section

if TYPE_CHECKING:
    from docker import DockerClient

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}

OLD = "the old file\n"


def descendants(pid: int) -> set[int]:
    """The processes below one, by number."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that still run; one that waits to be reaped does not."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            continue
        if state != "Z":
            running.add(pid)
    return running


def gone(pids: set[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pids)


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.005)


def whole(path: Path) -> bool:
    """Whether the file is the old one or a whole new one, for its owner alone, and nothing lies beside it."""
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    text = path.read_text()
    return text == OLD or bool(json.loads(text)["sections"])


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "output" / "profile.json"
    path.parent.mkdir()
    path.write_text(OLD)
    return path


@pytest.fixture
def slow_python(tmp_path: Path) -> Path:
    """An interpreter that never answers, and holds on to a child of its own."""
    path = tmp_path / "bin" / "python"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\nsleep 600 &\nwait\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("number", CODES)
def test_a_signal_while_this_machine_is_read(output: Path, slow_python: Path, number: signal.Signals) -> None:
    process = start("snapshot", "--python", slow_python, "--timeout", "2", "-o", output)
    with process:
        wait_for(lambda: len(descendants(process.pid)) >= 2)
        below = descendants(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert process.returncode == CODES[number]
    assert (out, err) == (b"", b"")
    assert output.read_text() == OLD
    if number is not signal.SIGKILL:
        assert gone(below, 1)
    else:
        for pid in alive(below):
            os.kill(pid, signal.SIGKILL)


def test_the_probe_itself_outlives_a_killed_parity_by_no_more_than_its_deadline(tmp_path: Path) -> None:
    # A directory on sys.path that takes long to read is a probe that takes long.
    process = start("snapshot", "--timeout", "1", env={"PYTHONPATH": "/proc/self/fd"}, cwd=tmp_path)
    with process:
        wait_for(lambda: descendants(process.pid))
        below = descendants(process.pid)
        process.kill()
        process.communicate(timeout=10)
    assert gone(below, 1 + 1.5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_two_sides_are_read(output: Path, slow_python: Path, number: signal.Signals) -> None:
    sides = ("local", f"local?python={slow_python}")
    with start("diff", *sides, "--python", slow_python, "--timeout", "20", "-o", output) as process:
        wait_for(lambda: len(descendants(process.pid)) >= 4)
        below = descendants(process.pid)
        began = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
        assert time.monotonic() - began < 3
    assert process.returncode == CODES[number]
    assert (out, err) == (b"", b"")
    assert output.read_text() == OLD
    assert gone(below, 1)


@pytest.mark.parametrize("number", CODES)
def test_a_signal_at_any_moment(output: Path, number: signal.Signals) -> None:
    random.seed(int(number))
    # Where there is code nothing is warned of.
    (output.parents[1] / "app.py").touch()
    for _ in range(6):
        output.write_text(OLD)
        with start("snapshot", "-o", output, cwd=output.parents[1]) as process:
            time.sleep(random.uniform(0.02, 0.5))
            below = descendants(process.pid)
            process.send_signal(number)
            out, err = process.communicate(timeout=10)
        assert process.returncode in (CODES[number], 0, -number)
        assert out == b""
        if process.returncode != -number:
            assert err == b""
        if number is not signal.SIGKILL:
            assert whole(output)
            assert gone(below, 2)
        else:
            text = output.read_text()
            assert text == OLD or json.loads(text)["sections"]
            for entry in output.parent.glob(".parity-*.tmp"):
                entry.unlink()
            assert gone(below, 5)


@pytest.mark.docker
@pytest.mark.parametrize("number", CODES)
def test_a_signal_while_a_container_is_read(
    docker_engine: DockerClient, serving: str, output: Path, number: signal.Signals
) -> None:
    def probes() -> list[str]:
        top = docker_engine.containers.get(serving).top(ps_args="-eo pid,args")
        return [line[-1] for line in top["Processes"] if " -I -S -B" in line[-1]]

    random.seed(int(number))
    for _ in range(3):
        output.write_text(OLD)
        with start("snapshot", f"docker://{serving}", "--timeout", "3", "-o", output) as process:
            time.sleep(random.uniform(0.15, 0.7))
            process.send_signal(number)
            out, _err = process.communicate(timeout=10)
        assert process.returncode in (CODES[number], 0, -number)
        assert out == b""
        text = output.read_text()
        assert text == OLD or json.loads(text)["sections"]
    wait_for(lambda: not probes(), 3 + 2)


def test_the_reader_of_a_pipe_that_leaves_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_bytes(profile())
    many = {f"package-{number}": {"version": f"{number}.0"} for number in range(20_000)}
    (tmp_path / "large.json").write_bytes(profile({**WHOLE, "packages": section(**many)}))
    for arguments in (
        ["snapshot", "large.json"],
        ["show", "large.json", "--all"],
        ["probe"],
        ["diff", "large.json", "web.json", "--all"],
        ["diff", "large.json", "web.json", "--format", "json"],
    ):
        # More than a pipe holds, to a reader that ends after a line.
        script = '{ "$@"; echo "status $?" >&2; } | head -1'
        words = ["sh", "-c", script, "sh", *COMMAND, *arguments]
        done = subprocess.run(words, check=True, capture_output=True, cwd=tmp_path, env=environment())
        assert done.stderr == b"status 141\n", arguments
        assert done.stdout.count(b"\n") == 1


def test_a_reader_that_left_before_anything_was_written(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_bytes(profile())
    for arguments in (["show", "web.json"], ["diff", "web.json", "web.json"], ["schema"], ["--help"], ["--version"]):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            result = parity(*arguments, cwd=tmp_path, stdout=writer)
        finally:
            os.close(writer)
        assert (result.code, result.err) == (141, ""), arguments
