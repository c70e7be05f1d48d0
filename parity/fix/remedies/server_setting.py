"""A setting of MySQL's or Redis's server, by statement where it can be changed while the server runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote

from parity.fix.context import Context
from parity.fix.model import Command, Remedy
from parity.fix.words import literal, setting
from parity.policy.model import Finding
from parity.products import family, product, settings
from parity.profile.model import Item

TITLE = "a setting of a MySQL or Redis server"

_AT_START = frozenset(
    {"lower_case_table_names", "skip_name_resolve", "system_time_zone", "default_authentication_plugin", "databases"}
    | {"cluster_enabled"}
)
"""What the server takes when it starts, or when its data is made."""

_TOLD_IN_PART = frozenset({"init_connect", "secure_file_priv", "maxmemory", "save"})
"""What is recorded as set or not, or by its class: no value is known to set."""

_NAMED = {"ssl_required": "require_secure_transport"}
"""{key of the section: the setting's own name}."""

_WORD = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """One setting made what it is on the other side, where both are of one family."""
    if finding.section != "database":
        return
    families = {family(product(items)) for items in context.sides.items("database")}
    side = context.side(finding)
    wanted = context.wanted(side, "database", finding.key)
    name = _NAMED.get(finding.key, finding.key)
    if len(families) != 1 or wanted is None or isinstance(wanted, dict) or name not in settings(*families):
        return
    if name in _AT_START | _TOLD_IN_PART:
        return
    of_redis = families == {"redis"}
    command = _redis(name, wanted) if of_redis else _mysql(name, wanted)
    if command is None:
        return
    again = "CONFIG REWRITE, or its configuration" if of_redis else "its configuration ([mysqld])"
    notes = (f"{again} makes it last: what is set while the server runs is gone with its next start",)
    where = Command(command, "as an administrator", "database" if side == "production" else "local")
    yield Remedy(f"set {name} to {wanted} on {side}'s server", side, (where,), notes=notes)


def _mysql(name: str, wanted: Item) -> str:
    statement = f"SET GLOBAL {setting(name)} = {literal(wanted)};"
    return f"printf '%s\\n' {quote(statement)} | mysql"


def _redis(name: str, wanted: Item) -> str | None:
    value = {True: "yes", False: "no"}[wanted] if isinstance(wanted, bool) else str(wanted)
    # Redis's own names are written with hyphens.
    own = setting(name).replace("_", "-")
    return f'redis-cli -u "$REDIS_URL" CONFIG SET {own} {value}' if _WORD.fullmatch(value) else None
