"""A failure as its directory describes it.

    title, category     in words, and a kind that several share
    truth               the labels (`section.key`) of the true cause, best first; none where the environment is innocent
    accept              shell patterns over labels that count as right
    log                 how the log is collected, a name of `collect.FORMS`
    expect              what production prints
    undressed           kinds of decoys that would break this program
    [both]              what the sides share; [local] and [production] add to it or say otherwise
    [repaired]          what production takes over with only the true cause repaired

Of a side: `base` (a Debian release), `packages` (pinned, dependencies follow), `unpacked` (wheels for the Python of
release `unpacked_for`, whatever the side's is), `apt`, `build` (lines of a Dockerfile), `variables` (false unsets),
`options` (of `docker run`), `start` (shell before the command), `command`, `database`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SET = Path(__file__).parent.parent / "failures"


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL server in a container beside the side's, sharing its network."""

    release: str
    settings: Mapping[str, str]
    create: str
    setup: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One environment and the command that runs the program in it."""

    base: str
    command: str
    packages: tuple[str, ...] = ()
    unpacked: tuple[str, ...] = ()
    unpacked_for: str = ""
    apt: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    start: str = ""
    database: Database | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure; `repaired` is production without the true cause, None where there is none."""

    name: str
    directory: Path
    title: str
    category: str
    truth: tuple[str, ...]
    accept: tuple[str, ...]
    log: str
    expect: str
    undressed: frozenset[str]
    local: Side
    production: Side
    repaired: Side | None

    @property
    def recorded(self) -> Path:
        """The log that production printed."""
        return self.directory / "production.log"


def every(names: list[str] | None = None) -> list[Failure]:
    """The failures of the set in the order of their names, or those asked for."""
    known = sorted(path.parent.name for path in SET.glob("*/failure.toml"))
    if unknown := set(names or ()) - set(known):
        raise KeyError(", ".join(sorted(unknown)))
    return [read(SET / name) for name in names or known]


def read(directory: Path) -> Failure:
    """The failure of a directory."""
    table = tomllib.loads((directory / "failure.toml").read_text("utf-8"))
    both = table.get("both", {})
    local, production = _added(both, table.get("local", {})), _added(both, table.get("production", {}))
    return Failure(
        name=directory.name,
        directory=directory,
        title=table["title"],
        category=table["category"],
        truth=tuple(table["truth"]),
        accept=tuple(table.get("accept", ())),
        log=table["log"],
        expect=table["expect"],
        undressed=frozenset(table.get("undressed", ())),
        local=_side(local),
        production=_side(production),
        repaired=_side(_replaced(production, both, table["repaired"])) if table["truth"] else None,
    )


_LISTS = ("packages", "apt", "build", "options", "unpacked")


def _added(both: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**both, **own}
    for key in _LISTS:
        merged[key] = [*both.get(key, ()), *own.get(key, ())]
    merged["variables"] = {**both.get("variables", {}), **own.get("variables", {})}
    if "database" in both or "database" in own:
        one, other = both.get("database", {}), own.get("database", {})
        merged["database"] = {
            **one,
            **other,
            "settings": {**one.get("settings", {}), **other.get("settings", {})},
            "setup": [*one.get("setup", ()), *other.get("setup", ())],
        }
    return merged


def _replaced(production: Mapping[str, Any], both: Mapping[str, Any], repair: Mapping[str, Any]) -> dict[str, Any]:
    """Production with what a repair says in place of its own; variables and settings one by one."""
    merged = {**production, **{key: value for key, value in repair.items() if key != "database"}}
    for key in _LISTS:
        if key in repair:
            merged[key] = [*both.get(key, ()), *repair[key]]
    merged["variables"] = {**production["variables"], **repair.get("variables", {})}
    if "database" in repair:
        was, other = production["database"], repair["database"]
        setup = [*both["database"].get("setup", ()), *other["setup"]] if "setup" in other else was["setup"]
        settings = {**was["settings"], **other.get("settings", {})}
        merged["database"] = {**was, **other, "settings": settings, "setup": setup}
    return merged


def _side(table: Mapping[str, Any]) -> Side:
    database = table.get("database")
    lists = {key: tuple(table[key]) for key in _LISTS}
    return Side(
        base=table["base"],
        command=table["command"],
        unpacked_for=table.get("unpacked_for", table["base"]),
        variables=_set(table["variables"]),
        start=table.get("start", ""),
        database=None
        if database is None
        else Database(
            database["release"], _set(database["settings"]), database.get("create", ""), tuple(database["setup"])
        ),
        **lists,
    )


def _set(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in table.items() if value is not False}
