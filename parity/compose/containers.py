"""The containers of a service, by the labels that docker compose gives to every container that it makes.

Labels: compose v1 and v2 alike, `com.docker.compose.project`, `.service`, `.container-number`, `.oneoff`,
`.project.working_dir` and `.project.config_files`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parity.engine.connect import engine_errors
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

_LABEL = "com.docker.compose."


@dataclass(frozen=True, slots=True)
class Replica:
    """One container of a service."""

    container: str
    project: str
    number: int
    state: str
    """As the engine says it: running, paused, exited, …"""
    image: str
    """The id of the image that it was made of."""
    created: int = 0
    files: frozenset[str] = frozenset()
    """Where the compose file may be that it was made by: a path that is not absolute has lost what it starts from."""

    @property
    def running(self) -> bool:
        return self.state == "running"


def replicas(client: APIClient, service: str) -> list[Replica]:
    """Every container of a service, whatever its project and state, in the order of their numbers."""
    with engine_errors(f"service {service}"):
        listed: Sequence[Mapping[str, Any]] = client.containers(
            all=True, filters={"label": [f"{_LABEL}service={service}"]}
        )
    found = [_replica(one) for one in listed if _label(one, "oneoff") != "True"]
    return sorted(found, key=lambda one: (one.project, one.number, one.container))


def of_files(found: Iterable[Replica], paths: Iterable[Path]) -> list[Replica]:
    """Those that were made by one of the compose files."""
    spelled = {spelling for path in paths for spelling in (str(path.absolute()), os.path.realpath(path))}
    return [one for one in found if one.files & spelled]


def _replica(listed: Mapping[str, Any]) -> Replica:
    # A link of another container to this one is a name too, below that container's.
    names = [str(name).removeprefix("/") for name in listed.get("Names") or ()]
    number = _label(listed, "container-number")
    directory = _label(listed, "project.working_dir")
    files = _label(listed, "project.config_files").split(",")
    return Replica(
        container=next((name for name in names if "/" not in name), str(listed["Id"])),
        project=safe(_label(listed, "project"))[:100],
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0,
        state=safe(listed.get("State", ""))[:40],
        image=str(listed.get("ImageID", "")),
        created=int(listed.get("Created") or 0),
        files=frozenset(_spellings(directory, files)),
    )


def _spellings(directory: str, files: Iterable[str]) -> Iterable[str]:
    # Only spelled, never looked at: what a label says may lie on a mount that hangs, or on another machine.
    for name in filter(None, files):
        yield os.path.normpath(f"{directory}/{name}" if not name.startswith("/") else name)
        yield os.path.normpath(f"{directory}/{Path(name).name}")


def _label(listed: Mapping[str, Any], name: str) -> str:
    return str((listed.get("Labels") or {}).get(_LABEL + name, ""))
