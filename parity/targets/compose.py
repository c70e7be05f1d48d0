"""A service of docker compose: its running containers, compared with one another, or its image where none runs.

Which project is meant is told by ?project=, by ?file=, by the variables that docker compose itself goes by, and by the
compose file of the working directory where one of its projects has the service.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from parity.errors import Incomplete, ParityError, TargetError, Unreachable, UsageError
from parity.profile import Profile, Section
from parity.profile.model import Source
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from docker.api.client import APIClient

    from parity.compose.containers import Replica
    from parity.compose.file import ComposeFile

SUMMARY = "a service of docker compose: its running containers, or its image"
EXAMPLE = "compose://web?file=compose.yaml"
OPTIONS: tuple[str, ...] = ("file", "project")

_SERVICE = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,127}")
_PROJECT = re.compile(r"[a-z0-9_][a-z0-9_-]{0,127}")
_SHOWN = 3


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Compose:
    """compose://SERVICE[?file=FILE][&project=NAME]; several files are merged, as docker compose -f does."""
    if not _SERVICE.fullmatch(reference):
        shown = f"'{safe(reference[:60])}'" if reference else "nothing"
        raise TargetError(f"compose:// is followed by the name of a service, not by {shown}", hint=f"like {EXAMPLE}")
    project = options["project"][-1] if "project" in options else None
    if project is not None and not _PROJECT.fullmatch(project):
        raise TargetError(f"'{safe(project[:60])}' cannot be a project of compose", hint="like ?project=shop")
    if "" in options.get("file", ()):
        raise TargetError("?file= is followed by the path of a compose file", hint=f"like {EXAMPLE}")
    return Compose(reference, project, options.get("file", ()))


@dataclass(frozen=True, slots=True)
class Compose:
    """A service by its name, and what tells of which project it is."""

    service: str
    project: str | None = None
    files: tuple[str, ...] = ()
    kind: str = "compose"

    @property
    def reference(self) -> str:
        """SERVICE, and ?project= when one was named."""
        return self.service + (f"?project={self.project}" if self.project else "")

    def containers(self, client: APIClient) -> Sequence[Replica]:
        """Its containers, whatever their state. Raises UsageError where several projects have such a service."""
        from parity.compose.containers import replicas

        return _choose(self, replicas(client, self.service), os.environ, Path.cwd()).replicas

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.compose.containers import replicas
        from parity.engine.connect import connect

        progress(f"{self.service}: asking the engine")
        client = connect(request.timeout)
        try:
            found = replicas(client, self.service)
        finally:
            client.close()
        choice = _choose(self, found, os.environ, Path.cwd())
        running = [one for one in choice.replicas if one.running]
        if running:
            profile = _of_containers(self, running, request, progress)
            others = [f"{one.container} is {one.state}" for one in choice.replicas if not one.running]
            notes = [f"{len(others)} of {len(choice.replicas)} replicas left out: {_some(others)}"] if others else []
        else:
            profile = _of_image(self, choice, request, progress)
            notes = [f"service {self.service} does not run: this is what its image holds"]
            progress.warn(notes[0])
        return replace(
            _noted(profile, notes), name=request.name or self.reference, target=Source(self.kind, self.reference)
        )


@dataclass(frozen=True, slots=True)
class _Choice:
    """The containers of one project, and the compose file if it is known."""

    replicas: Sequence[Replica]
    paths: tuple[Path, ...]
    environ: Mapping[str, str]

    def file(self) -> ComposeFile | None:
        from parity.compose.file import read

        return read(self.paths, self.environ) if self.paths else None


def _choose(target: Compose, found: Sequence[Replica], environ: Mapping[str, str], directory: Path) -> _Choice:
    """The containers of the project that is meant. Raises UsageError when that may be more than one."""
    from parity.compose.containers import of_files
    from parity.compose.file import locate, read

    separator = environ.get("COMPOSE_PATH_SEPARATOR") or os.pathsep
    named = target.files or tuple(filter(None, environ.get("COMPOSE_FILE", "").split(separator)))
    paths = tuple(Path(one).expanduser() for one in named) or locate(directory)
    project = target.project or environ.get("COMPOSE_PROJECT_NAME")
    if project:
        chosen = [one for one in found if one.project == project]
    elif paths:
        # The labels tell by which file a container was made, unless it was from another machine or place.
        chosen = of_files(found, paths)
        if not chosen and (found or named):
            file = read(paths, environ)
            if named and target.service not in file.images:
                raise _no_service(target.service, file)
            chosen = [one for one in found if one.project in file.projects()]
        # A file that merely lies here says nothing of the services of others.
        chosen = chosen if chosen or named else list(found)
    else:
        chosen = list(found)
    projects = sorted({one.project for one in chosen})
    if len(projects) > 1:
        raise UsageError(
            f"several projects have a service {target.service}: {_some(projects, 8)}",
            hint=f"?project=NAME or ?file=FILE picks one: compose://{target.service}?project={projects[0]}",
        )
    return _Choice(chosen, paths, environ)


