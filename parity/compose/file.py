"""A compose file, read for what the engine's labels do not tell: which services there are, and the image of one.

Source: the Compose Specification (compose-spec.io), "Compose file", "Merge", "Interpolation"; and of docker compose,
how it finds a file and names a project. Nothing of the file is built into objects: its nodes are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parity.errors import UsageError
from parity.profile.freeze import Broken
from parity.profile.load import read as read_file
from parity.text import safe

if TYPE_CHECKING:
    from yaml import Node

NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
"""What a compose file is called, in the order in which docker compose looks."""

MAX_BYTES = 1 << 18

_REFERENCE = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<plain>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?:(?P<how>:?[-?+])(?P<word>[^${}]*))?\})",
    re.ASCII,
)
_MERGE_TAG = "tag:yaml.org,2002:merge"


class Unset(Exception):
    """A variable that the file asks for is not set; the text is its name."""


@dataclass(frozen=True, slots=True)
class ComposeFile:
    """One compose file, or several that are merged: of what two of them say, the later counts."""

    paths: tuple[Path, ...]
    name: str | None
    """The project's name, as the file gives it."""
    images: Mapping[str, str | None]
    """{service: its image as written, None where it is built}."""

    @property
    def shown(self) -> str:
        return safe(self.paths[0])

    def projects(self) -> frozenset[str]:
        """What the project may be called: by the file, else for the directory, by the rule of v2 or of v1."""
        if self.name:
            return frozenset({self.name})
        plain = re.sub(r"[^a-z0-9_-]", "", self.paths[0].absolute().parent.name.lower())
        return frozenset({plain, plain.lstrip("_-")}) - {""}

    def image(self, service: str, environ: Mapping[str, str]) -> str | None:
        """The image of a service, its variables filled in; None where it is built. Raises Unset."""
        written = self.images[service]
        return None if written is None else interpolated(written, {**_dotenv(self.paths[0].parent), **environ})


def locate(directory: Path) -> tuple[Path, ...]:
    """The compose file that is in force in a directory, and its override; () where there is none."""
    for place in (directory, *directory.parents):
        for name in NAMES:
            path = place / name
            if _is_file(path):
                override = path.with_name(f"{path.stem}.override{path.suffix}")
                return (path, override) if _is_file(override) else (path,)
    return ()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def read(paths: Sequence[Path], environ: Mapping[str, str]) -> ComposeFile:
    """What compose files say. Raises UsageError for one that cannot be read."""
    name, images = None, dict[str, "str | None"]()
    for path in paths:
        root = _root(path)
        named = _text(_get(root, "name"))
        if named:
            try:
                name = interpolated(named, environ)
            except Unset:
                name = None
        for service, declared in _pairs(_get(root, "services")):
            image = _text(_get(declared, "image"))
            images[service] = image or images.get(service)
    return ComposeFile(tuple(paths), name, images)


def interpolated(text: str, environ: Mapping[str, str]) -> str:
    """The text with its variables filled in. Raises Unset for one that has no value and no default."""

    def value(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        name, how = match["plain"] or match["name"], match["how"] or ""
        # With a colon, empty counts as not set.
        is_set = bool(environ.get(name)) if how.startswith(":") else name in environ
        if how.endswith("+"):
            return match["word"] if is_set else ""
        if is_set:
            return environ[name]
        if how.endswith("-"):
            return str(match["word"])
        raise Unset(name)

    return _REFERENCE.sub(value, text)


def _dotenv(directory: Path) -> dict[str, str]:
    """The variables that docker compose takes from beside the file."""
    from parity.database.dotenv import values

    try:
        return values(read_file(str(directory / ".env"), "dotenv file", MAX_BYTES).decode("utf-8", "replace"), {})
    except (Broken, UsageError):
        return {}


def _root(path: Path) -> Node | None:
    import yaml

    shown = f"the compose file {safe(path)}"
    try:
        data = read_file(str(path), "compose file", MAX_BYTES)
        if len(data) > MAX_BYTES:
            raise Broken(f"larger than {MAX_BYTES >> 10} KiB")
        # The loader in Python, for the one in C does not say when nesting is too deep for its stack.
        loaded: Node | None = yaml.compose(data, yaml.SafeLoader)
    except Broken as broken:
        raise UsageError(f"{shown} cannot be read: {broken.rule}") from None
    except RecursionError:
        raise UsageError(f"{shown} cannot be read: it is nested too deep") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UsageError(f"{shown} is no YAML" + (f": line {mark.line + 1}" if mark else "")) from None
    return loaded


def _pairs(node: Any, seen: set[int] | None = None) -> Iterator[tuple[str, Any]]:
    """(key, node) of a mapping, what is merged into it first: the last of a key counts. Each node is merged once."""
    seen = set() if seen is None else seen
    if not _is_mapping(node) or id(node) in seen:
        return
    seen.add(id(node))
    for key, value in node.value:
        if _text(key, _MERGE_TAG) == "<<":
            for one in [value] if _is_mapping(value) else reversed(_list(value)):
                yield from _pairs(one, seen)
    for key, value in node.value:
        if name := _text(key):
            yield name, value


def _get(node: Any, name: str) -> Any:
    return dict(_pairs(node)).get(name)


def _is_mapping(node: Any) -> bool:
    from yaml import MappingNode

    return isinstance(node, MappingNode)


def _list(node: Any) -> list[Any]:
    from yaml import SequenceNode

    return list(node.value) if isinstance(node, SequenceNode) else []


def _text(node: Any, tag: str = "tag:yaml.org,2002:str") -> str:
    return str(node.value) if getattr(node, "tag", None) == tag else ""
