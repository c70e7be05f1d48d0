"""The log that a place itself keeps. One file a kind of target, by its name.

Every file declares

    shown(target)             the command that shows the same log by hand
    read(target, seconds)     the newest of the log, in parts of whole lines; raises ParityError

What is read is bounded: `LINES` of each program, and by bytes where it comes from a child. `seconds` is what there is
for all of it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

LINES = 100_000
"""Lines of each program, the newest."""


@dataclass(frozen=True, slots=True)
class Place:
    """One file of this directory, as a value."""

    shown: Callable[[Any], str]
    read: Callable[[Any, float], Iterator[bytes]]


@cache
def kinds() -> frozenset[str]:
    """The kinds of target that keep a log, by the directory alone."""
    return frozenset(one.name for one in pkgutil.iter_modules(__path__))


def load(kind: str) -> Place:
    """How the log of one kind is read."""
    module = import_module(f"{__name__}.{kind}")
    return Place(module.shown, module.read)
