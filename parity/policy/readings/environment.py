"""Variables that the source and the files of a repository disagree about, whatever the two sides have."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Comparison
from parity.policy.library_names import reader
from parity.policy.model import Departs, Finding, Rule, Severity, Sides, reading
from parity.policy.own_names import setter
from parity.policy.readings import differing, lacks, looked
from parity.policy.rules.environment import NEEDED, effect, misses, mistyped
from parity.policy.use import Degree, Usage, Use
from parity.profile.item import field

RULES = {
    "undeclared": Rule(
        Severity.ERROR, "the source does not go on without a variable that no file declares or side sets"
    ),
    "unset": Rule(Severity.ERROR, "the source does not go on without a variable that is declared and set on no side"),
    "unread": Rule(Severity.INFO, "a file declares a variable that no source reads"),
}

_DOTENV = frozenset({"django-environ", "environs", "pydantic-settings", "python-decouple", "python-dotenv"})
"""Packages that read variables from a file when the program starts: then no environment tells which are set."""


def read(comparison: Comparison, sides: Sides, use: Use) -> Iterator[Finding]:
    """One finding for each variable. What differs between the sides is told by the difference."""
    if not looked(sides, "environment"):
        return
    told = differing(comparison, "environment")
    dotenv = next((name for name in sorted(_DOTENV) if use.imported_at(name)), None)
    for name in use.variables():
        if name in told:
            continue
        usage = use.variable(name)
        if use.read_at(name):
            yield from _unset(name, usage, sides, use, dotenv)
        elif usage.degree is Degree.NAMED:
            yield from _unread(name, usage, sides, use)


def _unset(name: str, usage: Usage, sides: Sides, use: Use, dotenv: str | None) -> Iterator[Finding]:
    """What the source reads and neither side is seen to have."""
    at = "environment", name
    if not lacks(sides.production, *at) or not lacks(sides.local, *at):
        return
    meant = mistyped(name, sides, use)
    declared = use.declared_at(*at)
    departs: Departs = "both" if declared else "undeclared"
    if meant is not None:
        yield reading("near-miss", at, Severity.ERROR, misses(name, meant), evidence=usage.evidence, departs=departs)
        return
    if not use.required(name):
        if not declared and usage.degree is Degree.USED:
            why = "the source reads it, no file declares it and neither side sets it: it goes on without"
            yield reading("undeclared", at, Severity.INFO, why, evidence=usage.evidence, departs=departs)
        return
    if declared:
        rule, why = "unset", "neither side sets what is declared, and the source does not go on without it"
    else:
        rule, why = "undeclared", "no file declares it and neither side sets it: the source does not go on without it"
    if dotenv is None:
        yield reading(rule, at, Severity.ERROR, why, evidence=usage.evidence, departs=departs)
    else:
        why += f", unless {dotenv} finds it in a file that --env-file did not name"
        yield reading(rule, at, Severity.WARNING, why, evidence=usage.evidence, departs=departs)


def _unread(name: str, usage: Usage, sides: Sides, use: Use) -> Iterator[Finding]:
    """What files declare and nothing is seen to read: not the source, no library, not Python."""
    local, production = sides.items("environment")
    if (
        effect(name)
        or name in NEEDED
        or setter(name, frozenset(production))
        or reader(name, sides.items("packages")[1])
    ):
        return
    near = use.near(name)
    why = f"it is declared, and the source reads {near}" if near else "it is declared, and no source reads it"
    items = [
        {"state": field(one, "state")} if one is not None else None for one in (local.get(name), production.get(name))
    ]
    yield reading("unread", ("environment", name), Severity.INFO, why, (items[0], items[1]), usage.evidence)
