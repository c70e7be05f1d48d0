"""What targets lead to: a server of ssh, a cluster's API, units, processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.kubernetes_api import Cluster, KubernetesApi
from tests.services import program
from tests.sshd import Sshd
from tests.units import Units

SERVE = "import sys, time; sys.stdout.write('serving\\n'); sys.stdout.flush(); time.sleep(60)"

StartSshd = Callable[..., Sshd]
StartPython = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_sshd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartSshd]:
    """start_sshd(server=(line, …), client=(line, …)) -> a server; its client is the `ssh` of the PATH."""
    started: list[Sshd] = []

    def start(server: tuple[str, ...] = (), client: tuple[str, ...] = ()) -> Sshd:
        directory = tmp_path / f"sshd-{len(started)}"
        directory.mkdir()
        one = Sshd(directory, server, client)
        started.append(one)
        one.on_path(monkeypatch)
        return one

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def sshd(start_sshd: StartSshd) -> Sshd:
    return start_sshd()


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster that kubectl's current context, `stage`, leads to."""
    program("kubectl")
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))
    monkeypatch.setenv("KUBECACHEDIR", str(tmp_path / "kubecache"))
    with KubernetesApi() as api:
        api.write_kubeconfig(tmp_path / "kubeconfig")
        yield api.cluster


@pytest.fixture
def units() -> Iterator[Units]:
    made = Units()
    yield made
    made.stop()


@pytest.fixture
def start_python() -> Iterator[StartPython]:
    """start_python(script, environ=…, python=…, user=…) -> a process that has written a line."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        script: str = SERVE,
        environ: Mapping[str, str] | None = None,
        python: str = sys.executable,
        user: int | None = None,
    ) -> subprocess.Popen[bytes]:
        argv = [python, "-c", script]
        groups = None if user is None else ()
        process = subprocess.Popen(
            argv, env=dict(environ or {}), cwd="/", stdout=subprocess.PIPE, user=user, group=user, extra_groups=groups
        )
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def ended(pid: int, seconds: float = 5) -> bool:
    """Whether a process is gone, or goes within some seconds."""
    until = time.monotonic() + seconds
    while (Path("/proc") / str(pid)).is_dir() and time.monotonic() < until:
        time.sleep(0.02)
    return not (Path("/proc") / str(pid)).is_dir()


@pytest.fixture
def traced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that exists once ssh or kubectl has been started: the PATH has none but ours."""
    directory = tmp_path / "traced"
    directory.mkdir()
    trace = tmp_path / "started"
    for name in ("ssh", "kubectl", "docker", "sh", "touch"):
        (directory / name).write_text(f"#!/bin/sh\n: >{trace}\n", "utf-8")
        (directory / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(directory))
    return trace
