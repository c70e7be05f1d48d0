"""The sections that Dockerfiles, compose files and manifests tell of: each a part of what a container will be.

system_packages   NAME: {manager, at, version where it is pinned}
process           user, or uid and gid, where all files agree; declared.FILE: {value, at}
volumes           PATH: {exists, from, at}: a mount point that will be there
database          sections/database.py
"""

from __future__ import annotations

import re

from parity.declared.facts import Facts, Mount, SystemPackage
from parity.declared.places import placed
from parity.declared.sections import database
from parity.declared.sections.made import SILENT, section, told
from parity.profile.model import Field, Item, Section

_IDS = re.compile(r"(\d{1,10})(?::(\d{1,10}))?\Z")


def read(facts: Facts) -> dict[str, Section]:
    """{name: section} of the four."""
    found = {
        "system_packages": _system_packages(facts),
        "process": _process(facts),
        "volumes": _volumes(facts),
        "database": database.of(facts),
    }
    return {name: told(one, name, facts) for name, one in found.items()}


def _system_packages(facts: Facts) -> Section:
    if not facts.system_packages:
        return SILENT
    named: dict[str, list[SystemPackage]] = {}
    for one in facts.system_packages:
        named.setdefault(one.name, []).append(one)
    items: dict[str, Item] = {}
    hidden = {"*": "what the base image holds is not declared"}
    for name, statements in named.items():
        versions = {one.version for one in statements if one.version}
        item: dict[str, Field] = {
            "manager": statements[0].manager,
            **placed((one.at for one in statements), "at", "places"),
        }
        if len(versions) == 1:
            item["version"] = versions.pop()
        else:
            hidden[_literal(name)] = "no version is stated"
        items[name] = item
    return section(items, hidden)


def _process(facts: Facts) -> Section:
    if not facts.users:
        return SILENT
    values = sorted({one.value for one in facts.users})
    items: dict[str, Item] = {
        f"declared.{file}": {
            "value": ", ".join(sorted({one.value for one in facts.users if one.at.file == file})),
            **placed((one.at for one in facts.users if one.at.file == file), "at", None),
        }
        for file in {one.at.file for one in facts.users}
    }
    if len(values) == 1:
        ids = _IDS.match(values[0])
        if ids is None:
            items["user"] = values[0].partition(":")[0]
        else:
            items["uid"] = int(ids[1])
            items |= {"gid": int(ids[2])} if ids[2] else {}
    return section(items, {"*": database.REST})


def _volumes(facts: Facts) -> Section:
    if not facts.mounts:
        return SILENT
    paths: dict[str, list[Mount]] = {}
    for one in facts.mounts:
        paths.setdefault(one.path, []).append(one)
    items: dict[str, Item] = {
        path: {"exists": True, "from": "declared", **placed((one.at for one in ones), "at", "places")}
        for path, ones in paths.items()
    }
    return section(
        items, {"*": database.REST} | {_literal(path): "only that it is mounted is declared" for path in paths}
    )


def _literal(key: str) -> str:
    """An fnmatch pattern for this key alone."""
    return re.sub(r"([*?[])", r"[\1]", key)
