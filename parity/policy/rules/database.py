"""The database: the server's version, extensions, settings, and what the role may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Change, Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.probe.postgres.settings import SETTINGS

RULES = {
    "older": Rule(Severity.ERROR, "production's server is older"),
    "major": Rule(Severity.WARNING, "production's server is of a newer major version"),
    "minor": Rule(Severity.INFO, "production's server is of a newer minor version"),
    "extension-missing": Rule(Severity.ERROR, "an extension that is installed locally and not in production"),
    "extension-changed": Rule(Severity.WARNING, "an extension of another version, or in another schema"),
    "replica": Rule(Severity.ERROR, "production is a replica, which refuses writes, and local is a primary"),
    "privilege": Rule(Severity.WARNING, "something that the role may do locally and not in production"),
    "setting": Rule(Severity.WARNING, "a setting or another fact that changes what a program sees"),
    "missing": Rule(Severity.WARNING, "a setting that production's server does not have"),
    "extra": Rule(Severity.INFO, "something that only production has"),
}

_EXTENSION = "extensions."
_PRIVILEGE = "privileges."

_EFFECTS = {
    "collate": "the order of text, and so of ORDER BY and of ranges",
    "collation_version": "whether indexes over text were built in the order that is used now",
    "connection_limit.database": "how many sessions the database takes",
    "connection_limit.role": "how many sessions the role may have",
    "ctype": "what counts as a letter, and what upper() and lower() do",
    "encoding": "which characters can be stored",
    "icu_locale": "the order of text, and so of ORDER BY and of ranges",
    "locale_provider": "the order of text, and so of ORDER BY and of ranges",
    "pooler": "whether a session is the program's own: through a pooler, SET and prepared statements may not last",
    "ssl_in_use": "whether the connection is encrypted",
}
"""{fact: what it decides}, for what is no setting of the server's."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key. A setting that comes and goes with the server's version is told by that version."""
    versioned = any(one.key == "server_version" and one.change and one.change.part == "major" for one in differences)
    for one in differences:
        if one.kind is Kind.EXTRA:
            yield finding("extra", one, Severity.INFO, "only production has it")
        elif one.key.startswith(_EXTENSION):
            yield _extension(one)
        elif one.key == "server_version" and one.change is not None:
            yield _version(one, one.change)
        elif one.key.startswith(_PRIVILEGE):
            yield _privilege(one)
        elif one.key == "replica" and one.production:
            yield finding("replica", one, Severity.ERROR, "production is a replica: every write fails there")
        elif one.kind is Kind.MISSING and versioned:
            yield finding("missing", one, Severity.INFO, "production's server is of a version that does not have it")
        elif one.kind is Kind.MISSING:
            yield finding("missing", one, Severity.WARNING, f"production does not have it{_effect(one.key)}")
        else:
            yield finding("setting", one, Severity.WARNING, f"it is not the same{_effect(one.key)}")


def _privilege(one: Difference) -> Finding:
    right = one.key.removeprefix(_PRIVILEGE).replace("_", " ")
    if one.production:
        return finding("extra", one, Severity.INFO, f"only production's role has the right ({right})")
    why = f"production's role does not have the right ({right}) that the local one has"
    return finding("privilege", one, Severity.WARNING, why)


def _effect(key: str) -> str:
    effect = _EFFECTS.get(key) or SETTINGS.get(key)
    return f", and it decides {effect}" if effect else ""


def _version(one: Difference, change: Change) -> Finding:
    if change.direction == "older":
        why = "production's server is older: statements and functions that newer ones brought are not there"
        return finding("older", one, Severity.ERROR, why)
    if change.part == "major":
        why = "production's server is newer: defaults, catalogs and plans have changed"
        return finding("major", one, Severity.WARNING, why)
    return finding("minor", one, Severity.INFO, "production's server has a newer bug-fix release")


def _extension(one: Difference) -> Finding:
    name = one.key.removeprefix(_EXTENSION)
    if one.kind is Kind.MISSING:
        why = f"production's database does not have it: what {name} provides is not there"
        return finding("extension-missing", one, Severity.ERROR, why)
    return finding("extension-changed", one, Severity.WARNING, "what the extension provides may not be the same")
