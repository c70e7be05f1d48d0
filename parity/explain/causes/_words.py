"""How a kind of cause says what differs. Support of the files beside it; no mechanism of its own."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, differs, label
from parity.explain.model import Candidate, Evidence
from parity.policy.model import Finding
from parity.policy.requirements import split
from parity.profile.item import field
from parity.profile.model import Item


def candidate(
    module: str,
    difference: Difference | Finding,
    likelihood: float,
    evidence: tuple[Evidence, ...],
    refuted_by: str,
    fix: str = "",
) -> Candidate:
    """What the mechanism of `module` (its __name__) says of a difference, or of a finding where both sides are alike;
    it is added to the evidence."""
    kind = module.rpartition(".")[2]
    words = difference.why if isinstance(difference, Finding) else sides(difference)
    shown = (*evidence, differs(difference, words))
    return Candidate(kind, label(difference), likelihood, shown, refuted_by, fix)


def held(case: Case, section: str, key: str) -> Difference | None:
    """What differs at a key, by what it holds: a place that no comparison looks at (every host has its own directories)
    is a difference where the log speaks of it."""
    found = case.difference(section, key)
    if found is None:
        local, production = (side.get(key) for side in case.items(section))
        if local is not None and production is not None and local != production:
            return Difference(section, key, Kind.CHANGED, local, production)
    return found


def wheel(case: Case, name: str) -> Difference:
    """A package as what differs, whose wheel in production does not load there, be its version the same."""
    local, production = (side.get(name) for side in case.items("packages"))
    return case.difference("packages", name) or Difference("packages", name, Kind.CHANGED, local, production)


def built_for(name: str, wanted: str) -> Evidence:
    """That it does not load, as evidence."""
    words = f"its wheel in production was built for {wanted}, which is not what loads it there"
    return Evidence("production", words, f"packages.{name}")


def sides(difference: Difference) -> str:
    """What each side has, in a few words: "local has 4.1, production has 3.2"."""
    local, production = (value(side) for side in (difference.local, difference.production))
    if difference.kind is Kind.MISSING:
        return "only local has it" + (f" ({local})" if local else "")
    if difference.kind is Kind.EXTRA:
        return "only production has it" + (f" ({production})" if production else "")
    if difference.kind is Kind.UNKNOWN:
        return "one side has it, and the other's could not be read: a link to nothing, or no right to it"
    if not local or not production or local == production:
        return "it is not the same on both sides"
    return f"local has {local}, production has {production}"


def value(item: Item) -> str:
    """The one word that says what an item is: a scalar, or of an object its version, size or state."""
    if item is None:
        return ""
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, str | int | float):
        return str(item)
    for name in ("version", "size", "path", "state", "is"):
        said = field(item, name)
        if isinstance(said, str | int):
            return str(said)
    return ""


def version(item: Item) -> str:
    """The version of a package, "" where the side lacks it."""
    said = field(item, "version")
    return said if isinstance(said, str) else ""


def at(case: Case) -> str:
    """Where the failure stands in the log, as evidence has it; empty without one."""
    return f"line {case.failure.last.line}" if case.failure else ""


def said(case: Case, words: str | None = None) -> tuple[Evidence, ...]:
    """What the failure itself says, or these words of it; nothing without a failure."""
    if case.failure is None:
        return ()
    told = case.failure.message.splitlines()[0][:200] if words is None else f"it says {words.strip()[:120]!r}"
    return (Evidence("log", told, at(case)),)


def requires(case: Case, name: str) -> Iterator[str]:
    """The distributions that one requires, production's word first, each once."""
    seen: set[str] = set()
    for items in reversed(case.items("packages")):
        asked = field(items.get(name), "requires")
        for text in asked if isinstance(asked, tuple) else ():
            required = split(text)[0]
            if required and required not in seen:
                seen.add(required)
                yield required
