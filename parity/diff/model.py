"""What a diff is made of. Frozen values; `None` on a side of a difference means "not there"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from parity.profile.model import Field, Item, Status


class Kind(str, Enum):
    """How an item differs. What works locally must be found in production, so the order matters."""

    MISSING = "missing"
    """Local has it, production does not."""
    EXTRA = "extra"
    """Production has it, local does not."""
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """One side has it, the other could not look: neither the same nor different."""


class Side(str, Enum):
    """Where something was, or was not, seen."""

    LOCAL = "local"
    PRODUCTION = "production"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Change:
    """How production's version stands to the local one, told by the versions' own scheme."""

    direction: Literal["older", "newer"]
    part: Literal["major", "minor", "patch", "other"]
    """The first part that differs; "other" is what stands after the third number, or no number at all."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One compared field of an item that both sides have, and have differently."""

    name: str
    local: Field
    production: Field
    change: Change | None = None
    """For a version; None when the field is none, or does not parse on a side."""
    missing: tuple[str, ...] = ()
    """Members of a list that only the local side has."""
    extra: tuple[str, ...] = ()
    """Members of a list that only production has."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that is not the same on both sides."""

    section: str
    key: str
    kind: Kind
    local: Item
    production: Item
    fields: tuple[FieldDifference, ...] = ()
    """For items that are objects on both sides: the compared fields that differ."""
    change: Change | None = None
    """For items that are versions themselves."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What could not be compared, and why: a whole section, or one key of it."""

    section: str
    key: str | None
    """None: every key of the section."""
    side: Side
    """The side that could not look."""
    status: str
    """A status of the profile, or "incomparable" where both looked at things that do not match up."""
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A section that both sides looked at."""

    section: str
    local: Status
    production: Status
    keys: int
    """How many keys were looked at, over both sides, those left out that one side could not tell of. Zero is no
    proof of parity."""
    known: bool = True
    """Whether this version has a collector for it; without one, everything in it compares exactly."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A section that nobody asked for, on one side or on both."""

    section: str
    side: Side
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything one diff found. All tuples are sorted, so equal inputs give equal values."""

    differences: tuple[Difference, ...]
    unknown: tuple[Unknown, ...]
    compared: tuple[Compared, ...]
    skipped: tuple[Skipped, ...]
