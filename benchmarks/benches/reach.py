"""What a way to another place costs: a snapshot over it beside the bare client that starts a Python, and the probe."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, ratio, seconds

BASES = ROOT / "tests" / "images" / "bases.sh"
IMAGE = "parity-base:bookworm"
ENV = Path("/usr/bin/env")
"""Looks a client up on the PATH of the case."""

READY_SECONDS = 10.0

MOST = 1.15
"""Of the floor: a client and a probe, and next to nothing between them."""


def run(setting: Setting) -> Table:
    """A login of this machine over ssh, and a container that has the environment mounted where it is here.

    The floor is the bare client that starts a Python, and the local snapshot of the very place that it leads to:
    the client runs parity there, less what the client takes by itself. Its answer comes back over the client, too.
    """
    python = setting.environment.program("python")
    out = setting.directory / "reach.json"
    client = setting.directory / "client"
    path = {"PATH": f"{client}:{setting.environment.activated['PATH']}"}
    started: tuple[str | Path, ...] = (python, "-I", "-S", "-c", "pass")
    own: tuple[str | Path, ...] = (setting.environment.program("parity"), "snapshot")
    rows, limits = [], []
    with _sshd(setting, client), _container(setting) as name:
        ways: dict[str, tuple[str, tuple[str, ...]]] = {
            "ssh": (f"ssh://bench?python={python}", ("ssh", "-T", "bench")),
            "docker exec": (f"exec:docker exec -i {name} {python}", ("docker", "exec", "-i", name)),
        }
        for way, (target, words) in ways.items():
            ours = setting.case("parity", "parity", "snapshot", target, "-o", out, also=path)
            bare = setting.case("bare", ENV, *words, *started, also=path)
            there = setting.case("there", ENV, *words, *own, also=path)
            results = setting.measure([ours, bare, there])
            if not json.loads(out.read_bytes())["sections"]["packages"]["items"]:
                raise Failed(f"over {way} the environment was not found")
            took, alone, floor = (results[case.name].median for case in (ours, bare, there))
            rows.append(
                (way, seconds(took), seconds(alone), seconds(floor - alone), seconds(floor), ratio(took / floor))
            )
            limits.append(Limit(f"over {way} to its floor", took / floor, MOST))
    return Table(
        title="A snapshot of another place beside the way to it",
        columns=("over", "parity snapshot", "bare client", "snapshot there", "floor", "ratio"),
        rows=rows,
        limits=limits,
        notes=["the floor is the bare client running `python -I -S -c pass`, plus the local snapshot of that place"],
    )


@contextmanager
def _sshd(setting: Setting, client: Path) -> Iterator[None]:
    """A server on loopback whose logins have the environment active; `ssh` in `client` knows it as `bench`."""
    directory = setting.directory
    host, user = directory / "host", directory / "user"
    for key in (host, user):
        _do("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key))
    port = _free_port()
    known = directory / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {host.with_suffix('.pub').read_text('ascii')}", "ascii")
    config = directory / "ssh_config"
    client_lines = ["Host bench", "HostName 127.0.0.1", f"Port {port}", f"IdentityFile {user}", "IdentitiesOnly yes"]
    client_lines += ["IdentityAgent none", f"UserKnownHostsFile {known}", "GlobalKnownHostsFile /dev/null"]
    config.write_text("\n".join(client_lines) + "\n", "utf-8")
    client.mkdir()
    (client / "ssh").write_text(f'#!/bin/sh\nexec {_program("ssh")} -F {config} "$@"\n', "utf-8")
    (client / "ssh").chmod(0o755)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    options = ["ListenAddress=127.0.0.1", f"AuthorizedKeysFile={user.with_suffix('.pub')}", "StrictModes=no"]
    options += ["UsePAM=no", "PasswordAuthentication=no", "PidFile=none"]
    active = setting.environment.activated.items()
    options += [f"SetEnv={' '.join(f'{name}={value}' for name, value in active)}"]
    words = [_program("sshd"), "-D", "-f", "/dev/null", "-h", str(host), "-p", str(port)]
    server = subprocess.Popen(
        [*words, *(word for option in options for word in ("-o", option))],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _container(setting: Setting) -> Iterator[str]:
    """A container that has the environment, active, and its interpreter where they are here, and only waits."""
    environment = setting.environment.path
    name = f"parity-bench-{uuid.uuid4().hex[:12]}"
    _do(str(BASES), "bookworm")
    prefix = Path(sys.base_prefix)
    mounts = [environment] if prefix == Path("/usr") else [environment, prefix]
    options = [word for path in mounts for word in ("--volume", f"{path}:{path}:ro")]
    options += [word for key, value in setting.environment.activated.items() for word in ("--env", f"{key}={value}")]
    _do("docker", "run", "--detach", "--name", name, *options, IMAGE, "sleep", "infinity")
    try:
        yield name
    finally:
        _do("docker", "rm", "--force", "--volumes", name)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None or time.monotonic() > until:
            raise Failed("sshd did not start")
        time.sleep(0.02)


def _program(name: str) -> str:
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=search)
    if found is None:
        raise Failed(f"there is no {name} on this machine")
    return found


def _do(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(words[:2])}: {done.stderr.strip()[-500:]}")
