"""A host behind ssh, through the OpenSSH client: the user's own configuration, agent, jump hosts and masters work.

It never prompts (BatchMode) and never writes known_hosts: a host key that is not known, or is another one, ends the
attempt. One round trip: what serves there is found by the probe itself.
"""

from __future__ import annotations

import ipaddress
import re
import shlex
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from parity.child import Result
from parity.errors import Incomplete, ParityError, TargetError, Unreachable
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.targets._process import pid_number, unit_name
from parity.text import safe

SUMMARY = "a host behind ssh: a login of it, or with ?unit= or ?pid= the process that serves"
EXAMPLE = "ssh://deploy@web-1?unit=web.service"
OPTIONS: tuple[str, ...] = ("pid", "unit")

_WORD = re.compile(r"(?:(?P<user>[^@]*)@)?(?P<host>\[[^\]]*\]|[^:\[\]]*)(?::(?P<port>.*))?")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}")
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
_ZONE = re.compile(r"(%[A-Za-z0-9_.-]{1,32})?")

_FIND_PYTHON = (
    "for python in python3 python /usr/libexec/platform-python; do "
    'command -v "$python" >/dev/null 2>&1 && exec "$python" {words}; '
    "done; exit 127"
)
"""For the login's PATH. Run by `sh`, whatever the login's own shell is."""

_FAILED = 255
"""The exit status of the client for its own errors."""

_NOT_FOUND = 127
"""The exit status of a shell for a command that it did not find."""

_CAUSES = (
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED|differs from the key for the IP address",
        "the host key of {host} is not the one in known_hosts",
        "another machine may be answering; if it was rebuilt: `ssh-keygen -R {host}`, then compare the new fingerprint",
    ),
    (
        r"host key is known for|Host key verification failed",
        "the host key of {host} is not known",
        "connect once with `ssh {host}` and compare the fingerprint: parity accepts no key by itself",
    ),
    (
        r"Too many authentication failures",
        "{host} refused the login: too many keys were offered",
        "name the key in the configuration of ssh: IdentityFile, with IdentitiesOnly yes",
    ),
    (
        r"Permission denied \(|No more authentication methods",
        "{host} refused the login, and parity types no password",
        "`ssh -o BatchMode=yes {host} true` must work: check the user, and that the agent holds the key (ssh-add -l)",
    ),
    (r"Could not resolve hostname", "the name {host} cannot be resolved", "check the name, and the network or VPN"),
    (r"Connection refused", "{host} refuses the connection", "check the port, and that sshd runs there"),
    (r"timed out", "{host} does not answer", "check the address, the network or VPN, and firewalls"),
    (r"No route to host|Network is unreachable", "there is no way to {host}", "check the address, the network or VPN"),
    (
        r"Bad owner or permissions|Bad configuration option|terminating, \d+ bad",
        "the configuration of ssh on this machine is refused",
        "`ssh -G {host}` shows the error",
    ),
    (
        r"kex_exchange|[Cc]onnection (closed|reset)|Broken pipe|Connection to \S+ closed",
        "{host} closed the connection",
        "`ssh -v {host} true` shows where",
    ),
)
"""(what the client says, what it means, what to do), the most telling first."""


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Ssh:
    """ssh://[USER@]HOST[:PORT][?unit=NAME|?pid=N]. HOST may be one of ssh's own configuration."""
    if ":" in reference.rpartition("@")[0]:
        _refuse("ssh:// takes no password (what was given is not shown): ssh's own agent and keys are used")
    parts = _WORD.fullmatch(reference)
    if parts is None or not parts["host"]:
        _refuse(f"ssh:// is followed by [USER@]HOST[:PORT], not by {_quoted(reference)}")
    user, port, host = parts["user"], parts["port"], _host(parts["host"])
    if user is not None and not _USER.fullmatch(user):
        _refuse(f"{_quoted(user)} cannot be a user of ssh")
    if port is not None and not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 1 << 16):
        _refuse(f"{_quoted(port)} is no port")
    if "pid" in options and "unit" in options:
        raise TargetError("?pid= and ?unit= name two processes", hint=f"like {EXAMPLE}")
    return Ssh(
        host=host,
        user=user,
        port=None if port is None else int(port),
        pid=pid_number(options["pid"][-1]) if "pid" in options else None,
        unit=unit_name(options["unit"][-1]) if "unit" in options else None,
    )


