"""What may stand in a command or a file, and how: all of it came from a target, or from a repository.

What a grammar describes (a distribution's name, a version, a variable) is refused where it is none; the rest is
quoted for the shell that reads it. `Refused` says which.
"""

from __future__ import annotations

import re
from shlex import quote

from parity.text import visible


class Refused(ValueError):
    """A word that goes into no command. `str()` of it is a clause."""


_DISTRIBUTION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?")
_VERSION = re.compile(r"[0-9][A-Za-z0-9.!+_-]{0,99}")
_SYSTEM_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,126}")
_SYSTEM_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+~:_-]{0,126}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_PATH = re.compile(r"/[A-Za-z0-9_./@+,-]{0,499}")
_SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,99}")
_LOCALE = re.compile(r"[A-Za-z0-9_@.-]{1,60}")
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9])?")


def _taken(pattern: re.Pattern[str], what: str, text: object) -> str:
    if isinstance(text, str) and pattern.fullmatch(text):
        return text
    raise Refused(f"{visible(str(text))[:80]!r} is no {what}, and goes into no command")


def distribution(text: object) -> str:
    """The name of a distribution (PEP 508)."""
    return _taken(_DISTRIBUTION, "name of a package", text)


def version(text: object) -> str:
    """A version of a distribution, or of Python."""
    return _taken(_VERSION, "version", text)


def system_package(text: object) -> str:
    """The name of a package of the operating system."""
    return _taken(_SYSTEM_PACKAGE, "name of a system package", text)


def system_version(text: object) -> str:
    """A version of such a package."""
    return _taken(_SYSTEM_VERSION, "version of a system package", text)


def variable(text: object) -> str:
    """The name of a variable that a shell and a Dockerfile can set."""
    return _taken(_VARIABLE, "name of a variable", text)


def path(text: object) -> str:
    """An absolute path that needs no quotes anywhere, and leads nowhere but down."""
    found = _taken(_PATH, "path that can stand in every file", text)
    if ".." in found.split("/"):
        raise Refused(f"{found!r} leads upwards, and goes into no command")
    return found


def setting(text: object) -> str:
    """The name of a setting of PostgreSQL."""
    return _taken(_SETTING, "name of a setting", text)


def locale(text: object) -> str:
    """The name of a locale."""
    return _taken(_LOCALE, "name of a locale", text)


def zone(text: object) -> str:
    """The name of a time zone."""
    return _taken(_ZONE, "name of a time zone", text)


def host(text: object) -> str:
    """The name of a host."""
    return _taken(_HOST, "name of a host", text)


def literal(value: object) -> str:
    """A literal of SQL; text in single quotes, as with standard_conforming_strings."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if text != visible(text):
        raise Refused(f"{visible(text)[:80]!r} holds a control character, and goes into no statement")
    return "'" + text.replace("'", "''") + "'"


def identifier(text: object) -> str:
    """An identifier of SQL, in double quotes."""
    found = str(text)
    if not found or found != visible(found):
        raise Refused(f"{visible(found)[:80]!r} is no identifier, and goes into no statement")
    return '"' + found.replace('"', '""') + '"'


def psql(statement: str) -> str:
    """A command that runs one statement, with the DSN of the variable that the program reads."""
    return f'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c {quote(statement)}'


def yaml_scalar(text: str) -> str:
    """A scalar of YAML on one line, in double quotes."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
