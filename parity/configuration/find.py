"""Which file holds the policy: the nearest one from the working directory up to the repository's root.

A directory above the repository belongs to somebody else, and so does every one above a working directory that is in
no repository: a policy is never taken from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parity.errors import UsageError
from parity.policy.agreed import Policy
from parity.text import safe

if TYPE_CHECKING:
    from parity.configuration.table import Table

OWN = "parity.toml"
SHARED = "pyproject.toml"
BASELINE = ".parity-baseline.json"

_LEVELS = 32
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """The policy, and the baseline that goes with it."""

    policy: Policy
    baseline: str
    """Where it stands, or would stand."""
    named: bool
    """Whether the policy names it: then it must be there."""


def policy(file: str | None, no_policy: bool = False) -> Found:
    """The policy in a file that is named, or in the nearest one. Raises UsageError.

    Relative targets and paths in a file are the file's directory's.
    """
    if no_policy:
        if file is not None:
            raise UsageError("--policy and --no-policy exclude each other")
        return Found(Policy(), _shown(_root() / BASELINE), named=False)
    table = _named(Path(file)) if file is not None else _nearest()
    if table is None:
        return Found(Policy(), _shown(_root() / BASELINE), named=False)
    from parity.configuration.policy import stated

    directory = Path(table.document.name).parent
    found = stated(table, table.document.name, partial(_resolved, directory))
    return Found(found, found.baseline or _shown(directory / BASELINE), named=found.baseline is not None)


def _named(path: Path) -> Table:
    table = _table(path)
    if table is None:
        raise UsageError(f"{safe(path)}: there is no policy in it", hint="the table is called [tool.parity]")
    return table


def _nearest() -> Table | None:
    for directory in _directories():
        paths = [directory / name for name in (OWN, SHARED) if os.path.lexists(directory / name)]
        tables = [table for table in map(_table, paths) if table is not None]
        if len(tables) > 1:
            raise UsageError(
                f"two policies: {' and '.join(safe(table.document.name) for table in tables)}",
                hint=f"keep one of them, or name it with --policy {OWN}",
            )
        if tables:
            return tables[0]
    return None


def _directories() -> Iterator[Path]:
    """The working directory and those above it, as far as the repository goes."""
    here = Path.cwd()
    root = _root()
    for directory in (here, *here.parents):
        yield directory
        if directory == root:
            return


def _root() -> Path:
    """The repository's root; the working directory where it is in none."""
    here = Path.cwd()
    never = {Path.home(), Path(here.anchor)}
    above = (here, *here.parents)[:_LEVELS]
    return next((place for place in above if place not in never and (place / ".git").exists()), here)


def _table(path: Path) -> Table | None:
    """The policy's table in a file; None where a pyproject.toml has none."""
    from parity.configuration.table import Document, Table

    data = _read(path)
    own = path.name != SHARED
    if not own and b"parity" not in data:
        return None
    document = Document.parsed(data, _shown(path))
    if own:
        if "tool" in document.data:
            hint = f"in {OWN} the keys of [tool.parity] stand at the top, without it"
            raise UsageError(f"{document.place(('tool',))}: tool: unknown key", hint)
        return Table(document, document.data)
    tool: Any = document.data.get("tool")
    stated: Any = tool.get("parity") if isinstance(tool, Mapping) else None
    if stated is None:
        return None
    return Table(document, document.data).table("tool").table("parity")


def _read(path: Path) -> bytes:
    from parity.profile.freeze import Broken
    from parity.profile.load import read

    try:
        return read(str(path), "policy", _MAX_BYTES)
    except Broken as broken:
        raise UsageError(f"cannot read the policy {safe(path)}: {broken.rule}") from None


def _resolved(directory: Path, word: str) -> str:
    """A target as it is named from the working directory: of one that is a file, the path."""
    from parity.targets import kinds
    from parity.targets._words import split

    if split(word, kinds()).kind != "file" or word == "-":
        return word
    return _shown(directory / word)


def _shown(path: Path) -> str:
    """The path as one would name it from the working directory."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("../../..") else relative
