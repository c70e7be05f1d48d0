"""The URL of a server in parts, strictly, and without a word of it in any error.

The grammar is RFC 3986's, as PostgreSQL's URLs are read (parity/probe/postgres/dsn.py): a password with a bare `@`,
`/` or `?` would make its tail a host's name, which goes out to a name server. One host only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from parity.probe.postgres.dsn import CONTROL, InvalidDsn, decoded

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
    r"(?:(?P<user>[^:@/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    r"(?:\[(?P<literal>[0-9A-Fa-f:.]+)\]|(?P<host>[^]:[@/?#,]*))(?::(?P<port>[0-9]{0,5}))?"
    r"(?:/(?P<path>[^@?#]*))?"
    r"(?:\?(?P<query>[^#]*))?"
)


class Address(NamedTuple):
    """The parts of a URL, decoded; "" and None where it has none."""

    scheme: str
    user: str
    password: str
    host: str
    port: int | None
    path: str
    """What stands behind the first slash after the host."""
    query: Mapping[str, str]
    """By names in lower case, of which `-` are `_`."""


def scheme(text: str) -> str:
    """The URL's scheme in lower case, without SQLAlchemy's `+DRIVER`; "" for what is no URL."""
    found = re.match(r"([A-Za-z][A-Za-z0-9.-]*)(?:\+[A-Za-z0-9+._-]*)?://", text)
    return found[1].lower() if found else ""


def parse(text: str) -> Address:
    """The parts of a URL. Raises InvalidDsn, which tells nothing of it."""
    found = None if CONTROL.search(text) else _URL.fullmatch(text)
    if found is None:
        raise InvalidDsn
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 65536:
        raise InvalidDsn
    return Address(
        found["scheme"].lower(),
        decoded(found["user"] or ""),
        decoded(found["password"] or ""),
        found["literal"] or decoded(found["host"] or ""),
        port,
        decoded(found["path"] or ""),
        _query(found["query"] or ""),
    )


def _query(text: str) -> dict[str, str]:
    found = {}
    for pair in filter(None, text.split("&")):
        name, separator, value = pair.partition("=")
        if not name or not separator:
            raise InvalidDsn
        found[decoded(name).lower().replace("-", "_")] = decoded(value)
    return found
