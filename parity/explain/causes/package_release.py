"""What the release of a distribution that production has no longer has, does not have yet, or refuses.

What the releases changed is data (parity/explain/data/packages.json), read from the breaking parts of their own lists.
It sharpens what the failing path and the names in the message say by themselves, which is for every distribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference
from parity.explain.case import Case
from parity.explain.causes._words import candidate, requires, said, sides, version
from parity.explain.knowledge import Change, packages
from parity.explain.model import Candidate, Evidence

TITLE = "Another release of a package"
CATEGORY = "environment"
NEEDS = ("packages",)

_KNOWN = {"message": 0.93, "line": 0.85}
_AWAY = 0.7
"""What is left where the failing path neither meets the distribution nor what requires it."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The packages that are another version and of whose releases something is known."""
    if case.failure is None:
        return
    lines = "\n".join(frame.code for one in case.failure.chain for frame in one.frames[-2:])
    for name, changes in packages().items():
        difference = case.difference("packages", name)
        if difference is None:
            continue
        for likelihood, change in _told(case, changes, difference, lines)[:2]:
            knowledge = Evidence("knowledge", change.sentence(case.text), change.source)
            yield candidate(
                __name__,
                difference,
                likelihood * (1.0 if _met(case, name) else _AWAY),
                (*said(case), knowledge),
                f"{name} {version(difference.production)} does what the program asks for",
                f"pin {name} to {version(difference.local)}, the version that works: {sides(difference)}",
            )


def _told(case: Case, changes: tuple[Change, ...], difference: Difference, lines: str) -> list[tuple[float, Change]]:
    known = ((change, change.told(case.text, lines)) for change in changes if applies(change, difference))
    found = [(_KNOWN[where] * change.weight, change) for change, where in known if where]
    return sorted(found, key=lambda one: -one[0])


def applies(change: Change, difference: Difference) -> bool:
    """Whether a change lies between local's version and production's, in the direction that takes something away."""
    local, production = (release(version(side)) for side in (difference.local, difference.production))
    if not local or not production:
        return False
    if change.kind == "added":
        return production < change.version <= local
    if change.kind == "removed":
        return local < change.version <= production
    return min(local, production) < change.version <= max(local, production)


def release(text: str) -> tuple[int, ...]:
    """The numbers of a version, () where it begins with none: "2.0.0rc1" gives (2, 0, 0)."""
    found = re.match(r"(?:\d+!)?v?(\d+(?:\.\d+)*)", text)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _met(case: Case, name: str) -> bool:
    """Whether the failing path is in the distribution, in what requires it, or is made of it."""
    near = {*case.on_path, *case.origins}
    named = any(
        name in case.providers.all(fact.value) for fact in case.of("missing_name", "missing_attribute", "module")
    )
    return name in near or named or any(name in requires(case, one) for one in near)
