"""A Dockerfile as instructions, each with the lines that it was written on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S+)\s*\Z")
_KEYWORD = re.compile(r"\s*([A-Za-z]+)(?:\s+|\Z)")
_HERE = re.compile(r"<<(-?)([\"']?)([A-Za-z_]\w*)\2")
_WITH_HERE = frozenset({"RUN", "COPY", "ADD"})
MAX_LINES = 20_000
LONGEST = 4_000
"""Characters of a line that are looked at."""
_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction. Where it goes on over several lines, its parts are kept with their lines."""

    keyword: str
    """In upper case."""
    line: int
    """The first of its lines, from 1."""
    parts: tuple[tuple[str, int], ...]
    """(text, line), continuation characters and comments taken out."""
    here: tuple[tuple[str, int], ...] = ()
    """The lines of its here-documents."""

    @property
    def text(self) -> str:
        """All parts as one."""
        return " ".join(part for part, _ in self.parts)

    def line_of(self, word: str) -> int:
        """The line that a word stands on."""
        return next((line for part, line in self.parts if word in part), self.line)


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions of a file, in order."""
    lines = text.split("\n")[:MAX_LINES]
    escape = _escape(lines)
    position = 0
    while position < len(lines):
        match = _KEYWORD.match(lines[position])
        if match is None:
            position += 1
            continue
        start = position
        parts, position = _parts(lines, position, escape)
        first, line = parts[0]
        parts[0] = (first[match.end() :], line)
        keyword = match[1].upper()
        here: list[tuple[str, int]] = []
        if keyword in _WITH_HERE:
            for strip, _, word in _HERE.findall(" ".join(part for part, _ in parts)):
                inside, position = _until(lines, position, word, tabs=bool(strip))
                here += inside
        yield Instruction(keyword, start + 1, tuple(parts), tuple(here))


def _escape(lines: list[str]) -> str:
    """The character at the end of a line that goes on: a directive at the top of the file may change it."""
    for line in lines:
        match = _DIRECTIVE.match(line.strip())
        if match is None:
            break
        if match[1].lower() == "escape" and match[2] in ("\\", "`"):
            return match[2]
    return "\\"


def _parts(lines: list[str], position: int, escape: str) -> tuple[list[tuple[str, int]], int]:
    parts: list[tuple[str, int]] = []
    while position < len(lines) and len(parts) < _MOST_PARTS:
        line = lines[position][:LONGEST].rstrip()
        position += 1
        # Comments and empty lines do not end an instruction that goes on.
        if parts and (not line or line.lstrip().startswith("#")):
            continue
        goes_on = line.endswith(escape)
        parts.append((line[:-1] if goes_on else line, position))
        if not goes_on:
            break
    return parts, position


def _until(lines: list[str], position: int, word: str, *, tabs: bool) -> tuple[list[tuple[str, int]], int]:
    found = []
    while position < len(lines):
        line = lines[position][:LONGEST]
        position += 1
        if (line.lstrip("\t") if tabs else line) == word:
            break
        found.append((line, position))
    return found, position
