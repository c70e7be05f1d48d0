"""A real sshd inside a container of the image `ssh`, and an ssh client that knows of nothing else."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.services import program
from tests.sshd import listens

PORT = 2222
READY_SECONDS = 10.0

_START = """
umask 077
cat >/etc/ssh/parity_host
chmod 0644 /etc/ssh/parity_authorized
exec /usr/sbin/sshd -f /dev/null -h /etc/ssh/parity_host -p {port} -o UsePAM=no -o PidFile=none \
  -o PasswordAuthentication=no -o AuthorizedKeysFile=/etc/ssh/parity_authorized -o StrictModes=no
"""
"""Run as root in the container: sshd goes to the background by itself and lives as long as the container."""


def start_sshd(container: str, address: str, directory: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start the server in a running container; USER@HOST for ssh, whose client is from now on first on the PATH.

    container: its name. address: of it, as this machine reaches it. directory: for keys and the configuration.
    """
    host, user = (_new_key(directory / name) for name in ("host", "user"))
    public = " ".join(host.with_suffix(".pub").read_text("ascii").split()[:2])
    known_hosts = directory / "known_hosts"
    known_hosts.write_text(f"[{address}]:{PORT} {public}\n", "ascii")
    _as_root(container, "cat >/etc/ssh/parity_authorized", user.with_suffix(".pub").read_bytes())
    _as_root(container, _START.format(port=PORT), host.read_bytes())
    until = time.monotonic() + READY_SECONDS
    while not listens(address, PORT):
        if time.monotonic() > until:
            pytest.fail(f"sshd does not listen in {container}")
        time.sleep(0.02)
    _write_client(directory, address, user, known_hosts)
    monkeypatch.setenv("PATH", f"{directory / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return "app@production"


def _new_key(path: Path) -> Path:
    subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path], check=True)
    return path


def _as_root(container: str, script: str, given: bytes) -> None:
    words = ["docker", "exec", "-i", "-u", "root", container, "sh", "-ec", script]
    subprocess.run(words, input=given, check=True, timeout=60)


def _write_client(directory: Path, address: str, key: Path, known_hosts: Path) -> None:
    config = directory / "ssh_config"
    lines = [
        "Host production",
        f"HostName {address}",
        f"Port {PORT}",
        f"IdentityFile {key}",
        "IdentitiesOnly yes",
        "IdentityAgent none",
        f"UserKnownHostsFile {known_hosts}",
        "GlobalKnownHostsFile /dev/null",
    ]
    config.write_text("\n".join(lines) + "\n", "utf-8")
    client = directory / "bin" / "ssh"
    client.parent.mkdir()
    client.write_text(f'#!/bin/sh\nexec {program("ssh")} -F {config} "$@"\n', "utf-8")
    client.chmod(0o755)
