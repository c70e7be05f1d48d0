"""Where a profile that holds fingerprints is not written by accident: a git work tree, from which it is soon pushed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from parity.errors import UsageError
from parity.text import safe

_HINT = "write it elsewhere with -o, or add --force if all who can read that repository may have it"


def refuse(output: str) -> None:
    """Raise UsageError where `output`, a file, a directory or - for standard output, is in a git work tree."""
    place = _redirected() if output in ("-", "/dev/stdout") else Path(output).resolve()
    tree = None if place is None else _around(place)
    if tree is not None:
        shown = "standard output" if output in ("-", "/dev/stdout") else safe(output)
        rule = (
            f"{shown} leads into the git work tree {safe(tree)}, and a profile with fingerprints of values is sensitive"
        )
        raise UsageError(rule, hint=_HINT)


def _around(place: Path) -> Path | None:
    # A directory in a repository, a file in a worktree or a submodule.
    return next((one for one in (place, *place.parents) if os.path.lexists(one / ".git")), None)


def _redirected() -> Path | None:
    """The file that standard output is redirected to; None where it is no file, or that cannot be told."""
    try:
        if sys.stdout is not None and stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
            return Path(f"/proc/self/fd/{sys.stdout.fileno()}").readlink()
    except (OSError, ValueError):
        pass
    return None
