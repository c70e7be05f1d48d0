"""How a command is run where production is, by the kind of its target. What a target brings is quoted, or left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from shlex import join

from parity.profile.model import Profile

_PLAIN = re.compile(r"[A-Za-z0-9_/.][A-Za-z0-9_./:@+-]{0,199}")
"""What a log or a profile may bring into a command: nothing that a shell, or a program as an option, obeys."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where production is, as a shell on this machine reaches it."""

    kind: str = ""
    """Of its target; "" where commands are run by hand, on that machine."""
    name: str = ""
    """The container, service, unit, host or KIND/NAME."""
    inside: tuple[str, ...] = ()
    """What stands before a command that is run there."""
    beside: tuple[str, ...] = ()
    """What stands before a command of its keeper: docker, docker compose, kubectl."""
    python: str = "python3"

    def run(self, *command: str) -> str:
        """A command there, without a shell."""
        # ssh hands one text to the login's shell.
        return join([*self.inside, join(command)] if self.kind == "ssh" else [*self.inside, *command])

    def shell(self, script: str) -> str:
        """A script of the shell there."""
        if not self.inside:
            return script
        return join([*self.inside, script] if self.kind == "ssh" else [*self.inside, "sh", "-c", script])

    def keeper(self, *command: str) -> str:
        """A command of docker, compose, kubectl about the place."""
        return join([*self.beside, *command])


def place(production: Profile) -> Place:
    """Where a profile was taken; a plain shell of that machine where its kind has no way in."""
    said = production.sections["python"].items.get("executable") if "python" in production.sections else None
    python = said if isinstance(said, str) and plain(said) else "python3"
    reference, _, option = production.target.reference.partition("?")
    way = _WAYS.get(production.target.kind)
    if way is None or not plain(reference) or (option and not plain(option.partition("=")[2])):
        return Place(python=python)
    return way(reference, option.partition("=")[2], python)


def plain(text: str) -> bool:
    """Whether a text may stand in a command."""
    return _PLAIN.fullmatch(text) is not None


def _docker(name: str, option: str, python: str) -> Place:
    return Place("docker", name, ("docker", "exec", name), ("docker",), python)


def _compose(service: str, project: str, python: str) -> Place:
    compose = ("docker", "compose", *(("--project-name", project) if project else ()))
    return Place("compose", service, (*compose, "exec", "-T", service), compose, python)


def _kubernetes(reference: str, container: str, python: str) -> Place:
    parts = reference.split("/")
    if len(parts) < 3:
        return Place(python=python)
    *context, namespace, kind, name = parts
    kubectl = ("kubectl", *((f"--context={'/'.join(context)}",) if context else ()), f"--namespace={namespace}")
    what, of_container = f"{kind}/{name}", ((f"--container={container}",) if container else ())
    return Place("kubernetes", what, (*kubectl, "exec", what, *of_container, "--"), kubectl, python)


def _ssh(host: str, option: str, python: str) -> Place:
    way = ("ssh", f"ssh://{host}" if ":" in host else host)
    return Place("ssh", host, way, way, python)


def _systemd(unit: str, option: str, python: str) -> Place:
    return Place("systemd", unit, (), (), python)


_WAYS: Mapping[str, Callable[[str, str, str], Place]] = {
    "docker": _docker,
    "compose": _compose,
    "kubernetes": _kubernetes,
    "ssh": _ssh,
    "systemd": _systemd,
}
