"""The part of the section `database` that a repository tells: the server that it runs, its migrations, its pool.

server_version                        scalar, only where all that state one agree
declared.server_version               {value, at}
declared.extensions.NAME              {at}: what the repository creates
migrations.TOOL, migrations.django.APP  {heads, revisions, at}
pool                                  {size, overflow ..., at}

A revision is "NAME", with "<A B" behind it where it follows others and "=A B" where it stands for them.
"""

from __future__ import annotations

from parity.declared.facts import Facts, Migration, Place
from parity.declared.places import placed
from parity.declared.sections.made import SILENT, section
from parity.profile.model import Field, Item, Section

REST = "a repository says a part of it"

EXTENSION = "declared.extensions."

MOST_REVISIONS = 3_000
"""Revisions of one chain that are kept, the first in the order of files."""


def of(facts: Facts) -> Section:
    """The section."""
    items: dict[str, Item] = {}
    versions = sorted({one.value for one in facts.server_versions})
    if versions:
        at = placed((one.at for one in facts.server_versions), "at", None)
        items["declared.server_version"] = {"value": ", ".join(versions), **at}
    if len(versions) == 1:
        items["server_version"] = versions[0]
    for name in sorted({one.name for one in facts.extensions}):
        items[f"{EXTENSION}{name}"] = placed((one.at for one in facts.extensions if one.name == name), "at", "places")
    items |= _migrations(facts)
    if facts.pool_settings:
        pool: dict[str, Field] = {}
        for name in sorted({one.name for one in facts.pool_settings}):
            found = {one.value for one in facts.pool_settings if one.name == name}
            pool[name] = found.pop() if len(found) == 1 else tuple(sorted(map(str, found)))
        items["pool"] = {**pool, **placed((one.at for one in facts.pool_settings), "at", "places")}
    return section(items, {"*": REST}) if items else SILENT


def _migrations(facts: Facts) -> dict[str, Item]:
    chains: dict[str, list[Migration]] = {}
    for one in facts.migrations:
        chains.setdefault(".".join(filter(None, ("migrations", one.tool, one.app))), []).append(one)
    heads: dict[str, set[str]] = {}
    places: dict[str, list[Place]] = {}
    for head in facts.migration_heads:
        app, _, name = head.name.rpartition(".") if head.tool == "django" else ("", "", head.name)
        key = ".".join(filter(None, ("migrations", head.tool, app)))
        heads.setdefault(key, set()).add(name)
        places.setdefault(key, []).append(head.at)
    return {
        key: {
            "heads": tuple(sorted(names)),
            "revisions": tuple(sorted(map(_written, chains.get(key, ())))[:MOST_REVISIONS]),
            **placed(places[key], "at", "places"),
        }
        for key, names in heads.items()
    }


def _written(one: Migration) -> str:
    follows = f"<{' '.join(one.follows)}" if one.follows else ""
    return one.name + follows + (f"={' '.join(one.replaces)}" if one.replaces else "")
