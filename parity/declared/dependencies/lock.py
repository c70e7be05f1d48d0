"""What the readers of locks share: every package of a lock, and how many of them could not be understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parity.declared.dependencies import toml
from parity.declared.dependencies.requirement import HIDES
from parity.declared.facts import Dependency, Fault, Place


def packages(
    entries: list[Any], table: str, text: str, name: str, read: Callable[[Any, Place], Dependency | None]
) -> tuple[tuple[tuple[Dependency, Any], ...], tuple[Fault, ...]]:
    """((package, its entry), ...) of the `[[table]]`s of the lock `name`, and what is to be said of the others.

    `read` gives None for an entry that is no package.
    """
    lines = toml.heads(text, table, len(entries))
    read_all = [(read(entry, Place(name, line)), entry) for entry, line in zip(entries, lines, strict=True)]
    found = tuple((one, entry) for one, entry in read_all if one is not None)
    odd = len(read_all) - len(found)
    return found, (Fault(f"{name}: {odd} packages could not be understood", HIDES),) if odd else ()
