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

    parts: tuple[re.Pattern[str] | None, ...]
    """What each name of a path must match; None stands for any number of names."""
    directories: bool
    """Whether it is about directories alone."""
    kept: bool
    """Whether it takes back what an earlier one left out."""

    def matches(self, path: str) -> bool:
        """Whether a path from the directory of the file is meant."""
        names = path.split("/")
        # How many names may have been used up so far: each part is tried once at each.
        used = {0}
        for number, part in enumerate(self.parts):
            if part is None:
                least = min(used, default=len(names)) + (number == len(self.parts) - 1)
                used = set(range(least, len(names) + 1))
            else:
                used = {one + 1 for one in used if one < len(names) and part.match(names[one])}
        return len(names) in used


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
        pattern = pattern.removesuffix("/")
        if pattern:
            found.append(Pattern(_parts(pattern), directories, kept))
    return tuple(found)


def ignored(path: str, *, directory: bool, rules: Rules) -> bool:
    """Whether a path from the root is left out; the directories above it are not."""
    for above, patterns in reversed(rules):
        inside = path[len(above) + 1 :] if above else path
        for pattern in reversed(patterns):
            if (directory or not pattern.directories) and pattern.matches(inside):
                return not pattern.kept
    return False


def _parts(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    # Without a slash before its end a pattern holds at any depth.
    anchored = "/" in pattern
    parts = [None if part == "**" else _part(part) for part in pattern.removeprefix("/").split("/")]
    return tuple(parts) if anchored or parts == [None] else (None, *parts)


@lru_cache(maxsize=1_000)
def _part(part: str) -> re.Pattern[str]:
    # The library's translation of stars does not try again and again what it has tried.
    plain = _ESCAPED.sub(lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], part.replace("[^", "[!"))
    try:
        return re.compile(translate(plain))
    except re.error:
        return re.compile(r"(?!)")
