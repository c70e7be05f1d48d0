"""The shipped list of variables that a program's surroundings set for themselves.

`data/environment_names.txt` is meant to be read; this file is only how it is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"\[(?P<name>[^\]]+)\] (?P<reason>.+)")
_SERVICE = re.compile(r"(?P<service>.+?)_(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT(?:_\d+_(?:TCP|UDP)(?:_.+)?)?)")


@dataclass(frozen=True, slots=True)
class Group:
    """Names that the same thing sets."""

    name: str
    reason: str
    """Who sets them, to end the sentence "it is set by ..."."""
    marker: str | None
    """A variable without which the group does not count."""
    names: frozenset[str]
    pattern: re.Pattern[str] | None
    """The names with a `*`."""

    def has(self, name: str) -> bool:
        """Whether the group holds the name."""
        return name in self.names or (self.pattern is not None and self.pattern.fullmatch(name) is not None)


def setter(name: str, beside: Set[str]) -> str | None:
    """Who sets a variable for itself, in words; None when a program may be the one that reads it.

    `beside` are all names of the environment that the variable stands in.
    """
    for group in groups():
        if (group.marker is None or group.marker in beside) and group.has(name):
            return group.reason
    found = _SERVICE.fullmatch(name)
    if found and {f"{found['service']}_{end}" for end in ("SERVICE_HOST", "SERVICE_PORT", "PORT")} <= beside:
        return "Kubernetes, for a service beside it"
    return None


@cache
def groups() -> tuple[Group, ...]:
    """The list, in its order."""
    return tuple(parsed((files("parity.policy") / "data" / "environment_names.txt").read_text("utf-8")))


def parsed(text: str) -> Iterator[Group]:
    """The groups that a text in the list's format holds. Raises ValueError for a name outside a group."""
    header: re.Match[str] | None = None
    marker: str | None = None
    names: list[str] = []
    for line in (*text.splitlines(), "[end] end"):
        if not line or line.startswith("#"):
            continue
        found = _HEADER.fullmatch(line)
        if found:
            if header:
                yield _group(header, marker, names)
            header, marker, names = found, None, []
        elif header is None:
            raise ValueError(f"a name outside a group: {line}")
        elif line.startswith("if "):
            marker = line.removeprefix("if ")
        else:
            names.append(line)


def _group(header: re.Match[str], marker: str | None, names: list[str]) -> Group:
    globs = [translate(name) for name in names if "*" in name]
    pattern = re.compile("|".join(globs)) if globs else None
    return Group(header["name"], header["reason"], marker, frozenset(n for n in names if "*" not in n), pattern)
