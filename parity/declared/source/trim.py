"""A file without the blocks that no reader looks into: what is not there need not be parsed.

Most of the source of a large repository is functions and tables in which nothing is read, imported or started. Blank
lines in their place keep every line's number, and a `pass` the body that a method stood in. Only whole blocks go, from
a `def`, a `class` or an assignment at the start of a line to the next line that starts with something else, and the
methods and inner functions of those that stay; where that tears a text apart, what is left is no Python, and the
caller parses the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    rb"(?:(?:async[ ]def|def|(class))\b|([A-Za-z_][\w.]*)(?:[ ]*:[^=\n]+)?[ ]*=(?!=)[ ]*(?![rbuRBU]?[\"']))[^\n]*\n"
    rb"(?:(?:[ \t#)\]}][^\n]*)?\n)*",
    re.MULTILINE,
)
_INNER = re.compile(
    rb"^([ \t]+)(?:@[^\n]*\n(?:\1[ \t)\]}][^\n]*\n)*\1)*(?:async[ ])?def[ ](\w+)[^\n]*\n"
    rb"(?:(?:\1[ \t)\]}][^\n]*|[ \t]*(?:#[^\n]*)?)\n)+",
    re.MULTILINE,
)
"""A function within a block, with its decorators; lines of its own indentation that only close a bracket are its."""
_TAKEN = re.compile(
    rb"from[ ]+(?:%s)[ ]+import[ ]+([^\n(]+|\([^)]*\))" % b"|".join(re.escape(one.encode()) for one in sorted(READING))
)
_OBJECT = re.compile(
    rb"^[ \t]*(\w+)[ ]*(?::[^=\n]+)?=[ ]*[\w.]*(?:environ(?:\.get|\.copy\(\))?|getenv|Env\([^\n]*|onfig\([^\n]*)[ ]*$",
    re.MULTILINE,
)
"""A name for the environment, or for what reads it."""
_NAME = re.compile(rb"(?:async )?def (\w+)")


def trimmed(text: bytes, telling: Telling, *, classes: bool = False) -> bytes:
    """The text with blank lines in place of the blocks that hold nothing to look into.

    `classes` says that the fields of classes are to be read: those stay, and what their annotations name.
    """
    for name in _readers(text, telling):
        telling.add(name.decode("utf-8", "replace"))
    blocks = list(_BLOCK.finditer(text))
    for block in blocks:
        # Whoever calls a function that reads the environment may be handing on the name of a variable.
        if telling.reads(*block.span()):
            for name in _reading(text, telling, block):
                telling.add(name.decode())
    kept: list[bytes] = []
    last = 0
    for start, end, instead in _blanked(text, telling, blocks, classes=classes):
        kept += (text[last:start], instead, b"\n" * text.count(b"\n", start, end))
        last = end
    return b"".join((*kept, text[last:]))


def _readers(text: bytes, telling: Telling) -> Iterator[bytes]:
    """The names that a file binds to what reads the environment, starts programs or imports by name."""
    for match in _TAKEN.finditer(text):
        if not text[text.rfind(b"\n", 0, match.start()) + 1 : match.start()].strip():
            for name in match[1].strip(b"()").split(b","):
                yield from name.split()[-1:]
    if telling.reads(0, len(text)):
        yield from _OBJECT.findall(text)


def _reading(text: bytes, telling: Telling, block: re.Match[bytes]) -> Iterator[bytes]:
    """The names of the functions of a block that read the environment."""
    if not block[1]:
        name = _NAME.search(text, *block.span())
        if name is not None:
            yield name[1]
    for inner in _INNER.finditer(text, *block.span()):
        if telling.reads(*inner.span()):
            yield inner[2]


def _blanked(
    text: bytes, telling: Telling, blocks: list[re.Match[bytes]], *, classes: bool
) -> Iterator[tuple[int, int, bytes]]:
    """(start, end, what stands there instead) of each block that goes."""
    for block in blocks:
        start, end = block.span()
        is_class, is_assignment = block[1], block[2]
        if not (classes and (is_class or is_assignment)) and _untold(text, telling, start, end):
            yield start, end, b""
        elif not is_assignment:
            for inner in _INNER.finditer(text, start, end):
                # What a method of a class is given later may be bound where its object is made.
                if inner[2] != b"__init__" and _untold(text, telling, *inner.span()):
                    yield *inner.span(), inner[1] + b"pass"


def _untold(text: bytes, telling: Telling, start: int, end: int) -> bool:
    return not (telling.between(start, end) or telling.imports(start, end) or _torn(text, start, end))


def _torn(text: bytes, start: int, end: int) -> bool:
    """Whether a string that goes over several lines begins in a block and ends outside, or the other way."""
    return bool(text.count(b'"""', start, end) % 2 or text.count(b"'''", start, end) % 2)
