"""What a profile is made of. Frozen values without behaviour that does I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

Scalar: TypeAlias = "str | int | float | bool | None"
Field: TypeAlias = "Scalar | tuple[str, ...]"
"""A field of an object item: a scalar, or a sorted list of strings."""
Item: TypeAlias = "Scalar | Mapping[str, Field]"

SCHEMA = "1.0.1"
"""MODEL.REVISION.ADDITION: an unknown MODEL is refused, the others are read."""


def _nothing() -> Mapping[str, Item]:
    return MappingProxyType({})


class Status(str, Enum):
    """How a look at a section ended. Could not look is never "there is none"."""

    OK = "ok"
    """We looked, this is all."""
    PARTIAL = "partial"
    """We looked, some of it was refused: `hidden` names the keys, `reason` says why."""
    ABSENT = "absent"
    """We looked, there is none: compares as empty."""
    UNAVAILABLE = "unavailable"
    """We could not look: every key is unknown."""
    SKIPPED = "skipped"
    """Nobody asked: not compared."""

    @property
    def looked(self) -> bool:
        """Whether what the section holds can be compared."""
        return self in (Status.OK, Status.PARTIAL, Status.ABSENT)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a profile."""

    status: Status
    reason: str | None = None
    items: Mapping[str, Item] = field(default_factory=_nothing)
    volatile: Mapping[str, Item] = field(default_factory=_nothing)
    """Facts that change by themselves: shown and explained with, never compared."""
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Patterns (fnmatch) over keys that may exist and could not be seen; only when partial."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a profile was taken: a kind of target and a reference without credentials."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One environment at one time."""

    name: str
    captured_at: str
    """UTC, RFC 3339, whole seconds: 2026-03-01T12:00:00Z."""
    target: Source
    sections: Mapping[str, Section]
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What this environment is an instance of: image digest, git commit, deploy id; only what is known."""
    tool: str = ""
    """"parity VERSION" that took it."""
    schema: str = SCHEMA
    sensitive: bool = False
    """Whether it holds fingerprints of values: whoever has their key can try values against them."""
    timings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)
    """Seconds that each section took to read, and under "" all that the probe did. No part of the document."""
