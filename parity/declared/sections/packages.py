"""The section `packages`: every distribution that is declared, locked or imported (dependencies/choose.py)."""

from __future__ import annotations

from parity.declared.dependencies.choose import packages
from parity.declared.dependencies.markers import Environment
from parity.declared.facts import Facts
from parity.declared.sections.made import SILENT, section, told
from parity.profile.model import Section

_NAMED = 5


def read(facts: Facts, environment: Environment) -> dict[str, Section]:
    """{"packages": section}, its markers evaluated for one environment."""
    found = packages(facts, environment)
    if not found.items and not found.notes:
        return {"packages": told(SILENT, "packages", facts)}
    hidden = {}
    if found.unpinned:
        shown = ", ".join(found.unpinned[:_NAMED])
        more = f" and {len(found.unpinned) - _NAMED} more" if len(found.unpinned) > _NAMED else ""
        hidden = dict.fromkeys(found.unpinned, f"no file states one version for this environment of {shown}{more}")
    if not found.complete:
        hidden["*"] = "no lock says what the dependencies require in turn"
    return {"packages": told(section(found.items, hidden, found.notes), "packages", facts)}
