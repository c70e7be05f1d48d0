"""A variable that is addressed to a program on the failing path by its name: GUNICORN_…, CELERY_…, AWS_….

Servers and libraries read settings from variables that begin with their own name, and the program's source never shows
it. One that only production has, or has with another value, is on the path wherever that program is.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence

TITLE = "A variable of a program on the failing path"
CATEGORY = "environment"
NEEDS = ("environment", "packages")

_BY_DEPTH = (0.45, 0.4, 0.3, 0.25)
_ALONE = 0.15
"""More, where it is the only one that is addressed to the program."""
_QUIET = frozenset({"LOG", "LOGGING", "LOGLEVEL", "VERBOSE", "VERSION", "COLOR"})
"""Words of variables that change what is printed, and hardly ever what happens."""
_LEAST = 3


def weigh(case: Case) -> Iterator[Candidate]:
    """The variables that begin with the name of a distribution on the path, or of the software that serves."""
    addressed: dict[str, list[Difference]] = {}
    for difference in case.differences("environment"):
        first = difference.key.partition("_")[0].lower()
        if "_" in difference.key and len(first) >= _LEAST:
            addressed.setdefault(first, []).append(difference)
    for depth, name in enumerate(dict.fromkeys((*case.on_path, *case.values("server")))):
        held = addressed.get(name.partition("-")[0], [])
        for difference in held:
            likelihood = _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)] + (_ALONE if len(held) == 1 else 0.0)
            likelihood *= 0.4 if _QUIET.intersection(difference.key.split("_")) else 1.0
            words = f"{name} is on the failing path, and reads variables that begin with its name"
            yield candidate(
                __name__,
                difference,
                likelihood * (0.8 if difference.kind is Kind.MISSING else 1.0),
                (*said(case), Evidence("production", words, f"environment.{difference.key}")),
                f"{name} fails the same way with {difference.key} as it is locally",
                f"unset {difference.key} in production, where it works without"
                if difference.kind is Kind.EXTRA
                else f"set {difference.key} in production as it is locally, or unset it there",
            )
