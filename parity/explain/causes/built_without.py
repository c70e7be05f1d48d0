"""A module of the standard library that production's interpreter lacks: what its build takes was not there, or the
release has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.causes.python_version import removal, without
from parity.explain.model import Candidate, Evidence

TITLE = "A module that the interpreter lacks"
CATEGORY = "environment"
NEEDS = ("python",)

_PARTS = {
    "_bz2": "bz2",
    "_ctypes": "ctypes",
    "_curses": "curses",
    "_dbm": "dbm",
    "_decimal": "decimal",
    "_gdbm": "dbm",
    "_hashlib": "hashlib",
    "_lzma": "lzma",
    "_sqlite3": "sqlite3",
    "_ssl": "ssl",
    "_tkinter": "tkinter",
    "_uuid": "uuid",
}
"""{compiled part: the module that a program imports}, for those that a build may lack."""

_LINKED = re.compile(r"undefined symbol|symbol not found|version [`'\"][\w.]{1,60}['\"] not found")
"""The module is there, and it was linked with another library than the one that it gets."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The modules that only local's build has, where the log names one."""
    wanted = {fact.value: fact for fact in case.of("missing_module")}
    for difference in case.differences("python", "stdlib.*"):
        if difference.kind is Kind.EXTRA:
            continue
        module = difference.key.removeprefix("stdlib.")
        named = [fact for name, fact in wanted.items() if _top(name) == _top(module)]
        if named:
            yield _candidate(case, difference, module, 0.97, in_log(named[0]))
        elif not _LINKED.search(case.text) and re.search(rf"\b_?{re.escape(module)}\b", case.text):
            at = f"line {case.failure.last.line}" if case.failure else ""
            yield _candidate(case, difference, module, 0.94, Evidence("log", f"it speaks of {module}", at))


def _top(module: str) -> str:
    first = module.partition(".")[0]
    return _PARTS.get(first, first)


def _candidate(case: Case, difference: Difference, module: str, likelihood: float, said: Evidence) -> Candidate:
    gone = removal(case, module)
    known = (Evidence("knowledge", gone.sentence(case.text), gone.source),) if gone else ()
    return candidate(
        __name__,
        difference,
        likelihood,
        (said, *known),
        f"`python -c 'import {module}'` works with production's interpreter",
        without(module, gone)
        if gone
        else f"build production's Python with what {module} needs, or install the distribution's package for it",
    )
