"""A document into the policy that it states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import MappingProxyType

from parity.configuration.door import door
from parity.configuration.entries import entry, level, section
from parity.configuration.table import Table
from parity.policy.agreed import LEVELS, Expected, Fact, Policy, Tolerated, Waiver, Weight
from parity.policy.identity import span
from parity.text import safe

_KEYS = (
    "local", "production", "baseline", "fail-on", "require", "allow-unknown", "max-age",
    "rules", "expect", "tolerance", "environment", "door",
)  # fmt: skip
_PARTS: dict[str, Tolerated] = {"patch": "patch", "minor": "minor", "major": "major"}


def stated(table: Table, origin: str, resolved: Callable[[str], str]) -> Policy:
    """The policy of a table. Raises UsageError for anything that cannot be right.

    resolved   a target or a path as the file has it -> as the working directory has it
    """
    table.known(*_KEYS)
    entries = [entry(one) for one in table.tables("rules")]
    places = {name: table.text(name) for name in ("local", "production", "baseline")}
    return Policy(
        origin=origin,
        **{name: None if place is None else resolved(place) for name, place in places.items()},
        fail_on=level(table, "fail-on", LEVELS) if table.has("fail-on") else None,
        require=_sections(table, "require"),
        allow_unknown=_sections(table, "allow-unknown"),
        max_age=_age(table),
        weights=tuple(one for one in entries if isinstance(one, Weight)),
        waivers=tuple(one for one in entries if isinstance(one, Waiver)),
        expected=MappingProxyType(dict(_expected(table.table("expect"), key) for key in table.table("expect").data)),
        tolerance=MappingProxyType(_tolerance(table.table("tolerance"))),
        names=_names(table.table("environment")),
        door=door(table.table("door")),
    )


def _age(table: Table) -> timedelta | None:
    words = table.text("max-age")
    if words is None:
        return None
    age = span(words)
    if age is None:
        raise table.fault(f"{safe(words)!r} is no time", "max-age", hint="like 90m, 24h or 7d")
    return age


def _sections(table: Table, name: str) -> frozenset[str]:
    return frozenset(section(table, word, name, place) for place, word in enumerate(table.texts(name)))


def _expected(table: Table, key: str) -> tuple[str, Expected]:
    named, dot, rest = key.partition(".")
    if not (dot and rest):
        raise table.fault("names no fact", key, hint='quote the whole name: "database.server_version"')
    section(table, named, key)
    sides = table.table(key).known("local", "production")
    for side in ("local", "production"):
        if not sides.has(side):
            raise sides.fault(f"there is no {side}", hint='{ local = "16.*", production = "15.*" }')
    return key, Expected(_fact(sides, "local"), _fact(sides, "production"))


def _fact(sides: Table, side: str) -> Fact:
    if not isinstance(sides.data[side], dict):
        return sides.needed(side, "what it may be")
    fields = sides.table(side)
    if not fields.data:
        raise fields.fault("empty")
    return MappingProxyType({name: fields.needed(name, "what it may be") for name in sorted(fields.data)})


def _tolerance(table: Table) -> dict[str, Tolerated]:
    named = {section(table, name, name): level(table, name, tuple(_PARTS)) for name in table.data}
    return {name: _PARTS[word] for name, word in sorted(named.items())}


def _names(table: Table) -> tuple[str, ...]:
    names = table.known("required").texts("required")
    for place, name in enumerate(names):
        if "=" in name or not name.isprintable():
            raise table.fault("no variable can have this name", "required", place, hint="names, never values")
    return tuple(dict.fromkeys(names))
