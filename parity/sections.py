"""The sections that exist, by the directory of the collectors alone, and what each declares."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple

from parity.errors import UsageError
from parity.text import safe


class Declared(NamedTuple):
    """What a collector's file says of its section (parity/probe/collectors/__init__.py)."""

    title: str
    why: str
    compared: Mapping[str, str]
    severity: Mapping[str, str]


@cache
def names() -> tuple[str, ...]:
    """Every section's name, sorted. No collector is imported."""
    files = os.listdir(os.path.join(os.path.dirname(__file__), "probe", "collectors"))
    return tuple(sorted(file[:-3] for file in files if file.endswith(".py") and file != "__init__.py"))


@cache
def declared(name: str) -> Declared | None:
    """What the section's collector declares; None for a section that this version does not know."""
    if name not in names():
        return None
    module = import_module(f"parity.probe.collectors.{name}")
    return Declared(module.TITLE, module.WHY, module.COMPARED, module.SEVERITY)


def chosen(words: list[str]) -> frozenset[str]:
    """Section names from the command line. Raises UsageError that names the nearest for a wrong one."""
    from difflib import get_close_matches

    for word in words:
        if word not in names():
            near = get_close_matches(word, names(), 1)
            hint = f"did you mean {near[0]}?" if near else "sections: " + ", ".join(names())
            raise UsageError(f"there is no section {safe(word)!r}", hint=hint)
    return frozenset(words)
