"""Examples of `privilege`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example

BIND = "[ERROR] Can't connect to ('0.0.0.0', 80): [Errno 13] Permission denied"
PORT = trace("PermissionError: [Errno 13] Permission denied", "app.py:3 main: server.bind(('', 8080))")
RAW = trace("PermissionError: [Errno 1] Operation not permitted", "app.py:3 f: socket.socket(AF_INET, SOCK_RAW, 1)")
CALL = trace("PermissionError: [Errno 1] Operation not permitted", "app.py:3 f: io_uring_setup(8)")
ALL = {"process.capabilities": {"effective": ["NET_BIND_SERVICE", "NET_RAW"]}, "process.uid": 0}
NONE = {"process.capabilities": {"effective": []}, "process.uid": 1000}

EXAMPLES = [
    Example("a port below 1024", BIND, ALL, NONE, {"process.capabilities": NAMED, "process.uid": SHOWN}),
    Example(
        "a raw socket",
        RAW,
        ALL,
        {**ALL, "process.capabilities": {"effective": ["NET_BIND_SERVICE"]}},
        {"process.capabilities": NAMED},
    ),
    Example(
        "another capability is gone",
        BIND,
        ALL,
        {**ALL, "process.capabilities": {"effective": ["NET_BIND_SERVICE"]}},
        {"process.capabilities": FITS},
    ),
    Example(
        "a filter of system calls",
        CALL,
        {"process.seccomp": "off"},
        {"process.seccomp": "filter"},
        {"process.seccomp": SHOWN},
    ),
    Example("a port that everybody may bind", PORT, ALL, NONE),
    Example("nothing is refused", trace("ValueError: bad", "app.py:3 f: bind(80)"), ALL, NONE),
    Example(
        "a port that no line names",
        trace(
            "PermissionError: [Errno 13] Permission denied", "^socketserver.py:3 server_bind: self.socket.bind(address)"
        ),
        {"process.capabilities": {"effective": ["NET_BIND_SERVICE"]}},
        {"process.capabilities": {"effective": []}},
        {"process.capabilities": NAMED},
    ),
]
