"""Differences into findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from parity import sections
from parity.diff.model import Comparison, Difference, Kind
from parity.policy.model import Finding, Findings, Sides, finding
from parity.policy.registry import OTHER, defaults, judgement, readings
from parity.profile.model import Profile

if TYPE_CHECKING:
    from parity.policy.use import Use

_CAUSES_FIRST = (
    "platform",
    "python",
    "packages",
    "libraries",
    "source",
    "executables",
    "environment",
    "volumes",
    "process",
    "locale",
    "time",
    "tls",
    "limits",
    "cpu",
    "network",
    "container",
    "database",
)
"""Sections in the order in which a person wants them: what explains others stands before what it explains."""

_LEAD = {
    Kind.MISSING: "only local has it",
    Kind.CHANGED: "it is not the same on both sides",
    Kind.EXTRA: "only production has it",
}


def judge(comparison: Comparison, local: Profile, production: Profile, declared: Profile | None = None) -> Findings:
    """Weigh every difference. What is unknown is no finding: the verdict and the report have it apart.

    `declared` is the profile of the program's repository: with it severities follow use, each finding says which
    side departs from what is declared, and what the reading itself tells is among the findings.
    """
    sides = Sides(local, production, _view(declared, local, production))
    findings: list[Finding] = []
    known = (one for one in comparison.differences if one.kind is not Kind.UNKNOWN)
    for section, group in groupby(known, key=lambda one: one.section):
        own = judgement(section)
        found = list(group)
        weighed = own.judge(found, sides) if own else map(_by_default, found)
        findings += weighed if sides.use is None else _cornered(found, _by_use(weighed, sides, sides.use), sides.use)
    for section in (one.section for one in comparison.compared):
        own = judgement(section)
        if own is not None and own.beside is not None:
            findings += own.beside([one for one in comparison.differences if one.section == section], sides)
    if sides.use is not None:
        for read in readings().values():
            findings += read(comparison, sides, sides.use)
    return tuple(sorted(findings, key=order))


def _view(declared: Profile | None, local: Profile, production: Profile) -> Use | None:
    # Only a comparison that has a repository beside it pays for the import.
    if declared is None:
        return None
    from parity.policy.use import view

    return view(declared, local, production)


def _by_use(findings: Iterable[Finding], sides: Sides, use: Use) -> Iterator[Finding]:
    from parity.policy.surroundings import weighed

    return (weighed(one, sides, use) for one in findings)


def _cornered(differences: Iterable[Difference], findings: Iterable[Finding], use: Use) -> Iterator[Finding]:
    """The findings, each with the side that departs from what is declared."""
    from parity.policy.corner import declares, departs

    by_key = {one.key: one for one in differences}
    for one in findings:
        difference = by_key.get(one.key)
        if difference is None:
            # It stands for several differences.
            yield one
            continue
        side = departs(difference, use)
        said = declares(difference, use) if side not in (None, "undeclared") else None
        yield replace(one, departs=side, evidence=_told_once(one.evidence, said))


def _told_once(facts: tuple[str, ...], said: str | None) -> tuple[str, ...]:
    """The facts, and what is declared; a fact that says no more than that is left out."""
    if said is None:
        return facts
    kept = [fact for fact in facts if not said.endswith(fact.removeprefix("locked ").removeprefix("declared "))]
    return tuple(kept) if any(fact.startswith(said) for fact in kept) else (*kept, said)


def order(one: Finding) -> tuple[int, int, str, str, str]:
    """The place of a finding among others: the worst first, then by section, key and id."""
    place = _CAUSES_FIRST.index(one.section) if one.section in _CAUSES_FIRST else len(_CAUSES_FIRST)
    return -one.severity.weight, place, one.section, one.key, one.id


def _by_default(difference: Difference) -> Finding:
    declared = sections.declared(difference.section)
    rule = defaults(difference.section)[difference.kind.value]
    why = _LEAD[difference.kind] + (f"; {declared.why}" if declared else "")
    found = finding(difference.kind.value, difference, rule.severity, why)
    return found if declared else replace(found, id=f"{OTHER}.{difference.kind.value}")
