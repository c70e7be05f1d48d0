"""What another version or build of Python has no more, does not have yet, or does otherwise.

Each release's changes are data (parity/explain/data/python.json), read from the whole of its "What's New". Where no row
speaks, the failing path does: an exception raised in the standard library, or a syntax that does not parse, is likelier
to be Python's than one from a package that is another version, too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from parity.diff.model import Difference
from parity.explain.case import Case
from parity.explain.causes._words import at, candidate
from parity.explain.knowledge import Change, python
from parity.explain.model import Candidate, Evidence

TITLE = "Another Python"
CATEGORY = "environment"
NEEDS = ("python",)

_KNOWN = {"message": 0.95, "line": 0.85}
"""A name in the message tells more than one in the line that fails."""
_LINES = 2
"""The innermost frames of each exception whose lines are looked at: those further out name much that is innocent."""
_TELLING = frozenset({"AttributeError", "ImportError", "TypeError", "ValueError", "RuntimeError"})
_NEWER = re.compile(
    r"\bnew(?:er)? (?:typing )?(?:syntax|features?)\b|supported in your version of python|requires python"
    r"|not supported (?:on|by) python|for python 3\.\d+|unsupported operand type\(s\) for \|: '(?:type|types\.)"
    r"|'type' object is not subscriptable"
)


def weigh(case: Case) -> Iterator[Candidate]:
    """The version, by what is known to have changed, then by where it fails."""
    difference = case.difference("python", "version")
    if difference is None or _minor(difference.local) == _minor(difference.production):
        return
    said, lines = case.text, _lines(case)
    known = ((change, change.told(said, lines)) for change in python() if applies(change, difference))
    told = [(_KNOWN[where] * change.weight, change) for change, where in known if where]
    for likelihood, change in sorted(told, key=lambda one: -one[0])[:3]:
        knowledge = Evidence("knowledge", change.sentence(said), change.source)
        yield _candidate(case, difference, likelihood, (knowledge,))
    likelihood, words = _unnamed(case)
    if likelihood:
        yield _candidate(case, difference, likelihood, (Evidence("log", words, at(case)),))


def removal(case: Case, module: str) -> Change | None:
    """The release that took a module of the standard library away between local's version and production's."""
    difference = case.difference("python", "version")
    if difference is None:
        return None
    gone = (one for one in python() if one.kind == "removed" and module in one.names and applies(one, difference))
    return next(gone, None)


def without(module: str, change: Change) -> str:
    """What to do where no build of production's Python has a module."""
    instead = change.instead or "what replaces it, or a distribution that brings it back"
    return f"use {instead} in place of {module}: no build of Python {'.'.join(map(str, change.version))} has it"


def applies(change: Change, difference: Difference) -> bool:
    """Whether a change lies between local's version and production's, in the direction that takes something away."""
    local, production = _minor(difference.local), _minor(difference.production)
    if local is None or production is None:
        return False
    if change.kind == "added":
        return production < change.version <= local
    if change.kind == "removed":
        return local < change.version <= production
    return min(local, production) < change.version <= max(local, production)


def _lines(case: Case) -> str:
    """The lines that fail: of each exception's innermost frames, and of the innermost that is the program's own."""
    failing = [frame.code for one in (case.failure.chain if case.failure else ()) for frame in one.frames[-_LINES:]]
    own = next((frame.code for frame, where in zip(case.frames, case.path, strict=True) if where.kind == "own"), "")
    return "\n".join([*failing, own])


def _unnamed(case: Case) -> tuple[float, str]:
    """(likelihood, words) of a failure that no known change speaks for: how much it is Python's own."""
    # A library's own may have the name of a builtin one: psycopg.errors.SyntaxError is the database's.
    types = {raised.type for raised in case.failure.chain} if case.failure else set()
    told = _modules(case)
    if told:
        return told
    if _NEWER.search(case.text):
        return 0.8, "it speaks of what this version of Python has"
    if types & {"SyntaxError", "IndentationError"}:
        return 0.8, "the source does not parse under this version of Python"
    changed = any(case.difference("packages", name) for name in case.on_path)
    if types & _TELLING:
        innermost = next((place for place in case.path if place.kind != "unknown"), None)
        if innermost is not None and innermost.kind == "stdlib":
            return 0.4, "it is raised in the standard library"
        if not changed:
            return 0.4, "no package on the failing path is another version, and Python is"
    return (0.1 if types & _TELLING else 0.05), "Python is another one"


def _modules(case: Case) -> tuple[float, str] | None:
    for fact in case.of("missing_module"):
        if fact.value.partition(".")[0] in sys.stdlib_module_names:
            return 0.93, f"{fact.value} is a module of the standard library"
        held = case.providers.all(fact.value)
        if held and not any(case.difference("packages", name) for name in held):
            return 0.75, f"{fact.value} belongs to {held[0]}, which is the same on both sides"
    return None


def _minor(item: object) -> tuple[int, ...] | None:
    found = re.match(r"(\d+)\.(\d+)", item) if isinstance(item, str) else None
    return (int(found[1]), int(found[2])) if found else None


def _candidate(case: Case, difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"the program runs under Python {difference.production} with local's packages",
        f"run Python {difference.local} in production, or develop under {difference.production}",
    )
