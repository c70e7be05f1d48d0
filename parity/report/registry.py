"""How a directory of formats is found: every kind of report has one, and each file of it is a format.

A file declares FORMAT (the word after --format), SUMMARY (one line for the help) and render(subject, screen).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from parity.report.base import Screen

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Format(Generic[Subject]):
    """One file of such a directory, as a value."""

    name: str
    summary: str
    render: Callable[[Subject, Screen], str]


def found(package: str, path: Iterable[str]) -> Mapping[str, Format[Any]]:
    """{word: format} of a package and its __path__, sorted by word. No file imports anything heavy at its top."""
    modules = [import_module(f"{package}.{one.name}") for one in pkgutil.iter_modules(path)]
    formats: dict[str, Format[Any]] = {
        module.FORMAT: Format(module.FORMAT, module.SUMMARY, module.render) for module in modules
    }
    return dict(sorted(formats.items()))
