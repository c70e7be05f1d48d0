"""The groups of dependencies, in one language: "main", "dev", "group:x", "extra:x"."""

from __future__ import annotations

import posixpath
import re

from parity.declared.dependencies.requirement import normalised

MAIN = "main"
DEV = "dev"

_DEV = frozenset({"dev", "devel", "develop", "development"})
_MAIN = frozenset({"base", "common", "core", "main", "prod", "production", "default", "all", "run", "runtime", "app"})
_WORDS = re.compile(r"[A-Za-z0-9]+")
_NO_WORD = frozenset(
    {"requirements", "requirement", "reqs", "constraints", "constraint", "lock", "pylock", "txt", "in"}
)


def named(group: str) -> str:
    """A dependency group under the name that a project gave it."""
    name = normalised(group)
    return DEV if name in _DEV else MAIN if name == MAIN else f"group:{name}"


def of_extra(extra: str) -> str:
    """What stands behind an extra of the project's own."""
    return f"extra:{normalised(extra)}"


def of_file(path: str) -> str:
    """The group that a requirements file is for: "requirements/dev.txt" -> "dev", "requirements.txt" -> "main"."""
    words = [word.lower() for word in _WORDS.findall(posixpath.splitext(posixpath.basename(path))[0])]
    rest = [word for word in words if word not in _NO_WORD and not word.isdigit()]
    if not rest or _MAIN.intersection(rest):
        return MAIN
    return DEV if _DEV.intersection(rest) else f"group:{'-'.join(rest)}"
