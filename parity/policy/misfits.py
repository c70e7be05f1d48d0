"""Wheels that were built for another Python, C library or machine than the one that is to load them.

Of those that production has, and of those that local has and production would be given: a virtual environment or a
layer that is copied from one to the other brings them along as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.policy.model import Finding, Rule, Severity, Sides
from parity.policy.wheels import Loader, loader, tags
from parity.policy.words import plural
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "wheel-tag": Rule(Severity.ERROR, "production has a wheel that was built for another Python, C library or machine"),
    "wheel-there": Rule(
        Severity.INFO, "wheels of local would not load in production: they are built for another place"
    ),
}

_APART = 3
"""Up to so many packages of one cause are told one by one."""
_LISTED = 6


def misfits(sides: Sides) -> Iterator[Finding]:
    """The findings about wheels: those that do not load where they are, then those that would not load elsewhere."""
    local, production = sides.items("packages")
    here, there = loader(sides.local), loader(sides.production)
    wrong = _refused(there, production)
    for wanted, names in wrong.items():
        yield from _in_production(wanted, names, sides, here)
    if here == there:
        return
    own = {name: item for name, item in local.items() if here.refuses(tags(item)) is None}
    for wanted, names in _refused(there, own).items():
        yield _of_local(wanted, names, local, production)


def _refused(place: Loader, packages: Mapping[str, Item]) -> dict[str, list[str]]:
    """{what the wheels want that the place is not: sorted packages}."""
    found: dict[str, list[str]] = {}
    for name in sorted(packages):
        wanted = place.refuses(tags(packages[name]))
        if wanted is not None:
            found.setdefault(wanted, []).append(name)
    return dict(sorted(found.items()))


def _in_production(wanted: str, names: list[str], sides: Sides, here: Loader) -> Iterator[Finding]:
    local, production = sides.items("packages")
    why = f"its wheel in production was built for {wanted}, which is not what loads it there: an import of it fails"
    weighed = {name: _severity(name, local.get(name), sides, here) for name in names}
    if len(names) <= _APART:
        for name in names:
            items = [
                {"version": field(side[name], "version")} if name in side else None for side in (local, production)
            ]
            evidence = (_fact(name, production[name]),)
            yield Finding(
                "packages.wheel-tag", "packages", name, None, weighed[name], items[0], items[1], why, evidence=evidence
            )
        return
    severity = max(weighed.values(), key=lambda one: one.weight)
    many = f"{plural(len(names), 'wheel')} in production were built for {wanted}, which is not what loads them there"
    yield Finding(
        "packages.wheel-tag",
        "packages",
        f"wheels for {wanted}",
        None,
        severity,
        None,
        None,
        f"{many}: an import of them fails",
        evidence=_facts(names, production),
    )


def _severity(name: str, local: Item, sides: Sides, here: Loader) -> Severity:
    # What is as wrong locally works there all the same: its tags tell less than they claim.
    if local is not None and here.refuses(tags(local)) is not None:
        return Severity.INFO
    if sides.use is not None:
        from parity.policy.use import Degree

        if sides.use.package(name).degree is Degree.UNUSED:
            return Severity.INFO
    return Severity.ERROR


def _of_local(wanted: str, names: list[str], local: Mapping[str, Item], production: Mapping[str, Item]) -> Finding:
    lacking = [name for name in names if name not in production]
    why = f"{plural(len(names), 'wheel')} of local need {wanted}: production would not load them, and takes others"
    if lacking:
        why += f"; of {len(lacking)} it has none"
    return Finding(
        "packages.wheel-there",
        "packages",
        f"wheels for {wanted}",
        None,
        Severity.WARNING if lacking else Severity.INFO,
        None,
        None,
        why,
        evidence=_facts([*lacking, *(name for name in names if name in production)], local),
    )


def _facts(names: list[str], packages: Mapping[str, Item]) -> tuple[str, ...]:
    facts = [_fact(name, packages[name]) for name in names[:_LISTED]]
    return (*facts, f"and {len(names) - _LISTED} more") if len(names) > _LISTED else tuple(facts)


def _fact(name: str, item: Item) -> str:
    return f"{name} {field(item, 'version')} is built for {tags(item)[0]}"
