"""Hosts and ports that cannot be reached, resolved or bound."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import told
from parity.explain.model import Fact, Failure

_HOST = r"(?P<host>[A-Za-z0-9_*][\w.:-]{0,253}|::1?)"
_PORT = r"(?P<port>\d{1,5})"

_PLACES = (
    re.compile(rf"\b[Ff]ailed to resolve '{_HOST}'"),
    re.compile(rf"Pool\(host='{_HOST}', port={_PORT}\)"),
    re.compile(rf"\b(?:Connect call failed|Connection in use:|bind on address|bind to) \(?\(['\"]{_HOST}['\"], {_PORT}"),
    re.compile(rf"\bserver at \"{_HOST}\"(?: \([^)\n]{{1,60}}\))?, port {_PORT}"),
    re.compile(rf"\bcould not translate host name \"{_HOST}\" to address"),
    re.compile(rf"\bserver running on host \"{_HOST}\" (?:\([^)\n]{{1,60}}\) )?and accepting[\s\S]{{0,40}}?port {_PORT}"),
    re.compile(rf"\b[Cc]annot connect to (?:host |proxy )?{_HOST}:{_PORT}"),
    re.compile(rf"\b(?:Error (?:-?\d{{1,5}} )?connecting to|connect to|connecting to|connection to|dial tcp|connect ECONNREFUSED) "
               rf"(?:[a-z]{{2,20}}://)?(?P<host>[A-Za-z0-9_][\w.-]{{0,253}}):{_PORT}"),
    re.compile(rf"\b(?P<host>[A-Za-z0-9_][\w.-]{{0,253}}):{_PORT}:? (?:\[Errno -?\d{{1,5}}\]|connection (?:refused|closed)|timed out)"),
    re.compile(rf"\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN) {_HOST}"),
    re.compile(rf"\bcould not resolve host(?:name)?:? ['\"]?{_HOST}", re.IGNORECASE),
    re.compile(rf"\bUnable to connect to .{{1,40}}? on '{_HOST}(?::{_PORT})?'"),
    re.compile(rf"\b[Aa]ddress already in use[^\n]{{0,40}}?\(?['\"]{_HOST}['\"], {_PORT}"),
    re.compile(rf"\bCan't connect to MySQL server on '{_HOST}(?::{_PORT})?'"),
)  # fmt: skip
# The host of an address in the code or text of a failed request.
_URL = re.compile(
    r"\b(?:https?|postgres(?:ql)?|redis|amqps?|mysql|mongodb|kafka|tcp)(?:\+\w{1,20})?://(?:\*\*\*@)?(?P<host>[A-Za-z0-9_][\w.-]{0,253})(?::(?P<port>\d{1,5}))?"
)
_NETWORK = re.compile(
    r"(?:Connect|Timeout|gaierror|URLError|HTTPError|NameResolution|SSL|Proxy|Socket|Network|Resolution)"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`host`, `port`."""
    for one in told(failure):
        for pattern in _PLACES:
            for found in pattern.finditer(one.text):
                yield one.fact("host", found["host"], found.start())
                port = found.groupdict().get("port")
                if port:
                    yield one.fact("port", port, found.start())
        for found in _URL.finditer(one.text) if _NETWORK.search(one.type) else ():
            yield one.fact("host", found["host"], found.start())
            if found["port"]:
                yield one.fact("port", found["port"], found.start())
    for link, raised in enumerate(failure.chain):
        if not _NETWORK.search(raised.type):
            continue
        for frame in raised.frames:
            for found in _URL.finditer(frame.code):
                yield Fact("host", found["host"], frame.at, link, frame.code[:200])
                if found["port"]:
                    yield Fact("port", found["port"], frame.at, link, frame.code[:200])
