"""Every distribution at production's version, as pip reads it: `pip install --no-deps --requirement`."""

from __future__ import annotations

from dataclasses import dataclass

from parity.fix.recipe.facts import Facts
from parity.fix.remedies.packages import requirement
from parity.fix.words import Refused
from parity.profile.item import field
from parity.text import visible

OF_THE_ENVIRONMENT = frozenset({"pip"})
"""What a virtual environment brings itself."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The file, and what it could not hold: a clause each."""

    text: str
    missing: tuple[str, ...]


def locked(facts: Facts) -> Locked:
    """One line a distribution, sorted; what no index has is told in a comment."""
    lines, missing = [], []
    for name, item in sorted(facts.items("packages").items()):
        if name in OF_THE_ENVIRONMENT:
            continue
        if field(item, "installer") == "debian" or "dist-packages" in str(field(item, "origin")):
            missing.append(f"packages.{visible(name)}: the distribution's own package brings it")
            continue
        try:
            lines.append(requirement(name, item))
        except Refused as refused:
            missing.append(f"packages.{visible(name)[:80]}: {refused}")
    head = f"# what {visible(facts.profile.name)} has, exactly\n"
    return Locked(head + "".join(f"{line}\n" for line in lines), tuple(missing))
