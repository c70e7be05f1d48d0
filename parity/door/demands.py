"""A policy, and the migrations that a repository holds, into the plain data that the script is made with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from parity.policy.agreed import Policy, Server

Demands: TypeAlias = "dict[str, Any]"
"""{check of parity/door/inside/checks: what it is asked}, the cheapest first; a check of which nothing is asked is not
among them. Names and bounds, of which none is a variable's value."""


def demands(policy: Policy, migrations: Mapping[str, tuple[str, ...]]) -> Demands:
    """What a policy asks at the door.

    migrations   {`migrations.TOOL`: (revision, ...)}, where the policy wants them applied
    """
    door = policy.door
    asked: Demands = {
        "environment": list(policy.names),
        "python": door.python,
        "packages": dict(door.packages),
        "volumes": list(door.volumes),
        "database": _database(door.database, migrations),
    }
    return {name: one for name, one in asked.items() if one}


def _database(server: Server | None, migrations: Mapping[str, tuple[str, ...]]) -> dict[str, Any] | None:
    if server is None and not migrations:
        return None
    named = server or Server()
    asked = {
        "server_version": named.version,
        "extensions": list(named.extensions),
        "settings": dict(named.settings),
        "migrations": {key: list(revisions) for key, revisions in sorted(migrations.items())},
    }
    # Where nothing else is asked, that it answers is.
    told = {name: one for name, one in asked.items() if one}
    return {"variable": named.variable, "seconds": named.seconds, **told}
