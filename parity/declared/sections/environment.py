"""The section `environment`: names that files promise, and names that the source reads.

state         "set" or "empty" where a file gives a value, "named" where it only names the variable or leaves it to be
              filled in, "read" where the source alone does and does not go on without it; left out where it goes on
from          "declared" or "source"
required      whether the program stops somewhere without it
default       whether everywhere that it is read the program says what holds without it
dev           true where only tests and the like read it
declared_at, read_at   places, at most five each; `declarations` and `reads` how many where there are more
near          for a name that is on one side only: the one on the other side that it is mistaken for
"""

from __future__ import annotations

from collections import defaultdict

from parity.declared.facts import DeclaredName, Facts, ReadName
from parity.declared.places import Placed, placed
from parity.declared.sections.made import SILENT, section, told
from parity.declared.source.modules import is_dev
from parity.near import near
from parity.profile.model import Item, Section

COMPUTED = "a name is put together while the program runs"
"""Begins the notes about reads of which nothing is known but where they are, and a pattern in brackets at most."""

_COMPARED = 400
"""Names on each side that are looked at for it."""


def read(facts: Facts) -> dict[str, Section]:
    """{"environment": section}."""
    declared: dict[str, list[DeclaredName]] = defaultdict(list)
    reads: dict[str, list[ReadName]] = defaultdict(list)
    for one in facts.declared_names:
        declared[one.name].append(one)
    for use in facts.read_names:
        reads[use.name].append(use)
    if not declared and not reads and not facts.computed_reads:
        return {"environment": told(SILENT, "environment", facts)}
    pairs = _near(declared.keys() - reads.keys(), {name for name in reads if name not in declared})
    items: dict[str, Item] = {}
    for name in sorted({*declared, *reads}):
        item = _item(declared.get(name, []), reads.get(name, []))
        if name in pairs:
            item["near"] = pairs[name]
        items[name] = item
    # What a test puts together, nothing that serves reads.
    computed = [one for one in facts.computed_reads if not is_dev(one.at.file)]
    patterns = sorted({one.pattern for one in computed} - {"*"})
    hidden = dict.fromkeys(patterns, "the source puts names of variables together while it runs")
    told_first = sorted(computed, key=lambda one: one.pattern != "*")[:5]
    notes = [f"{COMPUTED}: {one.at}" + (f" ({one.pattern})" if one.pattern != "*" else "") for one in told_first]
    return {"environment": told(section(items, hidden, notes), "environment", facts)}


def _item(declared: list[DeclaredName], reads: list[ReadName]) -> Placed:
    serving = [one for one in reads if not one.dev]
    item: Placed = {
        "from": "declared" if declared else "source",
        "required": any(one.required for one in serving),
        "default": bool(serving) and all(one.default for one in serving),
    }
    if reads and not serving:
        item["dev"] = True
    if declared:
        # In a dotenv file of a repository, which is a form to fill in, nothing is no value.
        valued = [one for one in declared if one.set and not (one.empty and ".env" in one.at.file)]
        item["state"] = "named" if not valued else "empty" if all(one.empty for one in valued) else "set"
        item |= placed((one.at for one in declared), "declared_at", "declarations")
    elif any(not one.default for one in serving):
        item["state"] = "read"
    if reads:
        item |= placed((one.at for one in serving or reads), "read_at", "reads")
    return item


def _near(declared: set[str], read: set[str]) -> dict[str, str]:
    """{name: the one that it is near to}, both ways, between names that are declared only and read only."""
    found: dict[str, str] = {}
    candidates = sorted(read)[:_COMPARED]
    for one in sorted(declared)[:_COMPARED]:
        other = near(one, candidates)
        if other is not None:
            found[one] = other
            found.setdefault(other, one)
    return found
