"""The plain snapshot of this machine, for which no library of command lines is loaded.

To import Typer and to declare every command takes a third of the time of the whole snapshot. `snapshot`, alone or with
`local`, a file to write to and a name, needs neither. Whatever else stands in the command line, or in a variable
of parity's own, goes the ordinary way: there is nothing here that could be said differently there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_OUTPUT, _NAME = ("-o", "--output"), ("--name",)
_OWN = ("PARITY_", "_PARITY_")
"""How the variables begin that parity, or Typer for it, takes options and orders from."""


class Plain(NamedTuple):
    """What was asked for: where to write the profile, and what to call it."""

    output: str = "-"
    name: str | None = None


def read(arguments: Sequence[str], environ: Mapping[str, str]) -> Plain | None:
    """The request in a command line without the program's name; None where it asks for any more than that."""
    if arguments[:1] != ["snapshot"] or any(name.startswith(_OWN) for name in environ):
        return None
    output, name, places = "-", None, 0
    rest = iter(arguments[1:])
    for word in rest:
        option, equals, value = word.partition("=")
        if option in _OUTPUT + _NAME:
            if equals and not option.startswith("--"):
                return None
            value = value if equals else next(rest, "")
            # What begins like an option, or is nothing, is for a parser to judge.
            if not value or (value != "-" and value.startswith("-")):
                return None
            output, name = (value, name) if option in _OUTPUT else (output, value)
        elif word == "local" and not places:
            places += 1
        else:
            return None
    return None if output.endswith("/") or os.path.isdir(output) else Plain(output, name)


def run(plain: Plain) -> int:
    """Take the snapshot and write it, as `parity.cli.snapshot` does. Returns the exit code."""
    from parity.cli._progress import progress
    from parity.output import as_it_is, check, write
    from parity.profile.document import render
    from parity.snapshot.request import Request
    from parity.snapshot.take import take, unread

    check(plain.output)
    with progress() as show:
        profile = take("local", Request(name=plain.name), show)
    write(plain.output, render(profile), disarm=as_it_is)
    for sentence in unread(profile):
        show.warn(sentence)
    return 0
