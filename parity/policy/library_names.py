"""The shipped list of variables that libraries read by themselves.

`data/library_names.txt` is meant to be read; this file is only how it is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Reader:
    """Distributions that read the same variables."""

    distributions: tuple[str, ...]
    names: re.Pattern[str]


def reader(name: str, installed: Container[str]) -> str | None:
    """The first installed distribution that reads a variable by itself, by the list; None where none does."""
    for one in readers():
        if one.names.fullmatch(name):
            found = next((each for each in one.distributions if each in installed), None)
            if found is not None:
                return found
    return None


@cache
def readers() -> tuple[Reader, ...]:
    """The list, in its order."""
    return tuple(parsed((files("parity.policy") / "data" / "library_names.txt").read_text("utf-8")))


def parsed(text: str) -> Iterator[Reader]:
    """The readers that a text in the list's format holds. Raises ValueError for a name outside a group."""
    distributions: tuple[str, ...] = ()
    names: list[str] = []
    for line in (*text.splitlines(), "[]"):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            if distributions:
                yield Reader(distributions, re.compile("|".join(map(translate, names))))
            distributions, names = tuple(line.strip("[]").split()), []
        elif not distributions:
            raise ValueError(f"a name outside a group: {line}")
        else:
            names.append(line)
