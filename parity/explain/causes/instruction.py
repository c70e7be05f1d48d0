"""An instruction that production's processor does not have: a wheel built for a newer one ends with SIGILL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "An instruction that the processor lacks"
CATEGORY = "environment"
NEEDS = ("cpu", "platform")
ASPECTS = True

_SAID = re.compile(
    r"illegal instruction|sigill|exit(?:ed)?(?: with)?(?: code| status)?:? 132\b|requires? (?:avx|sse)"
    r"|cpu (?:does not|doesn't|lacks)|was built with .{0,40}(?:avx|sse)|exec format error|wrong elf class"
    r"|incompatible architecture|cannot execute binary file|invalid elf header"
    r"|unsupported (?:machine|platform|architecture)"
)


def weigh(case: Case) -> Iterator[Candidate]:
    """The level, the flags and the architecture."""
    found = _SAID.search(case.text)
    facts = tuple(one for one in case.of("signal", "exit_status") if one.value in ("SIGILL", "132"))
    if not found and not facts:
        return
    said = in_log(facts[0]) if facts else Evidence("log", f"it says {found[0]!r}", "") if found else None
    telling = [("cpu", "level", 0.93), ("platform", "architecture", 0.95)]
    telling += [("cpu", one.key, 0.6) for one in case.differences("cpu") if one.key not in ("level", "count")]
    for section, key, likelihood in telling:
        difference = case.difference(section, key)
        if difference is not None:
            yield candidate(
                __name__,
                difference,
                likelihood,
                (said,) if said else (),
                "the same wheel runs on another machine of production's kind of processor",
                "install a build for the older processor, or run on one of local's level",
            )
