"""Where the files of a comparison lie in the checkout around them, for reports that are shown beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parity.cli._declared import Place
    from parity.report.base import Places


def places(sides: tuple[str, str], repository: Place) -> Places:
    """The places of (local, production) and of the repository that is read, from the checkout's root."""
    from parity.report.base import Places

    root = _root(Path.cwd())
    directory = None if repository.directory is None else _within(repository.directory, root)
    return Places("" if directory in {None, "."} else str(directory), *(_file(word, root) for word in sides))


def _root(directory: Path) -> Path:
    """The nearest directory upwards that is under version control, else the directory itself."""
    return next((place for place in (directory, *directory.parents) if (place / ".git").exists()), directory)


def _file(word: str, root: Path) -> str | None:
    """The file that a word for a target names; None for any other kind of target."""
    return _within(Path(word), root) if Path(word).is_file() else None


def _within(path: Path, root: Path) -> str | None:
    # Not resolved: a link's own place is the one that the checkout shows.
    relative = os.path.relpath(Path.cwd() / path, root).replace(os.sep, "/")
    return None if relative == ".." or relative.startswith("../") else relative
