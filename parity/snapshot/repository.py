"""Which repository a comparison is about, when nobody names one."""

from __future__ import annotations

from pathlib import Path

MARKS = (".git", "pyproject.toml")
_LEVELS = 32


def around(directory: Path) -> Path | None:
    """The nearest directory upwards that holds a repository or a project; None where there is none.

    A home directory and the root of a file system are none, whatever they hold: reading all that lies below a home
    because its dotfiles are under version control is not what anybody asked for.
    """
    never = {Path.home(), Path(directory.anchor)}
    for place in (directory, *directory.parents)[:_LEVELS]:
        if place not in never and any((place / mark).exists() for mark in MARKS):
            return place
    return None
