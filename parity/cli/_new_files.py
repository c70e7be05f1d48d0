"""New files into a directory: never over one that is there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parity.errors import OutputError
from parity.text import safe

if TYPE_CHECKING:
    from parity.fix.model import File


def check_new(directory: str) -> None:
    """Raise OutputError where the directory can hold no new files, before any work is done for it."""
    path = Path(directory)
    if path.exists() and not path.is_dir():
        raise OutputError(f"cannot write into {safe(directory)}: it is no directory")


def write_new(directory: str, files: Sequence[File]) -> None:
    """Write them all, or none where one of them is there already. Raises OutputError."""
    from parity.output import as_it_is, write

    path = Path(directory)
    for one in files:
        if os.path.lexists(path / one.name):
            raise OutputError(
                f"cannot write {safe(path / one.name)}: it is there already", "name a directory without it"
            )
    try:
        path.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make {safe(directory)}: {error.strerror}") from None
    for one in files:
        write(path / one.name, one.text, mode=0o755 if one.executable else 0o644, disarm=as_it_is)
