"""A path that is not there, may not be run or cannot be moved in production, because of what is mounted where.

ENOENT below a mount that only local has; EACCES for a program on a mount with noexec (mount(8)); EXDEV for a rename
between two mounts where local has one (rename(2)); ENOLCK and its like for locks on a file system of a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._rights import executes
from parity.explain.causes._words import candidate, said
from parity.explain.causes.writing import above, paths
from parity.explain.model import Candidate, Evidence
from parity.profile.item import field

TITLE = "What is mounted"
CATEGORY = "permission"
NEEDS = ("volumes",)
ASPECTS = True

_GONE = re.compile(r"no such file or directory|does not exist|not a directory|unable to open database file|not found")
_RUN = re.compile(r"permission denied|operation not permitted|failed to map segment|cannot execute")
_MOVED = re.compile(r"invalid cross-device link|\bexdev\b")
_LOCKED = re.compile(r"no locks available|stale file handle|database is locked|locking protocol|\benolck\b|\bestale\b")
_RUNS = 0.97
_LIBRARY = re.compile(r"\.so\b|failed to map segment")


def weigh(case: Case) -> Iterator[Candidate]:
    """The mounts above the paths that the log names."""
    for path in paths(case):
        for difference in case.differences("volumes"):
            if above(difference.key, path) is not None:
                yield from _weigh(case, difference, path)


def _weigh(case: Case, difference: Difference, path: str) -> Iterator[Candidate]:
    names = {one.name for one in difference.fields}
    if _GONE.search(case.text) and _lacks(difference):
        whole = difference.key != "/"
        yield _candidate(
            case, difference, path, 0.93 if whole else 0.4, "mount it in production, or create the path there"
        )
    if _RUN.search(case.text) and field(difference.production, "noexec") is True:
        runs = (
            bool(case.of("executable"))
            or _LIBRARY.search(case.text) is not None
            or "execute" in case.text
            or executes(case)
        )
        if "noexec" in names or difference.kind is Kind.EXTRA:
            yield _candidate(
                case,
                difference,
                path,
                _RUNS if runs else 0.6,
                "mount it with exec, or keep programs and modules elsewhere",
            )
    if _MOVED.search(case.text) and (difference.kind is not Kind.CHANGED or names & {"kind", "mounted", "exists"}):
        yield _candidate(case, difference, path, 0.93, "move between directories of one mount, or copy and remove")
    if _LOCKED.search(case.text) and (difference.kind is not Kind.CHANGED or "kind" in names):
        yield _candidate(case, difference, path, 0.75, "keep what is locked on a file system of the machine itself")


def _lacks(difference: Difference) -> bool:
    """Whether production lacks the mount, or the path itself."""
    gone = field(difference.production, "exists") is False or field(difference.production, "mounted") is False
    return difference.kind is Kind.MISSING or gone


def _candidate(case: Case, difference: Difference, path: str, likelihood: float, fix: str) -> Candidate:
    facts = tuple(in_log(one) for one in case.of("path", "executable") if one.value == path)
    return candidate(
        __name__,
        difference,
        likelihood,
        (*(facts[:1] or said(case)), Evidence("local", f"{path} lies on it", f"volumes.{difference.key}")),
        f"production mounts {difference.key} as local does",
        fix,
    )
