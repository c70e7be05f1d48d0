"""From the name that the source imports to the distribution that provides it.

Asked in this order: what the project declares or locks under that name, or under one of the usual variations of it
(python-NAME, pyNAME, NAME-binary; google.cloud.storage -> google-cloud-storage); then data/import_names.txt.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from parity.declared.dependencies.requirement import normalised
from parity.declared.facts import Import

_OTHERS = frozenset(
    {"asynchat", "asyncore", "binhex", "cgi", "cgitb", "chunk", "crypt", "dummy_threading", "distutils", "formatter"}
    | {"imghdr", "imp", "lib2to3", "macpath", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "parser", "pipes"}
    | {"smtpd", "sndhdr", "spwd", "sunau", "symbol", "telnetlib", "uu", "xdrlib"}
    | {"annotationlib", "compression", "tomllib", "zoneinfo"}
)
"""Of the standard library of some Python from 3.8 to 3.14, and not of each."""
STANDARD = sys.stdlib_module_names | _OTHERS | {"__future__", "__main__"}

_POSTGRESQL = ("psycopg", "psycopg-binary", "psycopg-c", "psycopg2", "psycopg2-binary")
_BEHIND = {
    "django.db.backends.postgresql": _POSTGRESQL,
    "django.contrib.gis.db.backends.postgis": _POSTGRESQL,
    "django.db.backends.mysql": ("mysqlclient", "pymysql"),
    "django.db.backends.oracle": ("oracledb", "cx-oracle"),
    "django.core.cache.backends.redis.RedisCache": ("redis",),
    "django.core.cache.backends.memcached.PyMemcacheCache": ("pymemcache",),
    "django.core.cache.backends.memcached.PyLibMCCache": ("pylibmc",),
}
"""{back end of Django by its dotted name: the distributions one of which it imports}. Source: Django, "Databases" and
"Django's cache framework"."""

_VARIATIONS = (
    *(("python-", ""), ("py", ""), ("", "-python"), ("", "-py"), ("", "-binary"), ("", "2-binary")),
    *(("python3-", ""), ("django-", ""), ("", "3")),
)


def distribution(one: Import, declared: Collection[str]) -> str | None:
    """The normalised name of the distribution behind an import, None where nothing tells."""
    behind = next((name for name in _BEHIND.get(one.module, ()) if name in declared), None)
    if behind is not None:
        return behind
    prefixes = list(_prefixes(one.module or one.name))
    known = _known()
    for prefix in prefixes:
        for name in (*known.get(prefix, ()), normalised(prefix.replace(".", "-"))):
            if name in declared:
                return name
    plain = normalised(one.name)
    for before, after in _VARIATIONS:
        name = before + plain + after
        if name in declared:
            return name
    return next((known[prefix][0] for prefix in prefixes if prefix in known), None)


def is_known(module: str) -> bool:
    """Whether a list says which distribution provides a module, by its first name."""
    return module in _known()


@cache
def alternatives(name: str) -> tuple[str, ...]:
    """The other distributions that provide what this one is imported for: what has imported it imports one of them."""
    rows = [ones for ones in _known().values() if name in ones]
    return tuple(dict.fromkeys(other for ones in rows for other in ones if other != name))


def _prefixes(module: str) -> Iterator[str]:
    """ "a.b.c", "a.b", "a": the longest first."""
    parts = module.split(".")[:6]
    yield from (".".join(parts[:end]) for end in range(len(parts), 0, -1))


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, ...]]:
    """{import name: distributions that provide it, the usual one first}."""
    text = (files("parity.declared.dependencies") / "data" / "import_names.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: tuple(row[1:] or [normalised(row[0])]) for row in rows}
