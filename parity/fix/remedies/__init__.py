"""One file a kind of remedy, for a section or a part of one. The directory is the registry.

    TITLE                         what a person calls it
    remedy(finding, context)      -> Iterator[Remedy]

`remedy` yields nothing for a finding that it is not about. What a finding names goes into a command by way of
`parity.fix.words`: it raises Refused for what must stand in none, and that is told in place of a remedy.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parity.fix.context import Context
from parity.fix.model import Remedy
from parity.policy.model import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """One file of the directory, as a value."""

    title: str
    remedy: Callable[[Finding, Context], Iterator[Remedy]]


@cache
def kinds() -> Mapping[str, Kind]:
    """{name: kind}, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: Kind(one.TITLE, one.remedy) for name, one in modules.items()}
