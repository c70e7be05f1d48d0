"""A running container of the Docker Engine: the process that serves in it, seen from inside."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parity.errors import TargetError, Unreachable
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

SUMMARY = "a running container of the Docker Engine"
EXAMPLE = "docker://web"
OPTIONS: tuple[str, ...] = ()

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}")
"""What the engine accepts as a container's name or id."""


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Docker:
    """docker://NAME or docker://ID."""
    if not _NAME.fullmatch(reference):
        shown = f"'{safe(reference[:60])}'" if reference else "nothing"
        raise TargetError(f"docker:// is followed by a container's name or id, not by {shown}", hint=f"like {EXAMPLE}")
    return Docker(reference)


@dataclass(frozen=True, slots=True)
class Docker:
    """A container by its name or id."""

    reference: str
    kind: str = "docker"

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.database import read_database
        from parity.engine.connect import connect
        from parity.engine.container import Look
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff

        deadline = time.monotonic() + cutoff(request)
        progress(f"{self.reference}: asking the engine")
        client = connect(request.timeout)
        try:
            container = self._inspect(client)
            reading = Look(client, self.reference, container, request, deadline, progress).read()
        finally:
            client.close()
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, of_host)

    def _inspect(self, client: APIClient) -> dict[str, Any]:
        from parity.engine.connect import engine_errors

        with engine_errors(f"container {self.reference}"):
            container: dict[str, Any] = client.inspect_container(self.reference)
        state = container["State"]
        if state.get("Paused") or state.get("Restarting") or not state.get("Running"):
            raise Unreachable(
                f"container {self.reference} is {safe(state.get('Status', 'not running'))}",
                hint="parity looks at what runs and starts nothing itself",
            )
        return container
