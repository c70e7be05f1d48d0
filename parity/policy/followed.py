"""Variables of Python and the C library whose effect shows by itself, as a fact of another section.

One cause is one finding: where both sides tell the time zone, the locale and the encodings that are in force, what a
variable says of them adds nothing to that, and least where they are the same.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from parity.policy.known_packages import started_by
from parity.policy.model import Sides

HARMLESS = (
    "MALLOC_*",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONFAULTHANDLER",
    "PYTHONHISTFILE",
    "PYTHONMALLOC",
    "PYTHONNODEBUGRANGES",
    "PYTHONPYCACHEPREFIX",
    "PYTHONSTARTUP",
    "PYTHONUNBUFFERED",
)
"""Patterns of variables after which a program does the same: faster or slower, with more or less output and files.
Sources: Python's manual, "Command line and environment", and mallopt(3)."""

_LOCALE = ("LANG", "LC_*", "PYTHONCOERCECLOCALE", "PYTHONIOENCODING", "PYTHONUTF8")
_ENCODINGS = ("encoding", "filesystem_encoding", "stdio_encoding")

FLAGS = {
    "dev_mode": "PYTHONDEVMODE",
    "hash_seed_fixed": "PYTHONHASHSEED",
    "optimize": "PYTHONOPTIMIZE",
    "safe_path": "PYTHONSAFEPATH",
    "warnings_are_errors": "PYTHONWARNINGS",
}
"""{flag of Python: the variable that sets it}."""


def followed(name: str, sides: Sides) -> str | None:
    """Why a difference in a variable weighs little: it does nothing to results, or what it does is told by itself.

    None where it weighs for itself.
    """
    if any(fnmatchcase(name, pattern) for pattern in HARMLESS):
        return "it changes no result of a program"
    if name == "TZ":
        return _by("time", ("zone",), "time zone", sides)
    if any(fnmatchcase(name, pattern) for pattern in _LOCALE) and not asks_for_locale(sides):
        return _by("locale", ("lc_ctype", *_ENCODINGS), "locale", sides)
    if name in _ROOTS:
        return _by("tls", ("roots_digest",), "set of trusted authorities", sides)
    return None


_ROOTS = ("SSL_CERT_DIR", "SSL_CERT_FILE")
"""What OpenSSL, and with it Python's ssl, takes its authorities from."""

_LOCALISED = ("babel", "pyicu", "pyqt5", "pyqt6", "pyside6", "wxpython")
"""Distributions that take a locale from the variables, or set it."""


def asks_for_locale(sides: Sides) -> str | None:
    """Who asks for more of a locale than its encoding, in words; "" where nothing does, None where that is not known.

    Python itself sorts and writes numbers and dates by none. Programs that the source starts may do otherwise.
    """
    use = sides.use
    place = use.standard_at("locale", "gettext") if use is not None else None
    if use is None or place is None:
        return None
    if place:
        return f"the locale is asked for at {place}"
    package = next((name for name in _LOCALISED if name in use.closure.needed), None)
    if package is not None:
        return f"{package} asks for the locale"
    program = next(iter(use.section("executables").items), None)
    return "" if program is None or started_by(program) else f"the source starts {program}"


def _by(section: str, keys: tuple[str, ...], what: str, sides: Sides) -> str | None:
    local, production = sides.items(section)
    if any(items.get(key) is None for items in (local, production) for key in keys):
        return None
    if all(local[key] == production[key] for key in keys):
        return f"the {what} that is in force is the same on both sides"
    return f"the {what} that it leads to is told by itself"


def same_encodings(sides: Sides) -> bool | None:
    """Whether text, names and streams have the same encodings on both sides; None where one does not tell."""
    local, production = sides.items("locale")
    if any(items.get(key) is None for items in (local, production) for key in _ENCODINGS):
        return None
    return all(local[key] == production[key] for key in _ENCODINGS)
