"""What releases changed and what programs do, as data with its sources: parity/explain/data.

A change tells what came, went or behaves otherwise. `names` are the things themselves, from which the messages follow
that a program gets where they lack: "zoneinfo" a module, "str.removeprefix" an attribute, "zip(strict)" a parameter,
"builtins.aiter" a builtin, "PyDict_Pop" a symbol of the C API; for PostgreSQL "any_value()" a function, "setting x",
"relation x", "column x.y", "role x", "type x", "extension x", "language x". What has no name has a `pattern`, by which
a message or the line that fails names it, and a `message`, the error that it leads to. Patterns are regular
expressions without regard to case, and take time linear in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

Told: TypeAlias = Literal["message", "line"]
"""Where a failure tells of a change: in what it says, or in the line that fails."""

_TITLES = {"python": "Python", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a release."""

    version: tuple[int, ...]
    """The release that made it: (3, 12), (17,), (2, 3)."""
    kind: Literal["added", "removed", "changed"]
    """"removed" is also what only the newer release refuses; "changed" may break either way."""
    source: str
    """The address of the release's own list of changes."""
    words: str = ""
    """One sentence without its full stop; "" where `names` tell it."""
    names: tuple[str, ...] = ()
    instead: str = ""
    """What to use for what was removed."""
    pattern: str = ""
    """What names it otherwise, in the message or in the line that fails; "" where the message alone tells."""
    message: str = ""
    """What the error says; "" for any."""
    weight: float = 1.0
    """0 to 1: how much the failure that it leads to is its own, and not one of many that read the same."""
    distribution: str = "python"
    """Whose release: a normalised name, or "python" or "postgresql"."""
    example: str = ""
    """An error that it leads to, where `names` do not give one."""
    line: str = ""
    """The line that fails in the example."""

    def told(self, said: str, lines: str = "") -> Told | None:
        """Where a failure tells of it: `said` is its messages, `lines` the source that fails.

        A line is believed only where the message is the one that the change leads to: everybody's code names much.
        """
        if self.message and not _compiled(self.message).search(said):
            return None
        expression = _expression(self.names, self.pattern)
        if not expression or _compiled(expression).search(said):
            return "message"
        return "line" if self.message and self.pattern and _compiled(self.pattern).search(lines) else None

    def sentence(self, said: str) -> str:
        """What the release did, in a sentence without its full stop; of several names the one that is told of."""
        if self.words:
            return self.words
        told = (name for name in self.names if _compiled(_expression((name,), "")).search(said))
        name = next(told, self.names[0]).removeprefix("builtins.")
        release = f"{_TITLES.get(self.distribution, self.distribution)} {'.'.join(map(str, self.version))}"
        if self.kind == "added":
            return f"{name} came with {release}"
        return f"{release} removed {name}" + (f"; use {self.instead}" if self.instead else "")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that changes how Python, or a program that reads it by itself, behaves."""

    name: str
    program: str
    """The distribution that reads it; "python", "libc", "openssl", "libpq" or "loader" for those that are none."""
    likelihood: float
    words: str
    source: str
    pattern: str = ""
    """What a failure says that it led to, over its messages and the lines that fail; "" where only the path tells.
    "raised some.Type" stands there on a line for every exception, and "asserts" where what fails has an assert."""
    message: str = ""
    """What is said besides; "" for any."""

    def told(self, said: str) -> str:
        """The words by which a failure tells of it; "" where it does not."""
        if not self.pattern or (self.message and not _compiled(self.message).search(said)):
            return ""
        found = _compiled(self.pattern).search(said)
        return found[0].strip() if found else ""


@cache
def python() -> tuple[Change, ...]:
    """The changes of Python's releases."""
    return tuple(_change(row, "python") for row in _rows("python"))


@cache
def postgresql() -> tuple[Change, ...]:
    """The changes of PostgreSQL's releases."""
    return tuple(_change(row, "postgresql") for row in _rows("postgresql"))


@cache
def packages() -> Mapping[str, tuple[Change, ...]]:
    """{distribution: the changes of its releases}."""
    found: dict[str, list[Change]] = {}
    for row in _rows("packages"):
        found.setdefault(row["distribution"], []).append(_change(row, row["distribution"]))
    return {name: tuple(held) for name, held in found.items()}


