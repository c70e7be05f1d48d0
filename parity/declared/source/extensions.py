"""The extensions of PostgreSQL that a repository creates: by SQL files, and by statements that Python files hold.

A statement of a Python file stands in a string where one begins, and is whole: prose that speaks of one ("CREATE
EXTENSION fails there") creates nothing, and docstrings are prose. A name that is put together while the program runs is
in none of them.

Sources: PostgreSQL's manual, "CREATE EXTENSION" and "SQL Key Words"; Django, "Database migration operations" of
django.contrib.postgres.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from parity.declared.facts import Extension, Files, Place
from parity.declared.source.modules import is_dev

MAX_SQL = 8 << 20
"""Bytes of one SQL file: what is larger holds data."""
MAX_FILES = 2_000
MOST = 50
"""Extensions of one file."""

_CREATE = r"""(?P<at>create)\s+extension\s+(?:if\s+not\s+exists\s+)?(?!if\s+not\s)
    (?:"(?P<quoted>[a-z0-9_-]{1,63})"|(?P<bare>[a-z_][a-z0-9_]{0,62}))
    (?=[ \t]*(?:[\r\n]|--|\Z)|\s*(?:;|(?:with|schema|version|cascade|from)\b))"""
_IN_SQL = re.compile(rf"\b{_CREATE}", re.IGNORECASE | re.VERBOSE)
_IN_STRING = re.compile(rf"(?:\A|[;\n]|\$\$|\bbegin\b)\s*{_CREATE}", re.IGNORECASE | re.VERBOSE)
_MAY_BE = re.compile(rb"create\s+extension\s|Extension\(", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_-]{1,63}")
_OPERATIONS = {
    "BloomExtension": "bloom",
    "BtreeGinExtension": "btree_gin",
    "BtreeGistExtension": "btree_gist",
    "CITextExtension": "citext",
    "CryptoExtension": "pgcrypto",
    "HStoreExtension": "hstore",
    "TrigramExtension": "pg_trgm",
    "UnaccentExtension": "unaccent",
}
"""{the operation's class: what it creates}."""

_ALWAYS = frozenset({"plpgsql"})
"""What every database has from its beginning."""

_NO_NAME = frozenset(
    {"all", "and", "any", "as", "both", "case", "cast", "check", "column", "constraint", "create", "default", "desc"}
    | {"distinct", "do", "else", "end", "except", "false", "for", "foreign", "from", "grant", "group", "having", "if"}
    | {"in", "into", "is", "leading", "like", "limit", "not", "null", "on", "only", "or", "order", "primary", "schema"}
    | {"select", "some", "table", "then", "to", "true", "union", "unique", "user", "using", "version", "when", "where"}
    | {
        "with",
        "cascade",
        "can",
        "command",
        "commands",
        "could",
        "error",
        "failed",
        "fails",
        "failure",
        "first",
        "needs",
    }
    | {"permission", "privilege", "privileges", "requires", "rights", "statement", "statements", "there", "works"}
)
"""Reserved words, and those that follow where a sentence speaks of the statement."""

_NOT_SQL = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


def of_python(text: bytes) -> tuple[tuple[str, int], ...]:
    """(extension, line) of one Python file."""
    # Nearly every file is told by this alone.
    if (b"xtension" not in text and b"XTENSION" not in text) or _MAY_BE.search(text) is None:
        return ()
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    # Parts of a formatted string are read within it, and a string that is a whole statement is prose.
    passed = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    passed |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    found = [one for node in nodes if id(node) not in passed for one in _of_node(node)]
    return tuple(sorted(found, key=lambda one: one[1])[:MOST])


def of_sql(text: bytes) -> tuple[tuple[str, int], ...]:
    """(extension, line) of one file of SQL."""
    if b"xtension" not in text and b"XTENSION" not in text:
        return ()
    return tuple(_created(_IN_SQL, text.decode("utf-8", "replace")))[:MOST]


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


def _of_node(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Call):
        operation = getattr(node.func, "attr", getattr(node.func, "id", None))
        if operation in _OPERATIONS and not node.args and not node.keywords:
            yield _OPERATIONS[operation], node.lineno
        elif operation == "CreateExtension":
            given = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "name")]
            yield from ((name, node.lineno) for name in map(_text, given) if name and _NAME.fullmatch(name))
    elif isinstance(node, (ast.Constant, ast.JoinedStr)) and (text := _text(node)):
        # An escaped end of a line is none of the file's.
        lines = (node.end_lineno or node.lineno) - node.lineno
        yield from ((name, node.lineno + min(line - 1, lines)) for name, line in _created(_IN_STRING, text))


def _text(node: ast.expr) -> str:
    """What a string says, with a brace in it for what is filled in; "" of anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _created(statement: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    text = _NOT_SQL.sub(_blank, text)
    for one in statement.finditer(text):
        # A bare name is folded to lower case, a quoted one is not.
        name = one["quoted"] or one["bare"].lower()
        if name not in _ALWAYS and (one["quoted"] or name not in _NO_NAME):
            yield name, text.count("\n", 0, one.start("at")) + 1


def _blank(found: re.Match[str]) -> str:
    """As many lines of nothing, so that what follows stays where it is."""
    return "\n" * found[0].count("\n") or " "
