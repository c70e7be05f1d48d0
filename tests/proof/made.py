"""Containers of one image that are made in different ways, and programs that fail by it.

A side is how one of them is started: docker-py's options, and "NAMES" in them stands for the address of a name server
and "DIRECTORY" for where files stand that are mounted into it. A program is run inside, by the Python that serves, or
is what somebody else does with the container: that one is in OUTSIDE.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docker.models.containers import Container

_PREPARES = '#!/bin/sh\necho 7 > /run/rates\nexec "$@"\n'
FILES = {"entrypoint.sh": _PREPARES, "nsswitch.conf": "hosts: files\n"}

_LASTS = "import os, time; print('serving', flush=True)\nwhile not os.path.exists('/tmp/end'): time.sleep(0.02)\n"
_ENDS_ONCE = _LASTS + "os.remove('/tmp/end')\n"

_ANSWERS = """
import socket, struct
known = {"shop.internal": "10.1.0.1", "db.shop.internal": "10.1.0.2", "api.shop": "10.1.0.3",
         "api.shop.shop.internal": "10.1.0.4"}
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("", 53))
print("serving", flush=True)
while True:
    asked, who = server.recvfrom(512)
    labels, at = [], 12
    while asked[at]:
        labels.append(asked[at + 1 : at + 1 + asked[at]].decode())
        at += 1 + asked[at]
    address = known.get(".".join(labels).lower())
    # One question, recursion available; an address for type A, and of other types nothing.
    found = address is not None and asked[at + 1 : at + 3] == bytes([0, 1])
    head = asked[:2] + struct.pack(">5H", 0x8180 if address else 0x8183, 1, int(found), 0, 0)
    record = struct.pack(">3HIH", 0xC00C, 1, 1, 60, 4) + socket.inet_aton(address) if found else b""
    server.sendto(head + asked[12 : at + 5] + record, who)
"""

NAME_SERVER: dict[str, Any] = {"command": ["python", "-c", _ANSWERS], "user": "root"}
"""Knows a few names of a shop's network."""

_ASKING: dict[str, Any] = {"dns": ["NAMES"], "dns_search": ["shop.internal"], "dns_opt": ["ndots:2"]}
_WRITING: dict[str, Any] = {"tmpfs": {"/run": "", "/tmp": ""}, "user": "root"}
_ENTRYPOINT = "DIRECTORY/entrypoint.sh:/entrypoint.sh:ro"
LOCAL_ADDRESS, PRODUCTION_ADDRESS = "127.0.71.1", "127.0.71.2"
"""Addresses of loopback that stand for the two machines."""
PORT = 8000

SIDES: dict[str, dict[str, Any]] = {
    "plain": _ASKING,
    "asking nobody": {**_ASKING, "dns": ["127.0.0.53"]},
    "behind a proxy": {**_ASKING, "dns_search": ["."], "environment": {"http_proxy": "http://127.0.0.1:9"}},
    "without a network": {"network_mode": "none"},
    "of a network": {"network": "NETWORK"},
    "of the host": {"network_mode": "host", "command": ["python", "-c", _LASTS]},
    "lasting": {
        **_ASKING,
        "command": ["python", "-c", _ENDS_ONCE],
        "user": "root",
        "restart_policy": {"Name": "always"},
    },
    "ending": {
        **_ASKING,
        "command": ["python", "-c", _ENDS_ONCE],
        "dns_opt": ["ndots:1"],
        "user": "app",
    },
    "provided for": {
        **_ASKING,
        **_WRITING,
        "cap_add": ["SYS_NICE"],
        "command": ["python", "server.py"],
        "entrypoint": ["/entrypoint.sh"],
        "healthcheck": {"test": ["CMD", "true"], "interval": 500_000_000},
        "init": True,
        "ports": {f"{PORT}/tcp": (LOCAL_ADDRESS, PORT)},
        "volumes": [_ENTRYPOINT],
    },
    "left alone": {
        **_ASKING,
        **_WRITING,
        "cap_drop": ["CHOWN"],
        "read_only": True,
        "volumes": [_ENTRYPOINT, "DIRECTORY/nsswitch.conf:/etc/nsswitch.conf:ro"],
    },
}

