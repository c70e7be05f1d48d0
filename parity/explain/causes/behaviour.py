"""A variable that changes how Python or a library behaves without the program reading it.

Which variables do so, and what a failure says that each leads to, is data (parity/explain/data/variables.json) from the
documentation of Python, libc, libpq and the servers. One that only production has weighs more than one that it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate
from parity.explain.knowledge import Variable, variables
from parity.explain.model import Candidate, Evidence

TITLE = "A variable that changes behaviour"
CATEGORY = "environment"
NEEDS = ("environment",)

_RUNTIME = frozenset({"python", "libc", "openssl", "libpq", "loader"})
_FLAGS = {"PYTHONOPTIMIZE": "flags.optimize", "PYTHONUTF8": "flags.utf8_mode", "PYTHONDEVMODE": "flags.dev_mode",
          "PYTHONHASHSEED": "flags.hash_seed_fixed", "PYTHONWARNINGS": "flags.warnings_are_errors"}  # fmt: skip


def weigh(case: Case) -> Iterator[Candidate]:
    """The variables of the list that differ, where the failure fits what they do."""
    said = "\n".join([case.text, *(frame.code.lower() for frame in case.frames[:12])])
    for one in variables():
        likelihood, words = _fits(case, one, said)
        if not likelihood:
            continue
        for section, key, weight in (("environment", one.name, 1.0), ("python", _FLAGS.get(one.name, ""), 0.93)):
            difference = case.difference(section, key)
            if difference is None:
                continue
            direction = 1.0 if difference.kind is not Kind.MISSING else 0.7
            yield candidate(
                __name__,
                difference,
                likelihood * weight * direction,
                (Evidence("log", words, _at(case)), Evidence("knowledge", one.words, one.source)),
                f"the program fails the same way with {one.name} as it is locally",
                f"set {one.name} in production as it is locally, or unset it on both sides",
            )


def _fits(case: Case, one: Variable, said: str) -> tuple[float, str]:
    found = re.search(one.pattern, said, re.IGNORECASE) if one.pattern else None
    on_path = one.program in case.on_path
    if found and (on_path or one.program in _RUNTIME):
        return one.likelihood, f"it says {found[0][:80]!r}"
    if found:
        return one.likelihood * 0.7, f"it says {found[0][:80]!r}"
    if on_path:
        return one.likelihood * 0.4, f"{one.program} is on the failing path"
    return 0.0, ""


def _at(case: Case) -> str:
    return f"line {case.failure.last.line}" if case.failure else ""
