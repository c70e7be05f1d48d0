"""A system call that production's kernel refuses, for what a limit, a capability, a mount or a flag of it is.

Which call answers what, and what that depends on, is data from the manual's second section
(parity/explain/data/errors.json). A limit, a path's owner and a port have files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.causes.writing import paths
from parity.explain.model import Candidate, Evidence
from parity.explain.refusals import depends, told

TITLE = "A system call is refused"
CATEGORY = "environment"
NEEDS = ("limits", "process", "container", "volumes")
ASPECTS = True


def weigh(case: Case) -> Iterator[Candidate]:
    """What the calls that the failure tells of depend on."""
    named = tuple(dict.fromkeys(paths(case)))
    for one in told(case, "errors"):
        for difference, likelihood in depends(case, one, named):
            yield candidate(
                __name__,
                difference,
                likelihood,
                (*said(case, one.words or None), Evidence("knowledge", one.refusal.words, one.refusal.source)),
                f"the same call is refused with local's {difference.key}, too",
                f"give production local's {difference.key}, or do without the call",
            )


def names(case: Case, section: str, key: str) -> bool:
    """Whether a row that the failure tells of depends on a key that differs: then what the errno alone could mean
    counts for less."""
    return any(
        (difference.section, difference.key) == (section, key)
        for one in told(case, "errors")
        for difference, _ in depends(case, one, ())
    )
