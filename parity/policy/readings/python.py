"""What the project says about the version of Python, against the one that production has."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Comparison
from parity.policy.corner import satisfies
from parity.policy.model import Finding, Rule, Severity, Sides, reading
from parity.policy.readings import looked
from parity.policy.use import Use
from parity.profile.item import field

RULES = {"requires": Rule(Severity.ERROR, "production's Python is not one that the project allows")}


def read(comparison: Comparison, sides: Sides, use: Use) -> Iterator[Finding]:
    """One finding at most."""
    if not looked(sides, "python"):
        return
    local, production = (items.get("version") for items in sides.items("python"))
    if not isinstance(production, str) or satisfies(production, use) is not False:
        return
    requires = use.item("python", "requires")
    specifier, places = field(requires, "specifier"), use.declared_at("python", "requires")
    both = isinstance(local, str) and satisfies(local, use) is False
    why = f"the project requires Python {specifier}: it need not install there, nor run"
    evidence = (f"{specifier} is declared at {places[0]}",) if places else ()
    at = "python", "version"
    yield reading("requires", at, Severity.ERROR, why, (local, production), evidence, "both" if both else "production")
