"""The extensions of PostgreSQL that a repository creates: by SQL files, and by statements that Python files hold.

Read by their text and not by a syntax tree: a statement is written alike in a file of SQL, in a migration and in a
string of a program, and a name that is put together while the program runs is in none of them.

Sources: PostgreSQL's manual, "CREATE EXTENSION"; Django, "Database migration operations" of django.contrib.postgres.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parity.declared.facts import Extension, Files, Place
from parity.declared.source.modules import is_dev

MAX_SQL = 8 << 20
"""Bytes of one SQL file: what is larger holds data."""
MAX_FILES = 2_000
MOST = 50
"""Extensions of one file."""

_STATEMENT = re.compile(
    rb"""\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?!if\s+not\s)(?:\\?"([a-z0-9_-]{1,63})\\?"|([a-z_][a-z0-9_]{0,62})(?![\w{%-]))""",
    re.IGNORECASE,
)
_OPERATION = re.compile(
    rb"\b(?:CreateExtension\(\s*(?:name\s*=\s*)?[\"']([a-z0-9_-]{1,63})[\"']"
    rb"|(Bloom|BtreeGin|BtreeGist|CIText|Crypto|HStore|Trigram|Unaccent)Extension\(\s*\))"
)
_OPERATIONS = {
    b"Bloom": "bloom",
    b"BtreeGin": "btree_gin",
    b"BtreeGist": "btree_gist",
    b"CIText": "citext",
    b"Crypto": "pgcrypto",
    b"HStore": "hstore",
    b"Trigram": "pg_trgm",
    b"Unaccent": "unaccent",
}
"""{the operation's class without "Extension": what it creates}."""

_ALWAYS = frozenset({"plpgsql"})
"""What every database has from its beginning."""

_NOT_SQL = re.compile(rb"--[^\n]*|/\*.*?\*/", re.DOTALL)


def of_python(text: bytes) -> tuple[tuple[str, int], ...]:
    """(extension, line) of one Python file, comments left out."""
    # Nearly every file is told by this alone.
    if b"xtension" not in text and b"XTENSION" not in text:
        return ()
    found = [*_created(text, b"#"), *_operations(text)]
    return tuple(sorted(found, key=lambda one: one[1])[:MOST])


def of_sql(text: bytes) -> tuple[tuple[str, int], ...]:
    """(extension, line) of one file of SQL."""
    if b"xtension" not in text and b"XTENSION" not in text:
        return ()
    return tuple(_created(_NOT_SQL.sub(_blank, text)))[:MOST]


def read(files: Files) -> Iterator[Extension]:
    """Those of the repository's SQL files, of as many of them as are read."""
    names = [path for path in files.paths if path.lower().endswith(".sql")]
    for name in names[:MAX_FILES]:
        try:
            text = files.read(name, MAX_SQL)
        except OSError:
            # What cannot be read, or holds data by its size, promises nothing.
            continue
        yield from placed(name, of_sql(text))


def placed(file: str, found: Iterable[tuple[str, int]]) -> Iterator[Extension]:
    """The facts of one file; what tests create is none of the program's."""
    if not is_dev(file):
        yield from (Extension(name, Place(file, line)) for name, line in found)


def _created(text: bytes, comment: bytes = b"") -> Iterator[tuple[str, int]]:
    for one in _STATEMENT.finditer(text):
        start = text.rfind(b"\n", 0, one.start()) + 1
        if comment and text[start : one.start()].lstrip().startswith(comment):
            continue
        # A bare name is folded to lower case, a quoted one is not.
        name = (one[1] or one[2].lower()).decode("ascii")
        if name not in _ALWAYS:
            yield name, text.count(b"\n", 0, one.start()) + 1


def _operations(text: bytes) -> Iterator[tuple[str, int]]:
    for one in _OPERATION.finditer(text):
        name = one[1].decode("ascii") if one[1] else _OPERATIONS[one[2]]
        yield name, text.count(b"\n", 0, one.start()) + 1


def _blank(found: re.Match[bytes]) -> bytes:
    """As many lines of nothing, so that what follows stays where it is."""
    return b"\n" * found[0].count(b"\n") or b" "
