"""Requirements that an environment breaks by itself, as `pip check` tells them: what a package there requires is not
there, or is there in a version that it does not allow.

A requirement in a profile holds in its environment; those behind an extra that nobody asked for are not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides
from parity.policy.requirements import Requirement, Requirements
from parity.policy.words import some
from parity.profile.model import Item

RULES = {
    "broken-requirement": Rule(
        Severity.ERROR, "a package of production requires another that is not there, or not in such a version"
    ),
}

_LISTED = 6
"""Requirements that are named as evidence before the rest is counted."""


def broken(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each package that production's own require and miss, where no difference tells of it already;
    and one for all that is just as broken locally, where the program works."""
    local, production = map(Requirements, sides.items("packages"))
    section = sides.production.sections.get("packages")
    found = _breaks(production, section.hidden if section is not None else ())
    tolerated = {(edge.requirer, edge.name) for edge in _breaks(local, ())} if found else set()
    told = {kind: {one.key for one in differences if one.kind is kind} for kind in (Kind.MISSING, Kind.CHANGED)}
    apart: dict[str, list[Requirement]] = {}
    both: list[Requirement] = []
    for edge in found:
        if (edge.requirer, edge.name) in tolerated:
            both.append(edge)
        elif edge.name in production.packages:
            if not told[Kind.CHANGED] & {edge.name, edge.requirer}:
                apart.setdefault(edge.name, []).append(edge)
        elif edge.name not in told[Kind.MISSING]:
            apart.setdefault(edge.name, []).append(edge)
    for name, edges in sorted(apart.items()):
        yield _of_production(name, edges, local, production, sides)
    if both:
        yield _of_both(both, production)


def _breaks(side: Requirements, hidden: Sequence[str]) -> list[Requirement]:
    absent = (edge for edge in side.absent() if not any(fnmatchcase(edge.name, pattern) for pattern in hidden))
    return sorted((*absent, *side.unmet()), key=lambda edge: (edge.name, edge.requirer, edge.text))


def _of_production(
    name: str, edges: Sequence[Requirement], local: Requirements, production: Requirements, sides: Sides
) -> Finding:
    who = list(dict.fromkeys(edge.requirer for edge in edges))
    verb = "requires" if len(who) == 1 else "require"
    lacks = "has it in a version that is not allowed" if name in production.packages else "does not have it"
    why = f"{some(who)} {verb} it in production, which {lacks}"
    severity = Severity.INFO if _unused(who, sides) else Severity.ERROR
    items: list[Item] = [
        {"version": side.version(name)} if name in side.packages else None for side in (local, production)
    ]
    return _finding(name, severity, why, edges, production, items[0], items[1])


def _of_both(edges: Sequence[Requirement], production: Requirements) -> Finding:
    who = sorted({edge.requirer for edge in edges})
    many = "requirement is" if len(edges) == 1 else "requirements are"
    why = f"{len(edges)} {many} not met in production, and just as little locally, where the program works"
    return _finding(who[0], Severity.INFO, why, edges, production)


def _finding(
    key: str,
    severity: Severity,
    why: str,
    edges: Sequence[Requirement],
    production: Requirements,
    local: Item = None,
    there: Item = None,
) -> Finding:
    facts = [production.sentence(edge) for edge in edges[:_LISTED]]
    if len(edges) > _LISTED:
        facts.append(f"and {len(edges) - _LISTED} more")
    rule = "packages.broken-requirement"
    return Finding(rule, "packages", key, None, severity, local, there, why, evidence=tuple(facts))


def _unused(who: Sequence[str], sides: Sides) -> bool:
    """Whether the repository tells that the program needs none of them."""
    if sides.use is None:
        return False
    from parity.policy.use import Degree

    return all(sides.use.package(name).degree is Degree.UNUSED for name in who)
