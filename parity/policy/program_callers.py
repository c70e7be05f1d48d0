"""The shipped list of programs that distributions start by their names.

`data/program_callers.txt` is meant to be read; this file is only how it is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Caller:
    """Distributions that start the same program."""

    distributions: tuple[str, ...]
    programs: tuple[str, ...]
    """One of these has to be there."""
    source: str


@cache
def callers() -> tuple[Caller, ...]:
    """The list, in its order."""
    return tuple(parsed((files("parity.policy") / "data" / "program_callers.txt").read_text("utf-8")))


@cache
def of(program: str) -> tuple[Caller, ...]:
    """The callers of a program."""
    return tuple(one for one in callers() if program in one.programs)


def parsed(text: str) -> Iterator[Caller]:
    """The callers that a text in the list's format holds. Raises ValueError for a program without one or a source."""
    distributions: tuple[str, ...] = ()
    source = ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            distributions, source = tuple(line.strip("[]").split()), ""
        elif line.startswith("source "):
            source = line.removeprefix("source ")
        elif not distributions or not source:
            raise ValueError(f"a program without a distribution or a source: {line}")
        else:
            yield Caller(distributions, tuple(name.strip() for name in line.split("|")), source)
