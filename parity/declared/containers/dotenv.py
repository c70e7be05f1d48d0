"""Dotenv files: the names that an example promises, and those that a file in use sets. Never a value.

An example's lines that are commented out name what may be set too. Grammar: parity/probe/environment/dotenv.py; of
direnv's .envrc, which is a shell script, the lines that export something.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from parity.declared.facts import DeclaredName, Facts, Place
from parity.probe.collectors.environment import is_name
from parity.probe.environment.dotenv import is_key, placed

_EXAMPLE = re.compile(
    r"(?:\.?env[._-](?:example|sample|template|tpl|dist|defaults?)(?:[._-][\w-]+)?"
    r"|\.?(?:example|sample|template|default)[._-]env|\.env[._-][\w-]+[._-](?:example|sample|template|dist))\Z",
    re.IGNORECASE,
)
_OFFERED = re.compile(r"^[ \t]*#[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]*)=", re.MULTILINE)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]{0,63}\Z")
_EXPORTED = re.compile(r"^[ \t]*export[ \t]+([A-Za-z_][A-Za-z0-9_]*)(=?)(\S?)", re.MULTILINE)


def is_example(path: str) -> bool:
    """Whether a file is an example of a dotenv file, by its name."""
    return _EXAMPLE.match(posixpath.basename(path)) is not None


def read(text: str, name: str) -> Facts:
    """The names in a file."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(offset: int) -> Place:
        return Place(name, bisect_right(lines, offset))

    if posixpath.basename(name) == ".envrc":
        return Facts(
            declared_names=tuple(
                DeclaredName(match[1], at(match.start(1)), bool(match[2]), not match[3] or match[3] == ";")
                for match in _EXPORTED.finditer(text)
                if match[2] or not is_key(match[1], None)
            )
        )
    found = list(_set(text, at))
    if is_example(name):
        known = {one.name for one in found}
        offered = (match for match in _OFFERED.finditer(text) if match[1] not in known)
        found += (DeclaredName(match[1], at(match.start(1)), set=False) for match in offered)
    return Facts(declared_names=tuple(sorted(found, key=lambda one: one.at)))


def _set(text: str, at: Callable[[int], Place]) -> Iterator[DeclaredName]:
    for key, value, offset in placed(text):
        # What stands alone, and not in capitals, may be a line of a key: PEM without quotes around it.
        if key is not None and is_name(key) and (value is not None or _CAPITALS.match(key)):
            # The first character tells how the value was quoted; what is in it is dropped here.
            yield DeclaredName(key, at(offset), value is not None, value is not None and len(value) == 1)
