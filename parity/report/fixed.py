"""What a renderer of a fix is given. Frozen values; exit codes and streams are the command's business."""

from __future__ import annotations

from dataclasses import dataclass

from parity.fix.model import Fix
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fix of one comparison, and where its files were written."""

    local: Profile
    production: Profile
    fix: Fix
    left: int
    """Findings that nobody asked about: of no known consequence, or none of the causes."""
    unread: str | None = None
    """Why no repository was read, in a few words."""
    directory: str | None = None
    """Where the files were written; None where they are only shown."""
