"""Differences into findings."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from parity import sections
from parity.diff.model import Comparison, Difference, Kind
from parity.policy.model import Finding, Findings, Sides, finding
from parity.policy.registry import OTHER, defaults, judgement
from parity.profile.model import Profile

_LEAD = {
    Kind.MISSING: "only local has it",
    Kind.CHANGED: "it is not the same on both sides",
    Kind.EXTRA: "only production has it",
}


def judge(comparison: Comparison, local: Profile, production: Profile) -> Findings:
    """Weigh every difference. What is unknown is no finding: the verdict and the report have it apart."""
    sides = Sides(local, production)
    findings: list[Finding] = []
    known = (one for one in comparison.differences if one.kind is not Kind.UNKNOWN)
    for section, group in groupby(known, key=lambda one: one.section):
        own = judgement(section)
        found = list(group)
        findings += own.judge(found, sides) if own else map(_by_default, found)
    return tuple(sorted(findings, key=_order))


def _order(one: Finding) -> tuple[int, str, str, str]:
    return -one.severity.weight, one.section, one.key, one.id


def _by_default(difference: Difference) -> Finding:
    declared = sections.declared(difference.section)
    rule = defaults(difference.section)[difference.kind.value]
    why = _LEAD[difference.kind] + (f"; {declared.why}" if declared else "")
    found = finding(difference.kind.value, difference, rule.severity, why)
    return found if declared else replace(found, id=f"{OTHER}.{difference.kind.value}")
