"""What the source asks of production's database that no difference between the sides tells: migrations, extensions, and
room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from parity.declared.sections.database import EXTENSION
from parity.diff.model import Comparison
from parity.policy.migrations import KEY, pending, standing, strings, unknown
from parity.policy.model import Finding, Rule, Severity, Sides, reading
from parity.policy.readings import differing, lacks, looked
from parity.policy.use import Use
from parity.products import family, product
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "extension-needed": Rule(Severity.ERROR, "an extension that the source creates is not there, or not offered"),
    "pool": Rule(Severity.ERROR, "the pools of all worker processes together want more sessions than production has"),
}

_LIMITS = ("connection_limit.role", "connection_limit.database")
_RESERVED = ("superuser_reserved_connections", "reserved_connections")


def read(comparison: Comparison, sides: Sides, use: Use) -> Iterator[Finding]:
    """One finding for each chain of migrations, and one for the pool. What differs is told by the difference."""
    if not looked(sides, "database"):
        return
    told = differing(comparison, "database")
    keeps_tables = family(product(sides.items("database")[1])) != "redis"
    for key, declared in use.section("database").items.items():
        if key.startswith(KEY) and key not in told and keeps_tables:
            yield from _migrations(key, declared, sides)
        elif key.startswith(EXTENSION):
            yield from _extension(key.removeprefix(EXTENSION), declared, sides, told)
    if "max_connections" not in told:
        yield from _pool(sides, use)


def _migrations(key: str, declared: Item, sides: Sides) -> Iterator[Finding]:
    """Both sides had the same, or production none and local has not been seen to have any."""
    local, production = (items.get(key) for items in sides.items("database"))
    if production is None and not lacks(sides.production, "database", key):
        return
    found = standing(declared, production)
    shown = tuple(None if one is None else {"heads": strings(one, "heads")} for one in (local, production))
    places = strings(declared, "at")
    evidence = (f"the source's last is {', '.join(strings(declared, 'heads'))}, at {places[0]}",) if places else ()
    if found.pending:
        same = local is not None and production is not None
        yield reading(
            "migrations",
            ("database", key),
            Severity.ERROR,
            pending(found.pending),
            (shown[0], shown[1]),
            evidence,
            "both" if same else "production",
        )
    elif found.unknown:
        yield reading(
            "migrations-unknown",
            ("database", key),
            Severity.WARNING,
            unknown(found.unknown),
            (shown[0], shown[1]),
            evidence,
        )


def _extension(name: str, declared: Item, sides: Sides, told: Set[str]) -> Iterator[Finding]:
    """An extension that production's database does not have, where no difference says so."""
    installed, offered = f"extensions.{name}", f"{_AVAILABLE}{name}"
    if told & {installed, offered} or not lacks(sides.production, "database", installed):
        return
    production = sides.items("database")[1]
    if not any(key.startswith(("extensions.", _AVAILABLE)) for key in production):
        # Every PostgreSQL has one from its beginning: it is a server of another kind.
        return
    evidence = tuple(f"created at {place}" for place in strings(declared, "at")[:1])
    if lacks(sides.production, "database", offered) and any(key.startswith(_AVAILABLE) for key in production):
        why = "production's server does not offer it, and the source creates it: CREATE EXTENSION fails there"
        yield reading("extension-needed", ("database", installed), Severity.ERROR, why, evidence=evidence)
    elif not lacks(sides.local, "database", installed):
        # Of a local database that works without it, nobody knows yet that it is needed.
        why = "production's database does not have it: what it provides is not there until the source has created it"
        yield reading("extension-needed", ("database", installed), Severity.WARNING, why, evidence=evidence)


_AVAILABLE = "available_extensions."


def _pool(sides: Sides, use: Use) -> Iterator[Finding]:
    """The sessions that the pools may open, against those that ordinary roles can have."""
    local, production = sides.items("database")
    pool, room = use.item("database", "pool"), _room(production)
    size, overflow = _largest(pool, "size"), _largest(pool, "overflow") or 0
    if size is None or room is None or size <= 0 or overflow < 0:
        return
    workers = sides.items("process")[1].get("workers")
    count = workers if isinstance(workers, int) and workers > 0 else 1
    wanted = (size + overflow) * count
    if 2 * wanted <= room:
        return
    each = f"{size + overflow} sessions" + (f" of each of {count} workers" if count > 1 else "")
    at = "database", "max_connections"
    shown = local.get("max_connections"), production.get("max_connections")
    places = strings(pool, "at")
    evidence = (f"the pool is declared at {places[0]}",) if places else ()
    if wanted > room:
        why = f"the pool may open {each}, {wanted} in all, and production has {room} for ordinary roles"
        yield reading("pool", at, Severity.ERROR, why, shown, evidence)
    else:
        why = (
            f"the pool may open {each}, {wanted} in all, and production has {room} for ordinary roles: while a release "
            "replaces another, both together find too few"
        )
        yield reading("pool", at, Severity.WARNING, why, shown, evidence)


def _room(production: Mapping[str, Item]) -> int | None:
    """Sessions that the role can have at most, None where the server's limit is not known."""
    most = production.get("max_connections")
    if not isinstance(most, int):
        return None
    reserved = [production.get(name) for name in _RESERVED]
    limits = [one for one in (production.get(name) for name in _LIMITS) if isinstance(one, int) and one >= 0]
    return min([most - sum(one for one in reserved if isinstance(one, int)), *limits])


def _largest(pool: Item, name: str) -> int | None:
    """The largest of the numbers that are declared, for several pools are seldom all used by one process."""
    value = field(pool, name)
    found = [int(one) for one in value if one.lstrip("-").isdigit()] if isinstance(value, tuple) else [value]
    numbers = [one for one in found if isinstance(one, int) and not isinstance(one, bool)]
    return max(numbers, default=None)