def _of_containers(target: Compose, running: Sequence[Replica], request: Request, progress: Progress) -> Profile:
    """The replicas, each looked at as docker:// does; the database is asked once, for all of them."""
    from parity.database import read_database
    from parity.snapshot.many import as_they_end
    from parity.snapshot.probe import cutoff
    from parity.snapshot.replicas import combine
    from parity.targets.docker import Docker

    progress(f"{target.service}: reading {len(running)} {'container' if len(running) == 1 else 'containers'}")
    alone = replace(request, skip=request.skip | {"database"}, database_url_env=None)
    deadline = time.monotonic() + cutoff(request)
    looks: list[Callable[[], Profile | Mapping[str, Section]]] = [
        partial(read_database, request, of_this_machine=False, deadline=deadline),
        *(partial(Docker(one.container).profile, alone, progress) for one in running),
    ]
    profiles: dict[int, Profile] = {}
    failures: dict[int, ParityError] = {}
    of_host: Mapping[str, Section] = {}
    for place, outcome in as_they_end(looks):
        if isinstance(outcome, Profile):
            profiles[place] = outcome
        elif isinstance(outcome, Mapping):
            of_host = outcome
        elif isinstance(outcome, Incomplete):
            failures[place] = outcome
        else:
            raise outcome
    if not profiles:
        raise failures[min(failures)]
    combined = combine([profiles[place] for place in sorted(profiles)])
    combined = replace(combined, sections={**combined.sections, **of_host})
    if not failures:
        return combined
    told = _some([f"{running[place - 1].container}: {failures[place]}" for place in sorted(failures)])
    note = f"{len(failures)} of {len(running)} replicas could not be read: {told}"
    progress.warn(note)
    return _noted(combined, [note])


def _of_image(target: Compose, choice: _Choice, request: Request, progress: Progress) -> Profile:
    """The image of a service that does not run: of its last container, else as its compose file has it."""
    if choice.replicas:
        latest = max(choice.replicas, key=lambda one: (one.created, one.container))
        return _image(latest.image, request, progress)
    file = choice.file()
    if file is None:
        raise Unreachable(
            f"the engine knows of no service {target.service}",
            hint="?file=FILE names the compose file; `docker compose ls` lists the projects that run",
        )
    if target.service not in file.images:
        raise _no_service(target.service, file)
    declared = _declared_image(target.service, file, choice.environ)
    if declared is not None:
        return _image(declared, request, progress)
    projects = [target.project] if target.project else sorted(file.projects())
    # As v2 calls what it builds, and as v1 did.
    for name in (f"{project}{mark}{target.service}" for project in projects for mark in "-_"):
        with suppress(Unreachable):
            return _image(name, request, progress)
    raise Unreachable(
        f"service {target.service} does not run, and its image was not built here",
        hint=f"`docker compose build {target.service}`",
    )


def _image(reference: str, request: Request, progress: Progress) -> Profile:
    from parity.targets.image import parse

    return parse(reference, {}).profile(request, progress)


def _declared_image(service: str, file: ComposeFile, environ: Mapping[str, str]) -> str | None:
    from parity.compose.file import Unset

    try:
        return file.image(service, environ)
    except Unset as unset:
        raise UsageError(
            f"the image of service {service} depends on the variable {unset}, which is not set here",
            hint=f"set {unset} as docker compose has it, or name the image: image://NAME",
        ) from None


def _no_service(service: str, file: ComposeFile) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(service, list(file.images), 1)
    hint = (
        f"did you mean {safe(near[0])} ?" if near else f"its services: {_some([safe(one) for one in file.images], 12)}"
    )
    return UsageError(f"{file.shown} has no service {service}", hint=hint)


def _noted(profile: Profile, notes: Sequence[str]) -> Profile:
    """The profile with sentences for a person, beside the process or whatever else was read."""
    looked = [name for name, section in profile.sections.items() if section.status.looked]
    if not notes or not looked:
        return profile
    name = "process" if "process" in looked else looked[0]
    section = profile.sections[name]
    noted = replace(section, notes=tuple(sorted({*section.notes, *notes})))
    return replace(profile, sections={**profile.sections, name: noted})


def _some(words: Sequence[str], most: int = _SHOWN) -> str:
    return "; ".join(words[:most]) + (f"; {len(words) - most} more" if len(words) > most else "")
