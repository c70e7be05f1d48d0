"""A package on the failing path that is another version in production: what is left where no name tells more.

The deeper in the failing path, the larger the step between the two versions, the likelier. One that the failing line
of the program's own is made of is on it, too: code that is compiled leaves no frame. A package that those on the path
require counts less, one that nothing there touches not at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import at, candidate, requires, sides
from parity.explain.model import Candidate, Evidence

TITLE = "Another version on the failing path"
CATEGORY = "environment"
NEEDS = ("packages",)

_BY_PART = {"major": 0.55, "minor": 0.32, "patch": 0.12, "other": 0.1}
_BY_DEPTH = (1.0, 0.75, 0.6, 0.5)
_REQUIRED = 0.5
_BROKEN = 0.85
_BROKEN_BY = frozenset({"packages.broken-requirement", "packages.requirement", "packages.wheel-tag"})
_BY_LINE, _BY_FILE = 0.6, 0.4


def weigh(case: Case) -> Iterator[Candidate]:
    """The distributions of the frames, and those that they require."""
    seen: set[str] = set()
    for depth, name in enumerate(case.on_path):
        weight = _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]
        seen.add(name)
        yield from _other(case, name, weight, f"{name} is on the failing path")
        for required in requires(case, name):
            if required not in seen and required not in case.on_path:
                seen.add(required)
                yield from _other(case, required, weight * _REQUIRED, f"{name}, on the failing path, requires it")
    for name in case.origins:
        if name not in seen:
            seen.add(name)
            yield from _other(case, name, _BY_LINE, f"what the failing line names comes from {name}")
    # What was stored comes back as what it was, and no line names that.
    for module in dict.fromkeys(module for _, source in case.own[:2] for module, _ in source.imports()):
        for name in case.providers.all(module)[:1]:
            if name not in seen:
                seen.add(name)
                yield from _other(case, name, _BY_FILE, f"a file on the failing path imports {name}")


def _other(case: Case, name: str, weight: float, words: str) -> Iterator[Candidate]:
    difference = case.difference("packages", name)
    if difference is None or difference.kind is Kind.EXTRA:
        return
    likelihood = _step(difference) * weight
    if _broken(case, name):
        likelihood = max(likelihood, _BROKEN * weight)
        words += ", and what it requires is not met there"
    yield candidate(
        __name__,
        difference,
        likelihood,
        (Evidence("log", words, at(case)),),
        f"the failure stays when production has local's {name}",
        f"pin {name} on both sides: {sides(difference)}",
    )


def _step(difference: Difference) -> float:
    if difference.kind is Kind.MISSING:
        return 0.3
    change = difference.fields[0].change if difference.fields else None
    return _BY_PART[change.part] if change is not None else 0.2


def _broken(case: Case, name: str) -> bool:
    found = case.finding("packages", name)
    return found is not None and found.id in _BROKEN_BY
