"""What a target is: a place that yields a Profile.

Each file of parity/targets whose name has no underscore is one kind of target and is found by that. It
declares

    SUMMARY   one line for a list of the kinds
    EXAMPLE   a word of this kind
    OPTIONS   names of its own that may stand in its query: docker://web?user=1000
    parse(reference, options) -> Target     raises TargetError before any process starts
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from parity.profile import Profile, Section
    from parity.snapshot.request import Progress, Request


class Target(Protocol):
    """A place an environment can be read from."""

    @property
    def kind(self) -> str: ...

    @property
    def reference(self) -> str:
        """The name within its kind, without credentials."""
        ...

    def profile(self, request: Request, progress: Progress) -> Profile:
        """Read it. Raises Unreachable when it cannot be reached, Incomplete when the answer was cut off."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a live target gave, before it becomes a profile."""

    sections: Mapping[str, Section]
    identity: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds that each section took."""
    serving: Mapping[str, Any] = field(default_factory=dict)
    """The process that was looked at, as the probe tells: pid, uid, gid, refused, interpreter, note."""

    def with_note(self, section: str, note: str) -> Reading:
        """The same reading, with one more sentence for a person beside a section that was read."""
        before = self.sections.get(section)
        if before is None or note in before.notes:
            return self
        noted = replace(before, notes=tuple(sorted((*before.notes, note))))
        return replace(self, sections={**self.sections, section: noted})
