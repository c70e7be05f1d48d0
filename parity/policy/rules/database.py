"""The database: the server's version, extensions, settings, and what the role may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Change, Difference, Kind
from parity.policy import migrations, products
from parity.policy.contrib import contrib
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.readings import lacks
from parity.probe.postgres.settings import SETTINGS
from parity.products import family, product, settings
from parity.profile.item import field

RULES = {
    "product": Rule(Severity.ERROR, "production's server is of another product: MySQL instead of PostgreSQL, say"),
    "older": Rule(Severity.ERROR, "production's server is older"),
    "major": Rule(Severity.WARNING, "production's server is of a newer major version"),
    "minor": Rule(Severity.INFO, "production's server is of a newer minor version"),
    "extension-missing": Rule(Severity.ERROR, "an extension that is installed locally and not in production"),
    "extension-changed": Rule(Severity.WARNING, "an extension of another version, or in another schema"),
    "module-missing": Rule(Severity.ERROR, "a module that Redis has loaded locally and not in production"),
    "extension-unavailable": Rule(
        Severity.WARNING,
        "an extension that the server can install locally, is no part of PostgreSQL and production lacks",
    ),
    "migrations": Rule(
        Severity.ERROR, "migrations of the source, or of the local database, that production's database has not had"
    ),
    "migrations-unknown": Rule(Severity.WARNING, "migrations that production's database had and the source lacks"),
    "collation-version": Rule(
        Severity.WARNING, "the collation that production's database was built with is not the one that it has now"
    ),
    "ssl-required": Rule(Severity.WARNING, "production's server refuses what local's takes: a connection without TLS"),
    "schema": Rule(Severity.ERROR, "a schema of the search path that production lacks, or that the role may not use"),
    "replica": Rule(Severity.ERROR, "production is a replica or read-only, and refuses writes that local takes"),
    "sql-mode": Rule(Severity.ERROR, "production's MySQL refuses by its sql_mode what local's takes"),
    "privilege": Rule(Severity.WARNING, "something that the role may do locally and not in production"),
    "setting": Rule(Severity.WARNING, "a setting or another fact that changes what a program sees"),
    "missing": Rule(Severity.WARNING, "a setting that production's server does not have"),
    "extra": Rule(Severity.INFO, "something that only production has"),
}

_SPEED = frozenset(
    {"deadlock_timeout", "default_table_access_method", "default_tablespace", "escape_string_warning"}
    | {"password_encryption", "quote_all_identifiers", "synchronous_commit", "temp_tablespaces", "work_mem"}
    | {"appendfsync", "redis_version", "skip_name_resolve"}
)
"""Settings that change how fast, how safely and where, and nothing of what a statement gives."""
_CEILINGS = ("connection_limit.", "max_", "maxclients", "databases", "group_concat_max_len", "proto_max_bulk_len")

_EXTENSION = "extensions."
_AVAILABLE = "available_extensions."
_SCHEMA = "schemas."
_PRIVILEGE = "privileges."

_STALE = (
    "production's database was built with a collation of another version than it has now: an index over text may be "
    "in an order that nobody looks in, until it is rebuilt"
)

_EFFECTS = {
    "collate": "the order of text, and so of ORDER BY and of ranges",
    "default_privileges.functions": "whether the role may call functions that others make",
    "default_privileges.sequences": "whether the role may use sequences that others make",
    "default_privileges.tables": "what the role may do with tables that others make",
    "collation_version": "whether indexes over text were built in the order that is used now",
    "connection_limit.database": "how many sessions the database takes",
    "connection_limit.role": "how many sessions the role may have",
    "ctype": "what counts as a letter, and what upper() and lower() do",
    "encoding": "which characters can be stored",
    "icu_locale": "the order of text, and so of ORDER BY and of ranges",
    "locale_provider": "the order of text, and so of ORDER BY and of ranges",
    "pooler": "whether a session is the program's own: through a pooler, SET and prepared statements may not last",
    "authentication_plugin": "whether the program's driver can log in",
    "ssl": "whether the server offers TLS",
    "ssl_in_use": "whether the connection is encrypted",
}
"""{fact: what it decides}, for what is no setting of the server's."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key. A setting that comes and goes with the server's version is told by that version."""
    whose = product(sides.items("database")[1])
    versioned = any(
        one.key == "server_version" and one.change and products.series(one.change, whose) for one in differences
    )
    for one in differences:
        if one.key == "server_version" and one.change is not None:
            yield _version(one, one.change, whose)
        else:
            yield _of_this_key(one) or _of_its_kind(one, sides) or _by_default(one, versioned, family(whose))


def _of_this_key(one: Difference) -> Finding | None:
    """The finding of a fact that means something of its own, whichever side has it."""
    match one.key, one.production:
        case "refused_as_given", str():
            why = (
                "production's server refuses a connection as the DSN asks for it, without TLS: the program is kept out"
            )
            return finding("ssl-required", one, Severity.ERROR, why)
        case "collation_version_matches", False:
            return finding("collation-version", one, Severity.WARNING, _STALE)
        case "ssl_required", True if one.kind is not Kind.EXTRA:
            why = "production's server refuses a connection without TLS: a driver that does not ask for it is kept out"
            return finding("ssl-required", one, Severity.WARNING, why)
        case "replica", True if one.kind is not Kind.EXTRA:
            return finding("replica", one, Severity.ERROR, "production is a replica: every write fails there")
    return products.weigh(one)


def _of_its_kind(one: Difference, sides: Sides) -> Finding | None:
    """The finding of one of many alike: an extension, a right, a schema, a chain of migrations."""
    if one.kind is Kind.EXTRA:
        return finding("extra", one, Severity.INFO, "only production has it")
    return next((weigh(one, sides) for prefix, weigh in _KINDS if one.key.startswith(prefix)), None)


def _by_default(one: Difference, versioned: bool, of_family: str) -> Finding:
    if one.kind is Kind.MISSING and one.key == "system_time_zone":
        # It is told of a server whose time_zone is SYSTEM: that other one is the difference.
        return finding("missing", one, Severity.INFO, "production's server is set a time zone of its own")
    if one.kind is Kind.MISSING and versioned:
        return finding("missing", one, Severity.INFO, "production's server is of a version that does not have it")
    if one.kind is Kind.MISSING:
        return finding("missing", one, Severity.WARNING, f"production does not have it{_effect(one.key, of_family)}")
    severity = Severity.INFO if one.key in _SPEED or _allows_as_much(one) else Severity.WARNING
    return finding("setting", one, severity, f"it is not the same{_effect(one.key, of_family)}")


def _allows_as_much(one: Difference) -> bool:
    numbers = [side for side in (one.local, one.production) if isinstance(side, int) and not isinstance(side, bool)]
    return one.key.startswith(_CEILINGS) and len(numbers) == 2 and numbers[1] >= numbers[0] > 0


def _privilege(one: Difference, sides: Sides) -> Finding:
    right = one.key.removeprefix(_PRIVILEGE).replace("_", " ")
    if one.production:
        return finding("extra", one, Severity.INFO, f"only production's role has the right ({right})")
    why = f"production's role does not have the right ({right}) that the local one has"
    return finding("privilege", one, Severity.WARNING, why)


def _effect(key: str, of_family: str) -> str:
    effect = _EFFECTS.get(key) or (settings(of_family) or SETTINGS).get(key)
    return f", and it decides {effect}" if effect else ""


def _version(one: Difference, change: Change, whose: str) -> Finding:
    if change.direction == "older":
        what = "commands" if family(whose) == "redis" else "statements and functions"
        why = f"production's server is older: {what} that newer ones brought are not there"
        return finding("older", one, Severity.ERROR, why)
    if products.series(change, whose):
        why = "production's server is newer: defaults, catalogs and plans have changed"
        return finding("major", one, Severity.WARNING, why)
    return finding("minor", one, Severity.INFO, "production's server has a newer bug-fix release")


def _unavailable(one: Difference, sides: Sides) -> Finding:
    name = one.key.removeprefix(_AVAILABLE)
    if f"{_EXTENSION}{name}" in sides.items("database")[0]:
        return finding("extension-unavailable", one, Severity.ERROR, f"{_OFFERS_NOT}, and the local database has it")
    created = _created(name, sides)
    if created:
        why = f"{_OFFERS_NOT}, and the source does it"
        return finding("extension-unavailable", one, Severity.ERROR, why, evidence=created)
    if name in contrib():
        why = "production's server does not offer it; it is PostgreSQL's own, and the local database does not have it"
        return finding("extension-unavailable", one, Severity.INFO, why)
    return finding("extension-unavailable", one, Severity.WARNING, _OFFERS_NOT)


def _created(name: str, sides: Sides) -> tuple[str, ...]:
    """Where the source creates an extension, as evidence."""
    places = sides.use.declared_at("database", f"declared.extensions.{name}") if sides.use is not None else ()
    return tuple(f"created at {place}" for place in places[:1])


_OFFERS_NOT = "production's server does not offer it: CREATE EXTENSION fails there"


def _schema(one: Difference, sides: Sides) -> Finding:
    if one.kind is Kind.MISSING:
        return finding("setting", one, Severity.INFO, "production's search path does not name it")
    gone = field(one.local, "exists") and not field(one.production, "exists")
    if gone or (field(one.local, "usable") and not field(one.production, "usable")):
        what = "does not have it" if gone else "does not let the role use it"
        why = f"the search path names it, and production's database {what}: bare names are looked up elsewhere"
        # Most databases have no schema of the role's name, and none of its objects is missed.
        return finding("schema", one, Severity.WARNING if one.key == "schemas.$user" else Severity.ERROR, why)
    return finding("privilege", one, Severity.WARNING, "the role may not do there what it may locally")


def _extension(one: Difference, sides: Sides) -> Finding:
    name = one.key.removeprefix(_EXTENSION)
    if one.kind is Kind.MISSING:
        offered = lacks(sides.production, "database", f"{_AVAILABLE}{name}")
        why = f"production's database does not have it: what {name} provides is not there"
        if offered and any(key.startswith(_AVAILABLE) for key in sides.items("database")[1]):
            why += ", and the server does not offer it"
        return finding("extension-missing", one, Severity.ERROR, why, evidence=_created(name, sides))
    return finding("extension-changed", one, Severity.WARNING, "what the extension provides may not be the same")


_KINDS = (
    (products.MODULE, products.module),
    (migrations.KEY, migrations.weigh),
    (_AVAILABLE, _unavailable),
    (_SCHEMA, _schema),
    (_EXTENSION, _extension),
    (_PRIVILEGE, _privilege),
)
"""(what a key begins with, function(difference, sides) -> Finding)."""
