"""What a server of MySQL's or Redis's family says through drivers that name themselves: its message.

A connection that fails is the network's to tell, and says nothing of the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import told
from parity.explain.model import Fact, Failure

_REFUSED = re.compile(
    r"(?:(?:redis|valkey)\.exceptions|mysql\.connector\.errors|mariadb|asyncmy\.errors|aiomysql)\."
    r"(?!ConnectionError|TimeoutError|MaxConnectionsError|InterfaceError)\w+\Z"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`database_message`."""
    for one in told(failure):
        if _REFUSED.match(one.type) and one.text:
            yield one.fact("database_message", one.text.partition("\n")[0])
