"""`[tool.parity.door]`: what must be so before the program starts."""

from __future__ import annotations

import re
from types import MappingProxyType

from parity.configuration.table import Table
from parity.policy.agreed import Door, Server
from parity.text import safe

_KEYS = ("python", "packages", "volumes", "migrations", "database")
_BOUNDS = 'like ">=3.11,<3.14", or "*" for any'
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_EXTENSION = re.compile(r"[A-Za-z0-9_-]{1,63}")
_LONGEST = 60.0


def door(table: Table) -> Door:
    """What the table asks for. Raises UsageError for anything that cannot be right."""
    table.known(*_KEYS)
    return Door(
        python=_bounds(table, "python") or None,
        packages=_packages(table.table("packages")),
        volumes=_volumes(table),
        migrations=table.flag("migrations"),
        database=_server(table.table("database")) if table.has("database") else None,
    )


def _bounds(table: Table, name: str) -> str:
    """Specifiers without spaces, "" for any version and where the key is not there."""
    from parity.door.inside.versions import bounds

    text = (table.text(name) or "*").replace(" ", "")
    if text == "*":
        return ""
    try:
        bounds(text)
    except ValueError:
        raise table.fault(f"{safe(text)!r} is no bound of a version", name, hint=_BOUNDS) from None
    return text


def _packages(table: Table) -> MappingProxyType[str, str]:
    from parity.probe.packages.metadata import normalised

    found: dict[str, str] = {}
    for name in table.data:
        if not _NAME.fullmatch(name):
            raise table.fault("no distribution can have this name", name)
        key = normalised(name)
        if key in found:
            raise table.fault("the same distribution a second time", name)
        found[key] = _bounds(table, name)
    return MappingProxyType(dict(sorted(found.items())))


def _volumes(table: Table) -> tuple[str, ...]:
    paths = table.texts("volumes")
    for place, path in enumerate(paths):
        if not path.startswith("/") or not path.isprintable():
            raise table.fault("expected an absolute path", "volumes", place, hint="as the program sees it: /data")
    return tuple(dict.fromkeys(paths))


def _server(table: Table) -> Server:
    table.known("url-env", "timeout", "server-version", "extensions", "settings")
    extensions = table.texts("extensions")
    for place, name in enumerate(extensions):
        if not _EXTENSION.fullmatch(name):
            raise table.fault("no extension can have this name", "extensions", place)
    return Server(
        variable=_variable(table),
        seconds=_seconds(table),
        version=_bounds(table, "server-version") or None,
        extensions=tuple(dict.fromkeys(extensions)),
        settings=_settings(table.table("settings")),
    )


def _variable(table: Table) -> str:
    name = table.text("url-env") or Server().variable
    if not _VARIABLE.fullmatch(name):
        # It may be the DSN itself: not shown.
        raise table.fault("no variable can have this name", "url-env", hint="the name of the variable, never the DSN")
    return name


def _seconds(table: Table) -> float:
    seconds = table.number("timeout")
    if seconds is None:
        return Server().seconds
    if not 0 < seconds <= _LONGEST:
        raise table.fault("expected seconds, more than 0 and at most 60", "timeout")
    return float(seconds)


def _settings(table: Table) -> MappingProxyType[str, str | int | float | bool]:
    from parity.probe.postgres.settings import SETTINGS

    for name, value in table.data.items():
        if name not in SETTINGS:
            raise table.fault("no setting that parity reads", name, hint="those that change what a program sees")
        if not isinstance(value, str | int | float):
            raise table.fault("expected text, a number, or true or false", name)
        if isinstance(value, str) and not value.isprintable():
            raise table.fault("no setting has such a value", name)
    return MappingProxyType(dict(sorted(table.data.items())))
