"""The logs of a service's containers, by the engine's API, each line after its container's name."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parity.errors import Unreachable
from parity.logs.merged import by_time, lines
from parity.logs.places.docker import of_container

if TYPE_CHECKING:
    from docker.api.client import APIClient

    from parity.targets.compose import Compose


def shown(target: Compose) -> str:
    """docker compose logs SERVICE."""
    project = f"--project-name {target.project} " if target.project else ""
    return f"docker compose {project}logs {target.service}"


def read(target: Compose, seconds: float) -> Iterator[bytes]:
    """As `docker compose logs --timestamps` shows them, in the order of their times."""
    from parity.engine.connect import connect

    deadline = time.monotonic() + seconds
    client = connect(seconds)
    try:
        found = target.containers(client)
        if not found:
            raise Unreachable(
                f"the engine knows of no container of service {target.service}: there is no log",
                hint="--log FILE names a log that was kept elsewhere",
            )
        yield from by_time(_named(client, one.container, deadline) for one in found)
    finally:
        client.close()


def _named(client: APIClient, name: str, deadline: float) -> Iterator[bytes]:
    before = f"{name} | ".encode()
    yield from (before + line for line in lines(of_container(client, name, deadline)))
