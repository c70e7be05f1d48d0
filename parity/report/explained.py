"""What a renderer of an explanation is given. Frozen values; exit codes and streams are the command's business."""

from __future__ import annotations

from dataclasses import dataclass

from parity.diff.model import Comparison
from parity.explain.categories import Command
from parity.explain.model import Explanation, Log
from parity.explain.reach import Reach
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer to every failure of a log, or to a comparison without one."""

    local: Profile
    production: Profile
    comparison: Comparison
    declared: Profile | None
    unread: str | None
    """Why no repository was read, in a few words."""
    log: Log | None
    """None where there is none: then the differences are ranked by themselves."""
    unlogged: str | None
    """Why there is no log, in a few words."""
    explanations: tuple[Explanation, ...]
    """As `parity.explain.answer.explain` gives them: never empty, the weightiest failure first."""
    reach: tuple[Reach | None, ...]
    """How far each of them reaches; None without a failure."""
    first_commands: tuple[Command, ...]
    """What to run first for the first of them."""
