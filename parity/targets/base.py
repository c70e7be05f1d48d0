"""What a target is: a place that yields a Profile.

Each file of this directory that defines `KIND` is one kind of target and is found by that; it declares

    KIND      the scheme of its words: "docker" for docker://NAME
    SUMMARY   one line for `parity targets`
    EXAMPLE   a word of this kind
    OPTIONS   names that may stand in its query: docker://web?path=/data
    parse(reference, options) -> Target     raises TargetError before any process starts
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from parity.profile import Profile, Section
    from parity.targets.request import Progress, Request


class Target(Protocol):
    """A place an environment can be read from."""

    @property
    def kind(self) -> str: ...

    @property
    def reference(self) -> str:
        """The name within its kind, without credentials."""
        ...

    def profile(self, request: Request, progress: Progress) -> Profile:
        """Read it. Raises Unreachable when the target cannot be reached, Incomplete when cut off."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a live target gave, before it becomes a profile."""

    sections: Mapping[str, Section]
    identity: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds each section took, for `--timings`."""
    serving: Mapping[str, Any] = field(default_factory=dict)
    """The process that was looked at, as the probe answers it: pid, uid, gid, refused, interpreter, note."""
