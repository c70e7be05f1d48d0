"""A container of the Docker Engine: the process that serves in it, seen from inside.

One that does not run, is paused or has no Python is read from its files, and is left as it is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parity.errors import TargetError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

SUMMARY = "a container of the Docker Engine"
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
        from parity.engine import files
        from parity.engine.connect import connect
        from parity.engine.container import Look, NoPython
        from parity.engine.made import of_container
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff

        deadline = time.monotonic() + cutoff(request)
        progress(f"{self.reference}: asking the engine")
        client = connect(request.timeout)
        try:
            container = self._inspect(client)
            image = _image(client, container) if request.wants("container") else None
            look = Look(client, self.reference, container, request, deadline, progress)
            still = _still(container["State"])
            if still:
                reading = files.read(look, still)
            else:
                try:
                    reading = look.read()
                except NoPython:
                    if request.python is not None:
                        raise
                    reading = files.read(look, "it has no Python that could be run")
        finally:
            client.close()
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, {**of_host, "container": of_container(container, image)})

    def _inspect(self, client: APIClient) -> dict[str, Any]:
        from parity.engine.connect import engine_errors

        with engine_errors(f"container {self.reference}"):
            container: dict[str, Any] = client.inspect_container(self.reference)
        return container


def _image(client: APIClient, container: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the engine tells of the image that a container was made from; None where it is gone."""
    from docker.errors import NotFound

    from parity.engine.connect import engine_errors

    with engine_errors("the container's image"):
        try:
            image: dict[str, Any] = client.inspect_image(container["Image"])  # type: ignore[no-untyped-call]
        except NotFound:
            return None
    return image


def _still(state: Mapping[str, Any]) -> str | None:
    """Why nothing can be run in the container, None where it can."""
    if state.get("Paused"):
        return "it is paused"
    if state.get("Restarting") or not state.get("Running"):
        return f"it does not run ({safe(state.get('Status', 'stopped'))})"
    return None