_ASKED = "from socket import gethostbyname as ask"
_REAPED = """
import os, time
reading, writing = os.pipe()
if os.fork() == 0:
    child = os.fork()
    if child:
        os.write(writing, str(child).encode())
    os._exit(0)
os.wait()
child = os.read(reading, 20).decode()
for _ in range(20):
    if not os.path.exists("/proc/" + child):
        break
    time.sleep(0.05)
else:
    raise SystemExit("nobody takes it in")
"""


class Failing(NamedTuple):
    """A program that fails in production, what is among its last words, and what is found of its cause."""

    program: str
    says: str
    severity: str = "warning"


Pair = tuple[str, str]
"""(local, production): two of the SIDES."""

PAIRS: dict[Pair, dict[str, Failing]] = {
    ("provided for", "left alone"): {
        "container.capabilities_added": Failing("import os; os.nice(-5)", "PermissionError"),
        "container.capabilities_dropped": Failing(
            "import os; open('/tmp/one', 'w'); os.chown('/tmp/one', 1, 1)", "PermissionError"
        ),
        "container.entrypoint": Failing("open('/run/rates').read()", "FileNotFoundError"),
        "container.healthcheck": Failing("healthy", "KeyError"),
        "container.init": Failing(_REAPED, "nobody takes it in"),
        "container.published_ports": Failing("reached", "ConnectionRefusedError"),
        "network.nsswitch_hosts": Failing(f"{_ASKED}; ask('shop.internal')", "gaierror"),
        "process.read_only_root": Failing("open('/app/cache', 'w')", "Read-only file system"),
    },
    ("lasting", "ending"): {
        "network.ndots": Failing(f"{_ASKED}; assert ask('api.shop') == '10.1.0.4'", "AssertionError", "info"),
        "process.uid": Failing("open('/app/cache', 'w')", "Permission denied"),
        # What follows from the user alone is told by the user.
        "process.working_directory": Failing("open('cache', 'w')", "Permission denied", "info"),
        # The last: by it the container is gone.
        "container.restart_policy": Failing("ended", "exited"),
    },
    # A laptop is given a search domain by each network that it is in: alone it is no evidence.
    ("plain", "behind a proxy"): {
        "environment.http_proxy": Failing(
            "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/', timeout=5)", "Connection refused"
        ),
        "network.search": Failing(f"{_ASKED}; ask('db')", "gaierror", "info"),
    },
    ("plain", "asking nobody"): {"network.resolvers": Failing(f"{_ASKED}; ask('shop.internal')", "gaierror")},
    ("plain", "without a network"): {
        "container.network_mode": Failing(
            "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('NAMES', 9))", "unreachable"
        ),
    },
    ("of a network", "plain"): {"container.network_mode": Failing(f"{_ASKED}; ask('names')", "gaierror")},
    ("of the host", "plain"): {
        "container.network_mode": Failing(
            "import socket; socket.create_connection(('127.0.0.1', HOST_PORT))", "ConnectionRefusedError"
        ),
    },
}
"""{two sides: {fact that they differ in: what fails by it}}."""


def furnish(directory: Path) -> None:
    """Make the files that are mounted."""
    directory.chmod(0o755)
    for name, text in FILES.items():
        (directory / name).write_text(text)
        (directory / name).chmod(0o755)


def healthy(container: Container, address: str) -> None:
    """Wait as whoever starts another container after this one does; without a health check there is nothing to see."""
    for _ in range(200):
        container.reload()
        if container.attrs["State"]["Health"]["Status"] == "healthy":
            return
        time.sleep(0.05)
    raise AssertionError("it never is")


def reached(container: Container, address: str) -> None:
    """Connect from the machine that it runs on."""
    socket.create_connection((address, PORT), 5).close()


def ended(container: Container, address: str) -> None:
    """Let the program end, and look whether it is there again."""
    before = container.attrs["State"]["StartedAt"]
    container.exec_run(["touch", "/tmp/end"])
    for _ in range(200):
        container.reload()
        if container.status == "running" and container.attrs["State"]["StartedAt"] != before:
            return
        # One that is to be started again is restarting, and never that.
        assert container.status != "exited", "it has exited"
        time.sleep(0.05)
    raise AssertionError("it never came back")


OUTSIDE: dict[str, Callable[[Container, str], None]] = {"healthy": healthy, "reached": reached, "ended": ended}
"""{program: what somebody does with the container, and the address of the machine that it runs on}."""
