"""A container's log, by the engine's API: what its driver keeps, of a container that has ended, too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parity.errors import Incomplete, Unreachable
from parity.logs.opened import whole
from parity.logs.places import LINES

if TYPE_CHECKING:
    from docker.api.client import APIClient

    from parity.targets.docker import Docker

BYTES = 256 << 20
"""Bytes of one container's log."""


def shown(target: Docker) -> str:
    """docker logs NAME."""
    return f"docker logs {target.reference}"


def read(target: Docker, seconds: float) -> Iterator[bytes]:
    """Standard output and standard error, each line with its time."""
    from parity.engine.connect import connect

    client = connect(seconds)
    try:
        yield from of_container(client, target.reference, time.monotonic() + seconds)
    finally:
        client.close()


def of_container(client: APIClient, name: str, deadline: float) -> Iterator[bytes]:
    """The log of one container until `deadline` (`time.monotonic()`), and at its end how its last run ended where the
    log itself does not tell."""
    from parity.engine import ended
    from parity.engine.connect import engine_errors

    silent = True
    try:
        with engine_errors(f"container {name}"):
            # The client follows what it streams unless it is told not to.
            stream = client.logs(name, stream=True, follow=False, timestamps=True, tail=LINES)
            for part in whole(_bounded(stream, name, deadline)):
                silent = silent and not part.strip()
                yield part
            container = client.inspect_container(name)
            # The kernel says nothing to what it kills; of any other end the program's own words tell more.
            if silent or ended.facts(container).get("oom_killed"):
                yield ended.line(container, name)
    except Unreachable as error:
        # A driver that sends logs elsewhere is the usual reason for a refusal.
        raise Unreachable(str(error), error.hint or "--log FILE names a log that is kept elsewhere") from error


def _bounded(stream: Iterator[bytes], name: str, deadline: float) -> Iterator[bytes]:
    left = BYTES
    for part in stream:
        yield part
        left -= len(part)
        if time.monotonic() > deadline:
            raise Incomplete(
                f"the log of {name} did not come to its end in time",
                hint="--timeout S allows more; --log FILE reads a file",
            )
        if left <= 0:
            raise Incomplete(
                f"the log of {name} is larger than {BYTES >> 20} MiB", hint=f"docker logs --since 1h {name} > prod.log"
            )
