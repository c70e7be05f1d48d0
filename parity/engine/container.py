"""One container, looked at from inside: the process that serves in it.

The probe goes in over `exec`, with nothing copied and nothing written. Where the process that serves has
another uid and the kernel refuses its environment to the first exec, a second one asks as that uid; what is
refused to that too (a server that gave up its uid after start) the engine's own record fills in, as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from parity.errors import Incomplete, Unreachable
from parity.profile import Section, Status
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Reading
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

    from parity.child import Result
    from parity.snapshot.question import Ask

_PYTHON = re.compile(r"(python|pypy)[0-9.]*t?")

_USUAL_PLACES = (
    "/usr/local/bin/python3",
    "/usr/bin/python3",
    "/opt/venv/bin/python",
    "/venv/bin/python",
    "/app/.venv/bin/python",
    "/opt/conda/bin/python",
)
"""Where images keep a Python that is not on the PATH of the container."""

_RANK = (Status.OK, Status.PARTIAL, Status.ABSENT, Status.SKIPPED, Status.UNAVAILABLE)
"""Of two looks at one section, the one further to the left told more."""


class NoPython(Incomplete):
    """Nothing in the container could run the probe."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one running container."""

    client: APIClient
    name: str
    container: Mapping[str, Any]
    """What the engine tells of it (GET /containers/NAME/json)."""
    request: Request
    deadline: float
    """`time.monotonic()` at which the look is over."""
    progress: Progress

    def read(self) -> Reading:
        """Raises Incomplete when the container gives no whole answer (NoPython when nothing there can give one),
        Unreachable when the engine fails."""
        return with_engine_facts(self._as_who_serves(), self.container, self.request)

    def _as_who_serves(self) -> Reading:
        first = self._probe(user="")
        serving = first.serving
        uid, gid, asked_as = (serving.get(key) for key in ("uid", "gid", "asked_as"))
        if not serving.get("refused") or uid == asked_as or not isinstance(uid, int) or not isinstance(gid, int):
            return first
        try:
            return merge(first, self._probe(user=f"{uid}:{gid}"))
        except (Incomplete, Unreachable):
            return first

    def _probe(self, user: str) -> Reading:
        from parity.snapshot.ask import ask
        from parity.snapshot.probe import read_answer

        question = ask(self.request, container=True, python=self.request.python)
        return read_answer(self._execute(question, user), question.token, f"container {self.name}")

    def _execute(self, question: Ask, user: str) -> Result:
        from parity import bundle
        from parity.engine.execute import NOT_STARTED, execute
        from parity.snapshot.probe import watcher

        script = (question.preamble + bundle.script()).encode("ascii")
        watch = watcher(question.token, self.name, self.progress)
        for python in interpreters(self.container, self.request.python):
            argv = question.script_argv(python)
            result = execute(self.client, self.name, argv, script, deadline=self.deadline, user=user, watch=watch)
            if result.code != NOT_STARTED:
                return question.without_key(result)
        raise NoPython(
            f"no Python was found in container {self.name}",
            hint=f"name it: docker://{self.name}?python=/path/to/python",
        )


def interpreters(container: Mapping[str, Any], asked: str | None) -> Iterator[str]:
    """Where a Python to run the probe may be, the likeliest first."""
    if asked is not None:
        yield asked
        return
    path = str(container.get("Path") or "")
    if path.startswith("/") and _PYTHON.fullmatch(PurePosixPath(path).name):
        yield path
    yield from ("python3", "python")
    virtual = environment(container).get("VIRTUAL_ENV")
    if virtual and virtual.startswith("/"):
        yield f"{virtual}/bin/python"
    yield from _USUAL_PLACES


def environment(container: Mapping[str, Any]) -> dict[str, str]:
    """The variables the engine starts the container with; the values stay in memory."""
    pairs = (str(entry).partition("=") for entry in container["Config"].get("Env") or ())
    return {name: value for name, _, value in pairs}


def merge(first: Reading, second: Reading) -> Reading:
    """Two looks at one target, as two users: of each section the one that told more, the second when equal."""
    sections = dict(first.sections)
    for name, section in second.sections.items():
        before = sections.get(name)
        if before is None or _RANK.index(section.status) <= _RANK.index(before.status):
            sections[name] = section
    return replace(second, sections=sections)


def with_engine_facts(reading: Reading, container: Mapping[str, Any], request: Request) -> Reading:
    """The reading with what only the engine knows, and its identity."""
    sections = dict(reading.sections)
    if "environment" in sections and sections["environment"].status is Status.UNAVAILABLE:
        sections["environment"] = _engine_environment(sections["environment"], container, request)
    if "volumes" in sections and sections["volumes"].status.looked:
        sections["volumes"] = _engine_volumes(sections["volumes"], container)
    identity = {"image": str(container.get("Image", ""))}
    return replace(reading, sections=sections, identity={key: value for key, value in identity.items() if value})


def _engine_environment(refused: Section, container: Mapping[str, Any], request: Request) -> Section:
    from parity.probe.collectors.environment import from_pairs
    from parity.profile import freeze

    items, notes = from_pairs(environment(container), "engine", request.of_values())
    return Section(
        status=Status.PARTIAL,
        reason=f"the environment of the process was refused ({refused.reason}); these are the engine's names",
        items=freeze.items(items, freeze.made_visible),
        notes=notes,
        hidden=("*",),
    )


def _engine_volumes(section: Section, container: Mapping[str, Any]) -> Section:
    """Which mounts are named volumes or binds, and which declared volumes are not mounted at all."""
    items = dict(section.items)
    mounted = {str(mount.get("Destination")): mount for mount in container.get("Mounts") or ()}
    for path, mount in mounted.items():
        before = items.get(path)
        if isinstance(before, Mapping):
            items[path] = {**before, "kind": mount_kind(mount)}
    for path in container["Config"].get("Volumes") or {}:
        if path not in mounted and path not in items:
            items[str(path)] = {"kind": "declared volume", "mounted": False}
    return replace(section, items=items)


def mount_kind(mount: Mapping[str, Any]) -> str:
    """What the engine says is mounted: bind, volume, anonymous volume, tmpfs."""
    kind = safe(mount.get("Type", "mount"))
    if kind == "volume" and re.fullmatch(r"[0-9a-f]{64}", str(mount.get("Name", ""))):
        return "anonymous volume"
    return kind
