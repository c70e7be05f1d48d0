"""What releases changed and what programs do, as data with its sources: parity/explain/data.

A change holds `pattern`, by which a failing line or a message names what changed, and `message`, the error that it
leads to where that is narrower than any. Patterns are regular expressions without regard to case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a release."""

    version: tuple[int, ...]
    """The release that made it: (3, 12), (17,)."""
    kind: Literal["added", "removed", "changed"]
    pattern: str
    """What names it, in the line that fails or in the message; "" where the message alone tells."""
    message: str
    """What the error says; "" for any."""
    words: str
    """One sentence without its full stop."""
    source: str
    """The address of the release's own list of changes."""

    @property
    def named(self) -> bool:
        """Whether both what changed and its error are told, and not the name alone."""
        return bool(self.message)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that changes how Python, or a program that reads it by itself, behaves."""

    name: str
    program: str
    """The distribution that reads it; "python", "libc", "openssl" or "libpq" for those that are none."""
    pattern: str
    """What a failure says that it led to, over the messages and the failing lines; "" where only the path tells."""
    likelihood: float
    words: str
    source: str


@cache
def python() -> tuple[Change, ...]:
    """The changes of Python's releases."""
    return tuple(_change(row) for row in _rows("python"))


@cache
def postgresql() -> tuple[Change, ...]:
    """The changes of PostgreSQL's releases."""
    return tuple(_change(row) for row in _rows("postgresql"))


@cache
def variables() -> tuple[Variable, ...]:
    """The variables that are read without the program asking for them."""
    return tuple(Variable(**row) for row in _rows("variables"))


def _change(row: Mapping[str, Any]) -> Change:
    version = tuple(int(part) for part in row["version"].split("."))
    return Change(version, row["kind"], row.get("pattern", ""), row.get("message", ""), row["words"], row["source"])


def _rows(name: str) -> list[dict[str, Any]]:
    text = files("parity.explain.data").joinpath(f"{name}.json").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows
