"""The section `packages`: every distribution that is declared, locked or imported (dependencies/choose.py)."""

from __future__ import annotations

from parity.declared.dependencies.choose import packages
from parity.declared.dependencies.markers import Environment
from parity.declared.facts import Facts
from parity.declared.sections.made import SILENT, UNREAD, section
from parity.profile.model import Section

_NAMED = 5


def read(facts: Facts, environment: Environment) -> dict[str, Section]:
    """{"packages": section}, its markers evaluated for one environment."""
    found = packages(facts, environment)
    faults = [fault for fault in facts.faults if any(name == "packages" for name, _ in fault.hides)]
    if not found.items:
        return {"packages": SILENT if not faults else section({}, {"*": faults[0].sentence})}
    hidden = {}
    if found.unpinned:
        shown = ", ".join(found.unpinned[:_NAMED])
        more = f" and {len(found.unpinned) - _NAMED} more" if len(found.unpinned) > _NAMED else ""
        hidden = dict.fromkeys(found.unpinned, f"no file states one version for this environment of {shown}{more}")
    reasons = [] if found.complete else ["no lock says what the dependencies require in turn"]
    if faults:
        reasons.append(UNREAD)
    if reasons:
        hidden["*"] = "; ".join(reasons)
    return {"packages": section(found.items, hidden, found.notes)}
