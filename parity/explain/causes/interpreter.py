"""Production starts another interpreter: one that sees none of the program's packages.

A short PATH (cron's, a unit's, a shell's that is no login shell) finds the system's python in place of the virtual
environment's. Then every package is missing, and none of them is the cause.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "Another interpreter is started"
CATEGORY = "environment"
NEEDS = ("python", "packages")
ASPECTS = True

NONE_LEFT = 0.7
"""The share of local's packages that production lacks, from which it is not a package that is missing."""
_FEW = 3

_TELLING = {"environment.PATH": 0.95, "python.prefix": 0.93, "python.executable": 0.9, "python.kind": 0.85}
_BESIDE = {"environment.VIRTUAL_ENV": 0.6, "environment.PYTHONHOME": 0.7}


def weigh(case: Case) -> Iterator[Candidate]:
    """What chooses the interpreter, where another one is chosen and an import fails."""
    facts = case.of("missing_module")
    if not facts or not other_interpreter(case):
        return
    local, production = (side.get("executable") for side in case.items("python"))
    told = Evidence("production", f"the interpreter is {production}, where local has {local}", "python.executable")
    for name, likelihood in {**_TELLING, **_BESIDE}.items():
        section, _, key = name.partition(".")
        difference = case.difference(section, key)
        if difference is not None and difference.kind is not Kind.EXTRA:
            yield candidate(
                __name__,
                difference,
                likelihood,
                (in_log(facts[-1]), told, *_missing(case)),
                "the same command with the interpreter of the virtual environment, by its whole path, fails too",
                "start the program with its own interpreter by its whole path, or put that directory first on PATH",
            )


def other_interpreter(case: Case) -> bool:
    """Whether production's interpreter is another one, and sees hardly any of local's packages."""
    if not any(case.difference("python", key) for key in ("prefix", "executable", "kind")):
        return False
    local, production = case.items("packages")
    missing = sum(name not in production for name in local)
    return len(local) >= _FEW and missing >= NONE_LEFT * len(local)


def _missing(case: Case) -> tuple[Evidence, ...]:
    local, production = case.items("packages")
    missing = sum(name not in production for name in local)
    return (Evidence("difference", f"it sees none of {missing} of local's {len(local)} packages", "packages"),)
