"""TOML, and the lines on which its tables, keys and list entries stand, which no parser of it tells.

`Lines` scans the text once, by tokens: it knows strings, comments, brackets and where a value begins, and nothing
of what values mean. The parser has already accepted the text, so the scan need not refuse anything.
Format: toml.io, version 1.0.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import Any

from parity.declared.facts import Fault

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Path = tuple["str | int", ...]
"""The way to a value: ("project", "dependencies", 0)."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'.*?\'{3,5}'
    r"|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{},=.\n]|[^\s\[\]{},=.\"'#]+",
    re.DOTALL,
)
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"?|'[^'\n]*'?")
"""A string, or what begins as one and does not end: to look for its end from every quote again would take for ever."""
_LONG_KEY = re.compile(r"(?<![\w-])[\w-]+(?:[ \t]*\.[ \t]*[\w-]+){64}")
"""A key of so many parts that nobody wrote it: parsers take time that grows with the square of their number."""
_FEW = 64
"""Dots without which no key is that long."""
_PLACE = re.compile(r"at line (\d+)")


def parse(text: str, name: str, hides: tuple[tuple[str, str], ...]) -> dict[str, Any] | Fault:
    """The document, or a Fault that names the line."""
    if text.count(".") > _FEW and _LONG_KEY.search(_STRING.sub("s", text)):
        return Fault(f"{name}: nested too deeply to be read", hides)
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except ValueError as error:
        found = _PLACE.search(str(error))
        where = f"line {found[1]}" if found else "its end" if "end of document" in str(error) else "some place"
        return Fault(f"{name}: not TOML at {where}", hides)
    except RecursionError:
        return Fault(f"{name}: nested too deeply to be read", hides)
    return document


def heads(text: str, name: str, count: int) -> list[int]:
    """The lines of every `[[name]]`, for a lock of thousands of them; zeros where there are not `count` of them."""
    found = [match.start() for match in re.finditer(rf"^\[\[{re.escape(name)}\]\]", text, re.MULTILINE)]
    if len(found) != count:
        return [0] * count
    breaks = [match.start() for match in re.finditer("\n", text)]
    return [bisect_right(breaks, place) + 1 for place in found]


class Lines:
    """{path of a value: line} of one document that the parser has accepted."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}
        self._tokens: list[tuple[str, int]] = []
        self._next = 0
        line = 1
        for match in _TOKEN.finditer(text):
            token = match[0]
            if not token.startswith("#"):
                self._tokens.append((token, line))
            line += token.count("\n")
        self._document()

    def at(self, *path: str | int) -> int:
        """The line of a value, or of the nearest thing around it that has one; 0 for none."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._found:
                return self._found[path[:end]]
        return 0

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else ""

    def _note(self, path: Path) -> None:
        if self._next < len(self._tokens):
            self._found.setdefault(path, self._tokens[self._next][1])

    def _document(self) -> None:
        table: Path = ()
        while sign := self._peek():
            if sign == "[":
                table = self._header()
            elif sign == "\n":
                self._next += 1
            else:
                self._pair(table)

    def _header(self) -> Path:
        start, brackets = self._next, 0
        while self._peek() == "[":
            brackets += 1
            self._next += 1
        path: Path = ()
        for part in self._key("]"):
            path = (*path, self._tables[path], part) if path in self._tables else (*path, part)
        self._next += brackets - 1
        if brackets == 2:
            self._tables[path] = self._tables.get(path, -1) + 1
            path = (*path, self._tables[path])
        elif path in self._tables:
            path = (*path, self._tables[path])
        end, self._next = self._next, start
        self._note(path)
        self._next = end
        return path

    def _key(self, end: str) -> list[str]:
        """The parts of a dotted key, and the token behind it is passed."""
        parts = []
        while (token := self._peek()) not in ("", end):
            if token not in (".", "\n"):
                parts.append(token[1:-1] if token[0] in "\"'" else token)
            self._next += 1
        self._next += 1
        return parts

    def _pair(self, base: Path) -> None:
        start = self._next
        path: Path = (*base, *self._key("="))
        end, self._next = self._next, start
        self._note(path)
        self._next = end
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._peek()
        if opening not in ("[", "{"):
            while self._peek() not in ("", ",", "]", "}", "\n"):
                self._next += 1
            return
        self._next += 1
        entry = 0
        while (sign := self._peek()) not in ("", "]", "}"):
            if sign in (",", "\n"):
                entry += sign == ","
                self._next += 1
            elif opening == "{":
                self._pair(path)
            else:
                self._note((*path, entry))
                self._value((*path, entry))
        self._next += 1
