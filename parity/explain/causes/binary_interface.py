"""An extension module that was compiled against another version of what it now meets: its binary interface changed.

The message names a type or a symbol of the library that changed, and the traceback ends in the one that was compiled:
`numpy.dtype size changed` is about numpy, however deep in pandas it is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import candidate, requires, sides
from parity.explain.model import Candidate, Evidence

TITLE = "A binary interface that changed"
CATEGORY = "environment"
NEEDS = ("packages",)

_CHANGED = re.compile(
    r"([a-z_][\w.]*) size changed, may indicate binary incompatibility|compiled against (?:abi|api) version"
    r"|compiled using ([a-z_]\w+) [0-9]|_array_api not found|multiarray failed to import|incompatible (?:abi|c api)"
    r"|descriptors cannot (?:not )?be created directly|undefined symbol|module was compiled|binary incompatib"
    r"|different (?:abi|api) version|does not match .{0,30}version|was compiled (?:with|against) "
)
_OWNER = re.compile(r"\b([a-z][a-z0-9_]+)(?:[. ]|\b)")


def weigh(case: Case) -> Iterator[Candidate]:
    """The distributions that the message names, then what the failing one requires."""
    found = _CHANGED.search(case.text)
    if found is None:
        return
    named = {one for group in found.groups() if group for one in case.providers.all(group)}
    line = next((text for text in case.text.splitlines() if found[0].splitlines()[0] in text), found[0])
    named |= {one for word in _OWNER.findall(line) for one in case.providers.all(word)}
    said = Evidence("log", f"it says {found[0]!r}", f"line {case.failure.last.line}" if case.failure else "")
    for depth, name in enumerate(case.on_path[:3]):
        weight = 0.6 if depth == 0 else 0.4
        yield from _one(case, name, 0.93 if name in named else weight, said, f"{name} is on the failing path")
        for required in requires(case, name):
            words = f"{name}, on the failing path, is compiled against it"
            yield from _one(case, required, 0.94 if required in named else 0.35, said, words)
    for name in sorted(named):
        yield from _one(case, name, 0.94, said, "the message names it")


def _one(case: Case, name: str, likelihood: float, said: Evidence, words: str) -> Iterator[Candidate]:
    difference = case.difference("packages", name)
    if difference is not None and difference.fields:
        yield candidate(
            __name__,
            difference,
            likelihood,
            (said, Evidence("production", words, f"packages.{name}")),
            f"the failing extension was built for {name} as production has it",
            f"install the version of {name} that the others were built for: {sides(difference)}",
        )
