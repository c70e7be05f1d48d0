"""Examples of `name_resolution`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SET, SHOWN, Example

UNKNOWN = trace(
    "far.exceptions.ConnectionError: HTTPConnectionPool(host='catalog', port=8081): Max retries exceeded with url:"
    " /items (Caused by NameResolutionError(\"Failed to resolve 'catalog' ([Errno -2] Name or service not known)\"))",
    "~far/adapters.py:3 send: raise ConnectionError(e)",
)
FAMILY = trace("OSError: [Errno 97] Address family not supported by protocol", "app.py:3 f: socket.socket(AF_INET6)")
TUNNEL = trace(
    "OSError: Tunnel connection failed: 407 Proxy Authentication Required", "^http/client.py:3 _tunnel: raise"
)

EXAMPLES = [
    Example(
        "a host that the hosts file knows",
        UNKNOWN,
        {"network.hosts.catalog": "loopback", "network.ndots": 1},
        {"network.ndots": 1},
        {"network.hosts.catalog": NAMED},
    ),
    Example(
        "a short name without its domain",
        UNKNOWN,
        {"network.search": {"domains": ["shop.internal"]}},
        {"network.search": {"domains": []}},
        {"network.search": SHOWN},
    ),
    Example("a family of addresses", FAMILY, {"network.ipv6": True}, {"network.ipv6": False}, {"network.ipv6": NAMED}),
    Example(
        "a proxy of production's only",
        TUNNEL,
        {"environment.X": SET},
        {"environment.HTTPS_PROXY": SET, "environment.X": SET},
        {"environment.HTTPS_PROXY": NAMED},
    ),
    Example("another host", UNKNOWN, {"network.hosts.mail": "private", "network.ndots": 1}, {"network.ndots": 1}),
    Example(
        "no host in it",
        trace("ValueError: bad", "app.py:3 f: x"),
        {"network.hosts.catalog": "loopback"},
        {"network.ndots": 1},
    ),
]
