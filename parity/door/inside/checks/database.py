"""The program's database: its server's version, extensions, settings, and that no migration waits.

Asked as `parity.probe.postgres.through` does: through a driver of the program's, in a child, in one read-only
transaction. What the role may not see keeps the door shut as much as what is not so.

Floor: Python 3.8, standard library only.
"""

import os
from fnmatch import fnmatchcase

from parity.door.inside import standing, versions
from parity.probe.kit import Absent, Unavailable, View
from parity.probe.postgres import through

NEEDS = ("parity.probe.kit", "parity.probe.outside", "parity.probe.postgres")

_NAMED = 4
"""Migrations that a line names before it counts the rest."""


def failures(asked, path):
    """asked: {"variable": name, "seconds": number, "server_version": specifiers, "extensions": [name, ...],
    "settings": {name: value}, "migrations": {key: [revision, ...]}}, the last four where there is something to ask
    """
    text = os.environ.get(asked["variable"])
    if not text:
        yield asked["variable"], "not set, and it says where the database is"
        return
    try:
        dsn = through.parsed(asked["variable"], text)
        section = through.asked(View(), dsn, path, through.kept(os.environ, text), None, asked["seconds"])
    except (Absent, Unavailable) as error:
        yield "", str(error)
        return
    yield from wrong(asked, section)


def wrong(asked, section):
    """(key, sentence) for each thing that the section shows to be otherwise, or does not show."""
    items = section.items
    for key, told in _expected(asked):
        hidden = key not in items and any(fnmatchcase(key, pattern) for pattern in section.hidden)
        problem = "could not be told: " + "; ".join(section.reasons) if hidden else told(items.get(key))
        if problem:
            yield key, problem


def _expected(asked):
    """(key, function of its item that gives what is wrong with it, "" for nothing)."""
    if asked.get("server_version"):
        yield "server_version", lambda item: _version(asked["server_version"], item)
    for name in asked.get("extensions", ()):
        yield "extensions." + name, lambda item: "" if item else "not installed in this database"
    for name, value in sorted(asked.get("settings", {}).items()):
        yield (
            name,
            lambda item, value=value: "" if _same(item, value) else "%s is not %s" % (_shown(item), _shown(value)),
        )
    for key, revisions in sorted(asked.get("migrations", {}).items()):
        yield key, lambda item, revisions=revisions: _pending(revisions, item)


def _version(specifiers, item):
    # What a server of a branch under development calls itself is older than any release of it.
    version = str(item).replace("devel", ".dev0")
    if not versions.known(version):
        return "the server names no version"
    return "" if versions.holds(specifiers, version) else "%s is not %s" % (item, specifiers)


def _same(item, value):
    return _shown(item) == _shown(value)


def _shown(value):
    """A setting as the server's configuration writes it."""
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def _pending(revisions, item):
    applied = item or {}
    names = standing.standing(revisions, applied.get("heads", ()), applied.get("names", ()), item is not None)[0]
    if not names:
        return ""
    more = len(names) - _NAMED
    return "not applied: " + ", ".join(names[:_NAMED]) + (" and %d more" % more if more > 0 else "")
