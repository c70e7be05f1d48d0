"""A fix into text. One file a format: the directory is the registry.

FORMAT                   the word for --format
SUMMARY                  what it is for, in a few words
render(fixed, screen)    -> str
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parity.report.base import Screen
from parity.report.fixed import Fixed


@dataclass(frozen=True, slots=True)
class Format:
    """One file of this directory, as a value."""

    name: str
    summary: str
    render: Callable[[Fixed, Screen], str]


@cache
def formats() -> Mapping[str, Format]:
    """{word: format}, sorted by word. No file imports anything heavy at its top."""
    modules = [import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
    found = {module.FORMAT: Format(module.FORMAT, module.SUMMARY, module.render) for module in modules}
    return dict(sorted(found.items()))


def render(name: str, fixed: Fixed, screen: Screen) -> str:
    """The fix in the format of that name. LookupError when there is none."""
    return formats()[name].render(fixed, screen)
