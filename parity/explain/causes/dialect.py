"""A program of the system that production has from somebody else: sh that is dash and not bash, awk that is mawk and
not gawk, busybox in place of the GNU tools. What it does not understand, it says in its own words.

Which words are whose is data from the manuals (parity/explain/data/programs.json).
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence
from parity.explain.refusals import depends, told

TITLE = "Another program of the same name"
CATEGORY = "environment"
NEEDS = ("executables",)
ASPECTS = True


def weigh(case: Case) -> Iterator[Candidate]:
    """The program whose words they are, then who else brings it."""
    for one in told(case, "programs"):
        for difference, likelihood in depends(case, one, ()):
            yield candidate(
                __name__,
                difference,
                likelihood,
                (*said(case, one.words or None), Evidence("knowledge", one.refusal.words, one.refusal.source)),
                "the same command line fails with local's program, too",
                "install the program that the command line is written for and call it by its own name, or write what"
                " every one of them understands",
            )
