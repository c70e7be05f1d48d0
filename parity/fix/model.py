"""What a fix is made of. Frozen values; a remedy holds no value of a variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["local", "production"]
"""The one that is to change."""

Where: TypeAlias = Literal["repository", "local", "production", "database"]
"""Where a command is run: in the repository's directory, where it works, where production is kept, in production's
database."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command for a person to run; one line of a shell."""

    text: str
    tells: str
    """What it does, a clause."""
    where: Where


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one file of the repository, by lines of the text as it stands."""

    path: str
    """From the repository's root, posix."""
    line: int
    """The line, from 1, that it begins at; one more than there are for the end of the file."""
    removed: int
    """How many lines go; 0 inserts before `line`."""
    lines: tuple[str, ...]
    """What stands there then, without line ends."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What closes one difference."""

    title: str
    """What is done, a clause in the imperative."""
    side: Side
    commands: tuple[Command, ...] = ()
    edits: tuple[Edit, ...] = ()
    constraints: tuple[str, ...] = ()
    """Lines of the constraints file: "click==8.1.7"."""
    variables: tuple[str, ...] = ()
    """Names of variables without which the program must not start."""
    notes: tuple[str, ...] = ()
    """What a person has to decide or to know, a clause each."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A finding, and what closes it."""

    label: str
    """`section.key`."""
    severity: str
    why: str
    side: Side
    remedies: tuple[Remedy, ...] = ()
    """Ways that belong together; none where nothing is known."""
    unknown: str = ""
    """Why nothing is known, or was refused; empty where there are remedies."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to write; a new one, never over another."""

    name: str
    text: str
    purpose: str
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """Everything for one comparison."""

    treated: tuple[Treated, ...]
    """In the order of the findings, or of the causes: the worst first."""
    files: tuple[File, ...]
    """A patch of the repository, a constraints file, a start-up check: those that there is something for."""
    tool: str
    """What the project is installed with: "uv", "poetry", "pipenv", "pip-tools", "pip"."""
    notes: tuple[str, ...] = ()
    """What holds for all of it, a sentence each without its full stop."""
