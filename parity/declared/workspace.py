"""The lock of a uv workspace that a repository's directory is a member of: it stands in a directory above."""

from __future__ import annotations

import os
from pathlib import Path

from parity.declared.text import decoded

MAX_LOCK = 4 << 20
_LEVELS = 8


def lock_above(root: Path) -> tuple[str, str, str] | None:
    """(text, name, directory of the member in it) of the nearest uv.lock above, within the same git repository."""
    root = root.resolve()
    place = root
    for up in range(1, _LEVELS + 1):
        if (place / ".git").exists() or place.parent == place:
            return None
        place = place.parent
        text = _read(place / "uv.lock")
        if text is not None:
            return text, "../" * up + "uv.lock", root.relative_to(place).as_posix()
    return None


def _read(path: Path) -> str | None:
    try:
        # Neither a link nor a FIFO is a lock; the second would wait for a writer for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        try:
            data = file.read(MAX_LOCK + 1)
        except OSError:
            return None
    try:
        return decoded(data) if len(data) <= MAX_LOCK else None
    except ValueError:
        return None
