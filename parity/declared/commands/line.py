"""A line of shell, or the words of a command, as facts: what is started and which variables are read.

Of the words themselves nothing is kept but names: a password is as often given as an option as in a variable.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from parity.declared.commands import script
from parity.declared.commands.script import Need
from parity.declared.commands.starting import PROGRAMS, SHELLS, started
from parity.declared.dependencies.imported import is_known
from parity.declared.facts import Facts, Place, ReadName, Started
from parity.probe.collectors.environment import is_name

_DEEPEST = 4


def of_words(words: Sequence[str], at: Place, *, certain: bool) -> Facts:
    """What a command does that the system is given in words; a shell reads what is behind `sh -c` alone.

    Unless it is `certain` that they are no arguments of an image's entry point, where a password may come first, a name
    is taken for one that is started only if a list has it, or its form says so.
    """
    found = Facts.joined(_of_words(words, at, dev=False, left=_DEEPEST))
    shell = posixpath.basename(words[0]) in SHELLS if words else False
    return found if certain or shell or not found.started or _is_listed(found.started[0]) else Facts()


def _is_listed(one: Started) -> bool:
    name = one.program
    listed = is_known(name.replace("-", "_")) or name in PROGRAMS
    return bool(one.module) or listed or one.file.endswith((".sh", ".bash", ".py"))


def of_text(text: str, at: Place) -> Facts:
    """What a line of shell does."""
    return Facts.joined(_of_text(text, at, dev=False, left=_DEEPEST))


def of_script(text: str, name: str, *, dev: bool) -> Facts:
    """What a script does, each fact at its own line."""
    return Facts.joined(_of_text(text, Place(name), dev=dev, left=_DEEPEST))


def _of_text(text: str, at: Place, *, dev: bool, left: int) -> Iterator[Facts]:
    found = script.read(text)
    strongest: dict[tuple[str, Place], Need] = {}
    for variable in found.variables:
        key = variable.name, _at(at, variable.line)
        strongest[key] = max(strongest.get(key, Need.ANSWERED), variable.need)
    yield Facts(
        read_names=tuple(
            ReadName(name, place, need is Need.ANSWERED, need is Need.STOPS, dev)
            for (name, place), need in strongest.items()
            if is_name(name)
        )
    )
    for command in found.commands:
        if command.words[:1] and command.words[0] not in found.functions:
            yield from _of_words(command.words, _at(at, command.line), dev=dev, left=left)


def _of_words(words: Sequence[str], at: Place, *, dev: bool, left: int) -> Iterator[Facts]:
    for one in started(words):
        if one.text:
            if left:
                yield from _of_text(one.text, at, dev=dev, left=left - 1)
        else:
            file = posixpath.basename(one.file)
            yield Facts(started=(Started(at, one.program, one.module, file, dev),))


def _at(at: Place, line: int) -> Place:
    """A line of a file; a text that stands at one place has no lines of its own."""
    return at if at.line else Place(at.file, line)
