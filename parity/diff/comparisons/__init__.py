"""The ways in which two values can be the same. One file each; a file's name is the comparison's.

Every file declares

    DOC                            one line: what counts as the same
    equal(local, production)       bool, for any two field values, None for a field that is not there

and, where the values are versions,

    change(local, production)      Change, or None where the values are equal or no versions
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
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
    return Way(name, module.DOC, module.equal, getattr(module, "change", None))