def _host(text: str) -> str:
    if not text.startswith("["):
        return text if _HOST.fullmatch(text) else _refuse(f"{_quoted(text)} cannot be a host")
    address, percent, zone = text[1:-1].partition("%")
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        _refuse(f"{_quoted(text)} is no IPv6 address")
    return text[1:-1] if _ZONE.fullmatch(percent + zone) else _refuse(f"{_quoted(text)} is no IPv6 address")


def _quoted(text: str) -> str:
    return f"'{safe(text[:60])}'" if text else "nothing"


def _refuse(message: str) -> NoReturn:
    raise TargetError(message, hint=f"like {EXAMPLE}, or ssh://[2001:db8::1]:2222")


@dataclass(frozen=True, slots=True)
class Ssh:
    """A host, and the process of it that is asked for, if any."""

    host: str
    user: str | None = None
    port: int | None = None
    pid: int | None = None
    unit: str | None = None
    kind: str = "ssh"

    @property
    def reference(self) -> str:
        """HOST[:PORT][?unit=NAME]: who logs in, and a number that changes with every start, is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host + (f":{self.port}" if self.port else "") + (f"?unit={self.unit}" if self.unit else "")

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.database import read_database
        from parity.snapshot.ask import ask
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff
        from parity.snapshot.transport import converse, with_notes

        deadline = time.monotonic() + cutoff(request)
        progress(f"reading {self.host} over ssh")
        question = ask(request, pid=self.pid, unit=self.unit, python=request.python)
        reading = converse(self.argv(request), question, self.host, deadline, progress, self.diagnose)
        hint = "the login's, not a service's: ?unit=NAME or ?pid=N names the process that serves"
        reading = with_notes(reading, hint)
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, of_host)

    def argv(self, request: Request) -> list[str]:
        """The client's command line. Options given here win over the user's configuration."""
        options = {
            "BatchMode": "yes",
            "StrictHostKeyChecking": "yes",
            # With either of these the client adds lines to known_hosts, strict or not.
            "CheckHostIP": "no",
            "UpdateHostKeys": "no",
            # A master that runs already is used; none is left behind.
            "ControlMaster": "no",
            "ConnectTimeout": str(max(1, int(request.timeout))),
            "ConnectionAttempts": "1",
            "ClearAllForwardings": "yes",
            "ForwardAgent": "no",
            "ForwardX11": "no",
            "PermitLocalCommand": "no",
            "RemoteCommand": "none",
            "LogLevel": "ERROR",
        }
        argv = ["ssh", "-T"]
        for name, value in options.items():
            argv += ["-o", f"{name}={value}"]
        if self.user is not None:
            argv += ["-l", self.user]
        if self.port is not None:
            argv += ["-p", str(self.port)]
        return [*argv, "--", self.host, remote_command(request.python)]

    def diagnose(self, result: Result) -> ParityError | None:
        """What the client, or the shell at the other end, says went wrong."""
        from parity.snapshot.transport import last_words

        if result.cut == "timeout":
            return Unreachable(
                f"{self.host} gave no answer within the deadline",
                hint=f"--timeout S allows more; a stuck ControlMaster ends by `ssh -O exit {self.host}`",
            )
        if result.code == _NOT_FOUND:
            return Incomplete(
                f"no Python was found on {self.host}", hint=f"name it: ssh://{self.host}?python=/path/to/python3"
            )
        if result.code != _FAILED:
            return None
        said = result.err.decode("utf-8", "replace")
        for pattern, message, hint in _CAUSES:
            if re.search(pattern, said):
                return Unreachable(message.format(host=self.host), hint=hint.format(host=self.host))
        return Unreachable(f"ssh could not reach {self.host}: {last_words(result)}")


def remote_command(python: str | None) -> str:
    """One word for the shell of the login, whichever it is."""
    from parity.snapshot.transport import PYTHON_WORDS

    words = " ".join(PYTHON_WORDS)
    if python is not None:
        return f"exec {shlex.quote(python)} {words}"
    return f"exec sh -c {shlex.quote(_FIND_PYTHON.format(words=words))}"
