"""The section `executables`: NAME is the first place where the source starts that program, or looks for it."""

from __future__ import annotations

from parity.declared.facts import Facts
from parity.declared.sections.made import SILENT, section, told
from parity.profile.model import Item, Section


def read(facts: Facts) -> dict[str, Section]:
    """{"executables": section}. What tests and the like start, nothing that serves needs."""
    items: dict[str, Item] = {}
    for one in sorted(facts.programs, key=lambda one: (one.name, one.at)):
        if not one.dev:
            items.setdefault(one.name, str(one.at))
    if not items:
        return {"executables": told(SILENT, "executables", facts)}
    return {"executables": told(section(items, {"*": "what else is there is not declared"}), "executables", facts)}
