"""Variables that production must set to something, because the policy says so: whatever local has. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from parity.policy.model import Finding, Rule, Severity, Sides, reading
from parity.profile.item import field
from parity.profile.model import Section, Status

SECTION = "environment"

RULES = {
    "required": Rule(
        Severity.ERROR, "production does not set a variable that the policy requires, or sets it to nothing"
    )
}

_NAMED = "the policy requires it"
_NOT_THERE = Section(Status.UNAVAILABLE, "not in the profile")


def required(findings: Sequence[Finding], names: Iterable[str], sides: Sides) -> tuple[list[Finding], list[str]]:
    """(the findings with those of the required names among them, what could not be told of them, a sentence each).

    A finding that tells already that production lacks the name becomes an error, and stays the only one about it.
    """
    found = list(findings)
    there = {one.key: place for place, one in enumerate(found) if one.section == SECTION and _tells(one)}
    untold: list[str] = []
    section = sides.production.sections.get(SECTION, _NOT_THERE)
    for name in names:
        item = section.items.get(name)
        if item is not None and field(item, "state") != "empty":
            continue
        if item is None and not _would_show(section, name):
            reason = section.reason or "no reason was given"
            untold.append(f"{name} is required in production, whose environment could not be told: {reason}")
        elif name in there:
            found[there[name]] = _raised(found[there[name]])
        else:
            found.append(_missing(name, sides))
    return found, untold


def _tells(one: Finding) -> bool:
    return one.production is None or field(one.production, "state") == "empty"


def _would_show(section: Section, name: str) -> bool:
    return section.status.looked and not any(fnmatchcase(name, pattern) for pattern in section.hidden)


def _raised(one: Finding) -> Finding:
    was = None if one.severity is Severity.ERROR else one.severity
    return replace(one, severity=Severity.ERROR, was=was, note=_NAMED)


def _missing(name: str, sides: Sides) -> Finding:
    local, production = (items.get(name) for items in sides.items(SECTION))
    sets = "does not set it" if production is None else "sets it to nothing"
    states = tuple(None if item is None else {"state": field(item, "state")} for item in (local, production))
    why = f"production {sets}, and the policy requires it"
    return reading("required", (SECTION, name), Severity.ERROR, why, (states[0], states[1]))


def rules() -> Iterator[tuple[str, Rule]]:
    """(id, rule) of what a policy alone can find."""
    return ((f"{SECTION}.{name}", rule) for name, rule in RULES.items())
