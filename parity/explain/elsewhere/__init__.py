"""One file a sign that a failure is not of the environment: it would happen where it works, too, on the same input.

    TITLE         what a person calls it
    CATEGORY      the category of such a failure (parity.explain.model.Category)
    read(case)    -> Iterator[Sign]

A sign speaks against every difference at once, so it must rest on what the log shows (an error in the data, an answer
of another service, a limit of the program's own), never on the lack of a cause alone.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parity.explain.case import Case
from parity.explain.model import Category, Evidence


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to believe that the environment is innocent."""

    strength: float
    """0 to 1, on the scale of a candidate's likelihood."""
    words: str
    """One sentence without its full stop: what it is instead."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One file of the directory, as a value."""

    title: str
    category: Category
    read: Callable[[Case], Iterator[Sign]]


@cache
def kinds() -> Mapping[str, Elsewhere]:
    """{name: kind of sign}, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: Elsewhere(one.TITLE, one.CATEGORY, one.read) for name, one in modules.items()}
