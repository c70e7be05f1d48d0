"""The shipped lists of packages: tools for development, what is started and not imported, what others import by
themselves, what keeps files below the home, and minor releases that break.

The lists in `data/` are meant to be read; this file is only how they are looked up. Names are normalised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that a list holds below one head and one source."""

    head: str
    """What stands between the brackets."""
    after: str
    """What stands behind them."""
    source: str
    lines: tuple[str, ...]


def development(name: str) -> str | None:
    """What a tool for development is for, to end the sentence "it is a tool ..."; None for any other package."""
    return next((words for words, names in _tools() if names.fullmatch(name)), None)


@cache
def started_by(command: str) -> tuple[str, ...]:
    """The distributions whose command it is: "gunicorn"."""
    return tuple(
        name for entry in _entries("started_programs") if command in entry.lines for name in entry.head.split()
    )


@cache
def started() -> frozenset[str]:
    """Every distribution that is started by a command of its own."""
    return frozenset(name for entry in _entries("started_programs") for name in entry.head.split())


@cache
def implicit(distribution: str) -> tuple[str, ...]:
    """What a distribution imports where it is there, or where a setting names it."""
    found = (entry for entry in _entries("implicit_imports") if distribution in entry.head.split())
    return tuple(name for entry in found for name in entry.lines)


@cache
def breaking(distribution: str) -> tuple[tuple[str, str], ...]:
    """(version, what it did) of each minor release of a distribution that took something away, in the list's order."""
    found = (entry for entry in _entries("breaking_minors") if distribution == entry.head)
    return tuple((line.partition(" ")[0], line) for entry in found for line in entry.lines)


@cache
def writes_home(name: str) -> bool:
    """Whether a distribution keeps a cache or settings below the user's home as long as nothing tells it otherwise."""
    return any(name in entry.head.split() for entry in _entries("home_writers"))


@cache
def _tools() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = _entries("development_tools")
    return tuple((entry.after, re.compile("|".join(map(translate, entry.lines)))) for entry in entries)


@cache
def _entries(name: str) -> tuple[Entry, ...]:
    return tuple(parsed((files("parity.policy") / "data" / f"{name}.txt").read_text("utf-8")))


_HEAD = re.compile(r"\[(?P<head>[^\]]+)\](?: (?P<after>.+))?")


def parsed(text: str) -> Iterator[Entry]:
    """The entries of a text in the lists' form. Raises ValueError for a line that stands below no head."""
    head, source = None, ""
    lines: list[str] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        found = _HEAD.fullmatch(line)
        if found is None and head is None:
            raise ValueError(f"a line below no head: {line}")
        if found is not None:
            if head is not None:
                yield Entry(head["head"], head["after"] or "", source, tuple(lines))
            head, source, lines = found, "", []
        elif line.startswith("source "):
            source = line.removeprefix("source ")
        else:
            lines.append(line)
    if head is not None:
        yield Entry(head["head"], head["after"] or "", source, tuple(lines))
