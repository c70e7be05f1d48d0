"""A file without the blocks that no reader looks into: what is not there need not be parsed.

Half of the source of a large repository is functions and tables in which nothing is read, imported or started. Blank
lines in their place keep every line's number. Only whole blocks go, from a `def`, a `class` or an assignment at the
start of a line to the next line that starts with something else; where that tears a text apart, what is left is no
Python, and the caller parses the whole.
"""

from __future__ import annotations

import re

from parity.declared.source.telling import Telling

READING = frozenset(
    {"os", "subprocess", "shutil", "asyncio", "importlib", "environs", "environ", "decouple", "prettyconf"}
    | {"starlette.config", "asyncpg", "sqlalchemy", "dj_database_url"}
)
"""Modules whose functions are bare names once they are taken from them."""
LEAST = 4_000
"""Bytes of a file from which this pays. A smaller one is parsed as it is, and its every fault of syntax found."""

_BLOCK = re.compile(
    rb"^(?:@[^\n]*\n(?:(?:[ \t#)\]}][^\n]*)?\n)*)*"
    # A plain string is kept: it may be the name of a variable.
    rb"(?:(?:async[ ]def|def|class)\b|[A-Za-z_][\w.]*(?:[ ]*:[^=\n]+)?[ ]*=(?!=)[ ]*(?![rbuRBU]?[\"']))[^\n]*\n"
    rb"(?:(?:[ \t#)\]}][^\n]*)?\n)*",
    re.MULTILINE,
)
_TAKEN = re.compile(rb"^[ \t]*from[ ]+([\w.]+)[ ]+import[ ]+([^\n(]+|\([^)]*\))", re.MULTILINE)
_NAME = re.compile(rb"(?:async )?def (\w+)")


def trimmed(text: bytes, telling: Telling) -> bytes:
    """The text with blank lines in place of the blocks that hold nothing to look into."""
    for module, names in _TAKEN.findall(text):
        if module.decode("ascii", "replace") in READING:
            for name in names.strip(b"()").split(b","):
                telling.add(name.split()[-1].decode("utf-8", "replace") if name.split() else "")
    blocks = [match.span() for match in _BLOCK.finditer(text)]
    for start, end in blocks:
        # Whoever calls a function that reads the environment may be handing on the name of a variable.
        if telling.reads(start, end):
            name = _NAME.search(text, start, end)
            if name is not None:
                telling.add(name[1].decode())
    kept: list[bytes] = []
    last = 0
    for start, end in blocks:
        if not (telling.between(start, end) or telling.imports(start, end) or _torn(text, start, end)):
            kept += (text[last:start], b"\n" * text.count(b"\n", start, end))
            last = end
    return b"".join((*kept, text[last:]))


def _torn(text: bytes, start: int, end: int) -> bool:
    """Whether a string that goes over several lines begins in a block and ends outside, or the other way."""
    return bool(text.count(b'"""', start, end) % 2 or text.count(b"'''", start, end) % 2)
