"""What is to be said of a database that is not PostgreSQL: another product, MySQL's modes, Redis's modules."""

from __future__ import annotations

from parity.diff.model import Change, Difference, Kind
from parity.policy.model import Finding, Severity, Sides, finding
from parity.products import POSTGRESQL, family

MODULE = "modules."
"""What the keys of Redis's modules begin with."""

_REFUSING = frozenset(
    {
        "ANSI",
        "ANSI_QUOTES",
        "ERROR_FOR_DIVISION_BY_ZERO",
        "IGNORE_SPACE",
        "NO_BACKSLASH_ESCAPES",
        "NO_UNSIGNED_SUBTRACTION",
    }
    | {"NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ONLY_FULL_GROUP_BY", "PIPES_AS_CONCAT", "STRICT_ALL_TABLES"}
    | {"STRICT_TRANS_TABLES", "TRADITIONAL"}
)
"""Modes under which a statement or a value fails that is taken without them (MySQL's manual, "Server SQL Modes")."""


def weigh(one: Difference) -> Finding | None:
    """The finding of a fact that means something of its own; None for one that is weighed as any other."""
    match one.key, one.production:
        case "read_only" | "super_read_only", True if one.kind is not Kind.EXTRA:
            return finding("replica", one, Severity.ERROR, "production's server is read-only: writes fail there")
        case "product", str():
            return _product(one)
        case "sql_mode", str() if isinstance(one.local, str):
            return _sql_mode(one, set(one.local.split(",")), set(one.production.split(",")))
    return None


def _product(one: Difference) -> Finding:
    local, production = str(one.local), str(one.production)
    if family(local) == family(production):
        why = f"production's server is {production}, and local's is {local}: what they have in common is compared"
        return finding("product", one, Severity.WARNING, why)
    why = f"production's server is {production}, and local's is {local}: nothing of the two can be compared"
    return finding("product", one, Severity.ERROR, why)


def _sql_mode(one: Difference, local: set[str], production: set[str]) -> Finding:
    """A mode that only production has may refuse what local takes; any other changes what is stored or given."""
    refused = ", ".join(sorted((production - local) & _REFUSING))
    if refused:
        why = f"production alone has {refused}: statements and values fail there that local takes"
        return finding("sql-mode", one, Severity.ERROR, why)
    sides = (("local", local - production), ("production", production - local))
    alone = " and ".join(f"{side} alone has {', '.join(sorted(modes))}" for side, modes in sides if modes - {""})
    return finding("setting", one, Severity.WARNING, f"{alone}: statements and values mean or become something else")


def module(one: Difference, sides: Sides) -> Finding:
    """The finding of one of Redis's modules."""
    name = one.key.removeprefix(MODULE)
    if one.kind is Kind.MISSING:
        why = f"production's server has not loaded it: the commands of {name} are not there"
        return finding("module-missing", one, Severity.ERROR, why)
    return finding("setting", one, Severity.WARNING, "what the module provides may not be the same")


def series(change: Change, whose: str) -> bool:
    """Whether the release is one of another series, which brings new things and takes old ones away.

    PostgreSQL's has a new first number; MySQL's (8.4), MariaDB's (10.11) and Redis's (7.2) a new second one.
    """
    return change.part == "major" or (change.part == "minor" and whose != POSTGRESQL)
