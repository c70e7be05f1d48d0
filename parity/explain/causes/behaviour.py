"""A variable that changes how Python or a library behaves without the program reading it.

Which variables do so, and what a failure says that each leads to, is data (parity/explain/data/variables.json) from the
documentation of Python, libc, libpq and the servers and libraries. A library's counts as far as the failing path comes
by it; a flag of Python that only production has weighs more than one that it lacks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, requires
from parity.explain.knowledge import Variable, variables
from parity.explain.model import Candidate, Evidence
from parity.explain.sources import enclosing

TITLE = "A variable that changes behaviour"
CATEGORY = "environment"
NEEDS = ("environment",)

_RUNTIME = frozenset({"python", "libc", "openssl", "libpq", "loader"})
"""Not distributions: part of every process, or of what its extensions are linked with."""
_FLAGS = {"PYTHONOPTIMIZE": "flags.optimize", "PYTHONUTF8": "flags.utf8_mode", "PYTHONDEVMODE": "flags.dev_mode",
          "PYTHONHASHSEED": "flags.hash_seed_fixed", "PYTHONWARNINGS": "flags.warnings_are_errors"}  # fmt: skip
_BY_FLAG = 0.93
_LACKING = 0.8
_FRAMES = 12
_REQUIRED, _INSTALLED, _ON_PATH = 0.85, 0.5, 0.4
"""What reads the variable is required by what is on the path; is there at all; is on the path, and nothing is said."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The variables of the list that differ, where the failure fits what they do."""
    if case.failure is None:
        return
    said = _said(case)
    for one, difference, weight in _differing(case):
        likelihood, words = _fits(case, one, said)
        if not likelihood:
            continue
        direction = _LACKING if difference.kind is Kind.MISSING and one.program == "python" else 1.0
        yield candidate(
            __name__,
            difference,
            likelihood * weight * direction,
            (Evidence("log", words, f"line {case.failure.last.line}"), Evidence("knowledge", one.words, one.source)),
            f"the program fails the same way with {one.name} as it is locally",
            f"unset {one.name} in production, where it works without"
            if difference.kind is Kind.EXTRA
            else f"set {one.name} in production as it is locally, or unset it on both sides",
        )


def _differing(case: Case) -> Iterator[tuple[Variable, Difference, float]]:
    known = variables()
    for difference in case.differences("environment"):
        for one in known.get(difference.key, ()):
            yield one, difference, 1.0
    for name, key in _FLAGS.items():
        # The flag follows from the variable; by itself it differs where an option of the command line sets it.
        flag = None if case.difference("environment", name) else case.difference("python", key)
        if flag is not None:
            yield from ((one, flag, _BY_FLAG) for one in known[name])


def _fits(case: Case, one: Variable, said: str) -> tuple[float, str]:
    told = one.told(said)
    on_path = one.program in case.on_path
    if told:
        return one.likelihood * _reach(case, one.program), f"it says {told[:80]!r}"
    if on_path:
        return one.likelihood * _ON_PATH, f"{one.program} is on the failing path"
    return 0.0, ""


def _reach(case: Case, program: str) -> float:
    """How surely what reads the variable takes part in the failure."""
    if program in _RUNTIME or program in case.on_path:
        return 1.0
    if any(program in requires(case, name) for name in case.on_path):
        return _REQUIRED
    if not any(program in items for items in case.items("packages")):
        return 0.0
    return _INSTALLED if case.frames else _REQUIRED


def _said(case: Case) -> str:
    """Messages, the lines that fail, and the signs of which the data speaks."""
    chain = case.failure.chain if case.failure else ()
    raised = [f"raised {one.type.lower()}" for one in chain]
    return "\n".join([case.text, *(frame.code.lower() for frame in case.frames[:_FRAMES]), *raised, *_asserts(case)])


def _asserts(case: Case) -> Iterator[str]:
    for frame, source in case.own:
        scope = enclosing(source.tree, frame.function, frame.line)
        if scope is not None and any(isinstance(node, ast.Assert) for node in ast.walk(scope)):
            yield "asserts"
            return
