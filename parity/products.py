"""The products that a database's section may be of, and what of each matters: data in parity/database/data.

A section without `product` is PostgreSQL's. Products of a family speak the same protocol and have the same settings,
and number their releases each in its own way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

POSTGRESQL = "PostgreSQL"

_FAMILIES = {
    POSTGRESQL: "postgresql",
    "MySQL": "mysql",
    "MariaDB": "mysql",
    "Percona Server": "mysql",
    "TiDB": "mysql",
    "Redis": "redis",
    "Valkey": "redis",
    "KeyDB": "redis",
    "Dragonfly": "redis",
}


def product(items: Mapping[str, object]) -> str:
    """The product that a database's section with these items is of."""
    told = items.get("product")
    return told if isinstance(told, str) else POSTGRESQL


def family(name: str) -> str:
    """What a product is like: "postgresql", "mysql", "redis", or its own name."""
    return _FAMILIES.get(name, name)


@cache
def settings(of_family: str) -> Mapping[str, str]:
    """{setting that changes what a program sees: how}, of "mysql" or "redis"; no other is asked for. {} for another."""
    if of_family not in ("mysql", "redis"):
        return MappingProxyType({})
    text = (files("parity") / "database" / "data" / f"{of_family}.json").read_text("utf-8")
    return MappingProxyType(dict(json.loads(text)))
