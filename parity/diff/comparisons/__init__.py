"""The ways in which two values can be the same. One file each; a file's name is the comparison's.

Every file declares

    DOC                            one line: what counts as the same
    equal(local, production)       bool, for any two field values, None for a field that is not there

and, where the values are versions,

    change(local, production)      Change, or None where the values are equal or no versions

and, where a difference must not hold the values themselves,

    SHOWN                          what it holds in their place, for (local, production)
    comparable(local, production)  bool, for two values that are both there
    BETWEEN                        why they are not, to end a sentence
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import import_module

from parity.diff.model import Change


@dataclass(frozen=True, slots=True)
class Way:
    """One file of this directory, as a value."""

    name: str
    doc: str
    equal: Callable[[object, object], bool]
    change: Callable[[object, object], Change | None] | None
    shown: tuple[str, str] | None = None
    comparable: Callable[[object, object], bool] | None = None
    between: str = ""


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every comparison there is, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def named(name: str) -> Way:
    """The comparison of that name; LookupError when the directory holds none."""
    if name not in names():
        raise LookupError(f"no comparison is called {name!r}")
    module = import_module(f"{__name__}.{name}")
    own = vars(module)
    way = Way(name, own["DOC"], own["equal"], own.get("change"), own.get("SHOWN"))
    return replace(way, comparable=own.get("comparable"), between=own.get("BETWEEN", ""))
