"""What .gitignore files leave out, where git itself is not there to say so.

Format: gitignore(5). Patterns of a directory hold below it; the last one that matches decides, and below a
directory that is left out none is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache

MAX_PATTERNS = 5_000
"""Of one file."""
_LONGEST = 500
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a .gitignore."""

    expression: re.Pattern[str]
    directories: bool
    """Whether it is about directories alone."""
    kept: bool
    """Whether it takes back what an earlier one left out."""


Rules = tuple["tuple[str, tuple[Pattern, ...]]", ...]
"""(directory that a .gitignore stands in, its patterns), the nearest last."""


def parse(text: str) -> tuple[Pattern, ...]:
    """The patterns of a .gitignore."""
    found = []
    for line in text.split("\n")[:MAX_PATTERNS]:
        pattern = line.rstrip("\r")
        if not pattern.endswith("\\ "):
            pattern = pattern.rstrip(" ")
        if not pattern or pattern.startswith("#") or len(pattern) > _LONGEST:
            continue
        kept = pattern.startswith("!")
        pattern = pattern[1:] if kept else pattern
        directories = pattern.endswith("/")
        pattern = pattern.rstrip("/")
        if pattern:
            found.append(Pattern(_expression(pattern), directories, kept))
    return tuple(found)


def ignored(path: str, *, directory: bool, rules: Rules) -> bool:
    """Whether a path from the root is left out; the directories above it are not."""
    for above, patterns in reversed(rules):
        inside = path[len(above) + 1 :] if above else path
        for pattern in reversed(patterns):
            if (directory or not pattern.directories) and pattern.expression.match(inside):
                return not pattern.kept
    return False


@lru_cache(maxsize=1_000)
def _expression(pattern: str) -> re.Pattern[str]:
    """A regular expression for whole paths from the directory of the file."""
    # Without a slash before its end a pattern holds at any depth.
    anchored = "/" in pattern
    parts = pattern.lstrip("/").split("/")
    written = "" if anchored else "(?:.*/)?"
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            written += ".*" if last else "(?:.*/)?"
        else:
            written += _part(part) + ("" if last else "/")
    try:
        return re.compile(written + r"\Z", re.DOTALL)
    except re.error:
        return re.compile(r"(?!)")


def _part(part: str) -> str:
    # The library's translation of stars does not try again and again what it has tried.
    plain = _ESCAPED.sub(lambda found: f"[{found[1]}]", part.replace("[^", "[!"))
    return translate(plain)[: -len(r"\Z")]
