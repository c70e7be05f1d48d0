"""Compose files: what the project's own services are given, and the versions of the servers beside them.

A service is the project's own when it is built, and, where a file builds none, when its image is no well-known
server's. Format: the Compose Specification (compose-spec.io).
"""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from parity.declared.commands.line import of_text, of_words
from parity.declared.containers.document import Node, NotYaml, documents
from parity.declared.containers.image import is_server, python_of, server_of
from parity.declared.facts import DeclaredName, Facts, Fault, Mount, Place, User
from parity.probe.collectors.environment import is_name

_REFERENCE = re.compile(r"\$\{\w+:?-([^${}]*)\}")
_FILLED = re.compile(r"\$(?:\w+|\{[^{}]*\})", re.ASCII)
_HIDES = (("environment", "*"), ("database", "server_version"))


@dataclass(frozen=True, slots=True)
class Compose:
    """What a file says, and the dotenv files that its services are given."""

    facts: Facts
    env_files: tuple[tuple[str, Place], ...] = ()
    """(path from the repository's root, where it is asked for)."""


def read(text: str, name: str) -> Compose:
    """Everything that a compose file says. It is not interpolated; a default stands for its variable."""
    try:
        roots = documents(text)
    except NotYaml as error:
        return Compose(Facts(faults=(Fault(f"{name}: {error}", _HIDES),)))
    services = roots[0].get("services") if roots else None
    found = [node for _, node, _ in services.pairs()] if services else []
    images = [(_text(node, "image"), Place(name, _line(node, "image"))) for node in found]
    built = [node for node in found if node.get("build") is not None]
    own = built or [node for node in found if not is_server(_text(node, "image"))]
    commands = Facts.joined(one for node in own for one in _commands(node, name))
    return Compose(
        Facts(
            pythons=tuple(filter(None, (python_of(image, at) for image, at in images))),
            declared_names=tuple(one for node in own for one in variables(node.get("environment"), name)),
            users=tuple(User(user, Place(name, _line(node, "user"))) for node in own if (user := _text(node, "user"))),
            mounts=tuple(one for node in own for one in _mounts(node, name)),
            read_names=commands.read_names,
            started=commands.started,
            server_versions=tuple(filter(None, (server_of(image, at) for image, at in images))),
        ),
        tuple(one for node in own for one in _env_files(node, name)),
    )


def variables(environment: Node | None, name: str) -> Iterator[DeclaredName]:
    """The names of a mapping {NAME: value}, or of a list of "NAME=value"; without a value the name is passed on."""
    if environment is None:
        return
    for key, value, line in environment.pairs():
        if is_name(key):
            yield DeclaredName(key, Place(name, line), not value.null, value.text == "" and not value.null)
    for one in environment.elements:
        key, equals, value_ = (one.text or "").partition("=")
        if is_name(key):
            yield DeclaredName(key, Place(name, one.line), bool(equals), bool(equals) and not value_)


def _text(node: Node, key: str) -> str:
    return _REFERENCE.sub(r"\1", node.said(key) or "")


def _line(node: Node, key: str) -> int:
    found = node.get(key)
    return found.line if found else node.line


def _mounts(node: Node, name: str) -> Iterator[Mount]:
    for key in ("volumes", "tmpfs"):
        for one in [*node.each(key), *([single] if (single := node.get(key)) and single.text else [])]:
            target = one.said("target") or _target(one.text or "", key)
            if target.startswith("/") and "$" not in target:
                yield Mount(posixpath.normpath(target), Place(name, one.line))


def _target(text: str, key: str) -> str:
    """The mount point in "source:/target:ro"; a colon within ${NAME:-default} is none of those."""
    parts = _REFERENCE.sub("x", text).split(":")
    return parts[0] if key == "tmpfs" or len(parts) == 1 else parts[1]


def _commands(node: Node, name: str) -> Iterator[Facts]:
    for path in (("command",), ("entrypoint",), ("healthcheck", "test")):
        given = node.get(*path)
        if given is None or given.null:
            continue
        at = Place(name, given.line)
        words = [_own(one.text or "") for one in given.elements]
        text = _own(given.text or "")
        if words[:1] == ["CMD-SHELL"] or (text and path[-1] == "test"):
            yield of_text(text or " ".join(words[1:]), at)
        elif words[:1] != ["NONE"]:
            yield of_words(words[words[:1] == ["CMD"] :] or _split(text), at, certain=path[-1] != "command")


def _own(text: str) -> str:
    """Without what Compose fills in from the host; a doubled dollar is the container's own."""
    return "$".join(_FILLED.sub("", _REFERENCE.sub(r"\1", part)) for part in text.split("$$"))


def _split(text: str) -> list[str]:
    """Words, as Compose takes a line apart, which no shell sees."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _env_files(node: Node, name: str) -> Iterator[tuple[str, Place]]:
    given = node.get("env_file")
    for one in [given, *given.elements] if given else []:
        path = one.said("path") or one.text
        if path and "$" not in path:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            yield beside, Place(name, one.line)
