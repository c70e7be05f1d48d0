"""What a system call or a program of the system refuses, and what of an environment that depends on, as data:
parity/explain/data/errors.json (the kernel and the C library) and programs.json (shells and their tools).

A row has

    errno     symbols of errno(3), any of which it is; none where only `says` tells
    says      what is said, in lower case
    call      what is called, over the failing lines, the calls around them and what is said; "" for any
    keys      {key: likelihood} of what it depends on
    words     why, in a sentence without its full stop
    source    a manual's address

A key is `section.key` as the diff has it (a pattern where a * stands in it), and says what must be so of it:

    limits.memlock<                 production has less
    limits.nofile>                  production has more
    process.no_new_privileges=true  production has that
    process.capabilities-CHOWN      production lacks that member
    process.ignored_signals+SIGTERM only production has that member
    mount.filesystem                the mount above a path of the log has another one
    mount.noexec=true               and production's is so
    executables.{program}           the group `program` of what is said

Patterns are regular expressions, and take time linear in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.profile.item import field
from parity.profile.model import Item

_KEY = re.compile(r"(?P<section>[a-z_]+)\.(?P<key>[^<>=+]*?)(?P<rest>[<>]|=\w+|[+-][A-Z_]+)?\Z")
_LINES = 8


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row."""

    keys: Mapping[str, float]
    words: str
    source: str
    errno: frozenset[str] = frozenset()
    says: str = ""
    call: str = ""
    example: str = ""
    """An error that it is told by."""
    line: str = ""
    """The line that fails in the example."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a failure tells of a row, and the words by which it does."""

    refusal: Refusal
    words: str
    program: str = ""


@cache
def refusals(name: str) -> tuple[Refusal, ...]:
    """The rows of a file of data: "errors" or "programs"."""
    text = (files("parity.explain") / "data" / f"{name}.json").read_text("utf-8")
    return tuple(Refusal(**{**row, "errno": frozenset(row.get("errno", ()))}) for row in json.loads(text))


def told(case: Case, name: str) -> Iterator[Told]:
    """The rows that the failure tells of."""
    if case.failure is None:
        return
    symbols, said, lines = set(case.values("errno")), case.text, called(case)
    for row in refusals(name):
        if row.errno and not row.errno & symbols:
            continue
        found = _compiled(row.says).search(said) if row.says else None
        if row.says and found is None:
            continue
        calls = _compiled(row.call).search(lines) if row.call else None
        if row.call and calls is None:
            continue
        named = found.groupdict().get("program", "") if found else ""
        program = (named or "").rpartition("/")[2]
        # Whoever complains must be what the program calls, not what that one tells of.
        if row.call and program and found and not _names(lines.replace(found[0].strip(), ""), program):
            continue
        words = (found or calls or re.match("", ""))[0]  # type: ignore[index]
        yield Told(row, words or next(iter(sorted(row.errno & symbols)), ""), program)


def _names(lines: str, program: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(program)}(?![\w-])", lines, re.IGNORECASE) is not None


def called(case: Case) -> str:
    """Everything by which a failure tells what was called, in lower case but for what the source says: the failing
    lines and their files, the calls of the functions around them, with their literals, and what is said."""
    frames = (f"{frame.file} {frame.code}" for frame in case.frames[:_LINES])
    calls = (" ".join((one.name, *one.literals)) for one in case.calls)
    return "\n".join([*frames, *calls, *sorted(case.strings), case.text])


def depends(case: Case, one: Told, paths: tuple[str, ...]) -> Iterator[tuple[Difference, float]]:
    """What differs of what a row depends on, each with its likelihood. `paths`: those that the log names, whole."""
    for text, likelihood in one.refusal.keys.items():
        found = _KEY.match(text.replace("{program}", one.program))
        if found is None:
            continue
        section, key, rest = found["section"], found["key"], found["rest"] or ""
        if section == "mount":
            yield from ((each, likelihood) for each in _mounts(case, paths, key, rest))
            continue
        for difference in case.differences(section, key):
            if holds(difference, rest):
                yield difference, likelihood


def holds(difference: Difference, rest: str) -> bool:
    """Whether what differs is what a key says must be so."""
    local, production = difference.local, difference.production
    if rest in ("<", ">"):
        here, there = _amount(local), _amount(production)
        return here is not None and there is not None and (there < here if rest == "<" else there > here)
    if rest.startswith("="):
        return _word(production) == rest[1:]
    if rest:
        less, more = (set(_members(side)) for side in ((production, local) if rest[0] == "-" else (local, production)))
        return rest[1:] in more and rest[1:] not in less
    return difference.kind is not Kind.UNKNOWN


def _mounts(case: Case, paths: tuple[str, ...], name: str, rest: str) -> Iterator[Difference]:
    from parity.explain.causes.writing import above

    local, production = case.items("volumes")
    for path in paths:
        held = [key for key in {*local, *production} if above(key, path) is not None]
        for key in sorted(held, key=len)[-1:]:
            here, there = local.get(key), production.get(key)
            if not name:
                differs = case.difference("volumes", key) is not None and key == path
            else:
                one, other = field(here, name), field(there, name)
                differs = one != other and (not rest or _word(other) == rest[1:])
            if differs:
                kind = Kind.MISSING if there is None else Kind.EXTRA if here is None else Kind.CHANGED
                yield case.difference("volumes", key) or Difference("volumes", key, kind, here, there)


def _amount(item: Item) -> float | None:
    if isinstance(item, bool) or item is None:
        return None
    if isinstance(item, int | float):
        return float(item)
    return float("inf") if item == "unlimited" else None


def _word(item: object) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def _members(item: Item) -> tuple[str, ...]:
    for name in ("effective", "names", "ids"):
        held = field(item, name)
        if isinstance(held, tuple):
            return held
    return ()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
