"""A real sshd on loopback with keys and a configuration of its own, and an ssh client that knows of nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.services import program

READY_SECONDS = 10.0


class Sshd:
    """A server, and a client's configuration that reaches it as `prod`, `127.0.0.1` or `localhost`.

    The client is found first on the PATH and leaves a line in `trace` whenever it is started.
    """

    def __init__(self, directory: Path, server: tuple[str, ...] = (), client: tuple[str, ...] = ()) -> None:
        self.directory = directory
        self.known_hosts = directory / "known_hosts"
        self.trace = directory / "trace"
        self.port = free_port()
        self._log = directory / "log"
        self.host_key = self.new_key("host")
        self._user_key = self.new_key("user")
        self.know(self.host_key)
        self._write_client(client)
        self._start(server)

    def new_key(self, name: str, kind: str = "ed25519") -> Path:
        """The path of a fresh private key; its public one stands beside it."""
        path = self.directory / name
        subprocess.run([program("ssh-keygen"), "-q", "-t", kind, "-N", "", "-C", name, "-f", path], check=True)
        return path

    def know(self, key: Path) -> None:
        """Make known_hosts hold this key, and no other, for the server."""
        public = " ".join(key.with_suffix(".pub").read_text("ascii").split()[:2])
        names = f"[127.0.0.1]:{self.port},[localhost]:{self.port}"
        self.known_hosts.write_text(f"{names} {public}\n", "ascii")

    def on_path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the client first on the PATH."""
        monkeypatch.setenv("PATH", f"{self.directory / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def stop(self) -> None:
        """End the server; its sessions end with their clients."""
        self._server.terminate()
        self._server.wait()

    def _write_client(self, options: tuple[str, ...]) -> None:
        config = self.directory / "ssh_config"
        lines = [
            *options,
            "Host prod",
            "HostName 127.0.0.1",
            "Host prod 127.0.0.1 localhost",
            f"Port {self.port}",
            "Host *",
            f"IdentityFile {self._user_key}",
            "IdentitiesOnly yes",
            "IdentityAgent none",
            f"UserKnownHostsFile {self.known_hosts}",
            "GlobalKnownHostsFile /dev/null",
            "HashKnownHosts no",
        ]
        config.write_text("\n".join(lines) + "\n", "utf-8")
        client = self.directory / "bin" / "ssh"
        client.parent.mkdir()
        client.write_text(f'#!/bin/sh\necho started >>{self.trace}\nexec {program("ssh")} -F {config} "$@"\n', "utf-8")
        client.chmod(0o755)

    def _start(self, options: tuple[str, ...]) -> None:
        server = program("sshd")
        if os.geteuid() == 0:
            # Where sshd locks its unprivileged half in; an init system would have made it.
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        authorized = self.directory / "authorized_keys"
        authorized.write_bytes(self._user_key.with_suffix(".pub").read_bytes())
        config = self.directory / "sshd_config"
        lines = [
            *options,
            "ListenAddress 127.0.0.1",
            f"Port {self.port}",
            f"HostKey {self.host_key}",
            # One that the client does not know: it would learn it if it was let.
            f"HostKey {self.new_key('host-2', 'ecdsa')}",
            f"AuthorizedKeysFile {authorized}",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "PidFile none",
        ]
        config.write_text("\n".join(lines) + "\n", "utf-8")
        self._server = subprocess.Popen([server, "-D", "-f", config, "-E", self._log], stdin=subprocess.DEVNULL)
        until = time.monotonic() + READY_SECONDS
        while not listens("127.0.0.1", self.port):
            if self._server.poll() is not None or time.monotonic() > until:
                self.stop()
                pytest.fail(f"sshd did not start: {self._log.read_text('utf-8', 'replace')[-500:]}")
            time.sleep(0.02)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def listens(address: str, port: int) -> bool:
    """Whether something accepts connections there."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex((address, port)) == 0