@cache
def variables() -> Mapping[str, tuple[Variable, ...]]:
    """{name: what each program that reads it without being asked makes of it}."""
    found: dict[str, list[Variable]] = {}
    for row in _rows("variables"):
        shared = {key: value for key, value in row.items() if key != "names"}
        for name in row["names"]:
            found.setdefault(name, []).append(Variable(name, **{**shared, "words": row["words"].format(name=name)}))
    return {name: tuple(held) for name, held in found.items()}


def _change(row: Mapping[str, Any], distribution: str) -> Change:
    version = tuple(int(part) for part in row["version"].split("."))
    return Change(**{**row, "version": version, "names": tuple(row.get("names", ())), "distribution": distribution})


def _rows(name: str) -> list[dict[str, Any]]:
    text = (files("parity.explain") / "data" / f"{name}.json").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


# What a program is told where a name lacks

_SYMBOL = re.compile(r"_?Py\w+\Z")
_PARAMETER = re.compile(r"(?P<call>[\w.]+)\((?P<name>\w+)\)\Z")
_OBJECT = re.compile(r"(?P<kind>setting|relation|column|role|type|extension|language) (?P<name>[\w.]+)\Z")
_OF_THE_SERVER = {
    "setting": r"unrecognized configuration parameter \"{0}\"",
    "relation": r"relation \"(?:pg_catalog\.|information_schema\.)?{0}\" does not exist",
    "role": r"role \"{0}\" does not exist",
    "type": r"type \"{0}(?:\[\])?\" does not exist",
    "extension": r"extension \"{0}\" is not available|extension control file \"[^\"\n]{{0,200}}/{0}\.control\"",
    "language": r"language \"{0}\" does not exist",
}


@cache
def _expression(names: tuple[str, ...], pattern: str) -> str:
    return "|".join([*_messages(names), *([pattern] if pattern else [])])


def _messages(names: Iterable[str]) -> Iterator[str]:
    held: dict[str, list[str]] = {}
    for name in names:
        found, parameter = _OBJECT.match(name), _PARAMETER.match(name)
        if found:
            yield _of_the_server(found["kind"], found["name"])
        elif name.endswith("()"):
            yield rf"function (?:pg_catalog\.)?{re.escape(name[:-2])}\([^)\n]{{0,300}}\) does not exist"
        elif parameter:
            yield _parameter(parameter["call"].rpartition(".")[2], parameter["name"])
        elif _SYMBOL.match(name):
            held.setdefault("", []).append(name)
        else:
            if not name.startswith("builtins."):
                yield rf"no module named '{re.escape(name)}(?:\.|')"
            parent, _, own = name.rpartition(".")
            if parent:
                held.setdefault(parent, []).append(own)
    for parent, lacking in held.items():
        yield from _attributes(parent, "|".join(map(re.escape, lacking)))


def _of_the_server(kind: str, name: str) -> str:
    if kind != "column":
        return _OF_THE_SERVER[kind].format(re.escape(name))
    relation, _, column = name.rpartition(".")
    said = rf"column \"?(?:\w{{1,63}}\.)?{re.escape(column)}\"?(?: of relation \"{relation}\")? does not exist"
    # The statement stands after the message, as the drivers print it.
    return rf"{said}[\s\S]{{0,2000}}\b{relation}\b" if relation else said


def _parameter(call: str, name: str) -> str:
    return (
        rf"\b{call}(?:\.__init__|\.__new__)?\(\) got an unexpected keyword argument '{name}'"
        rf"|'{name}' is an invalid keyword argument for {call}\(\)"
    )


def _attributes(parent: str, names: str) -> Iterator[str]:
    if not parent:
        yield rf"undefined symbol: (?:{names})\b"
        return
    if parent == "builtins":
        yield rf"name '(?:{names})' is not defined"
    module, own = re.escape(parent), re.escape(parent.rpartition(".")[2])
    yield rf"cannot import name '(?:{names})' from (?:partially initialized module )?'{module}'"
    yield rf"module '{module}' has no attribute '(?:{names})'"
    yield rf"'(?:[\w.]{{1,80}}\.)?{own}' (?:object )?has no attribute '(?:{names})'"


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
