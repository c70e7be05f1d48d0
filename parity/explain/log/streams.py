"""The programs whose lines stand in a log, and the streams in which each of them writes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from parity.explain.log.block import Block
from parity.explain.log.prefix import Peeled
from parity.explain.log.record import Level
from parity.explain.log.tally import Entry
from parity.explain.log.traceback import Numbered


class Heading(NamedTuple):
    """A line that stands outside a traceback and may lead to one."""

    number: int
    message: str
    level: Level | None
    failure: Hashable | None
    """The identity of the failure that was made of it."""


@dataclass(slots=True)
class Source:
    """One program of the log."""

    before: dict[str, Numbered] = field(default_factory=dict)
    after: Entry | None = None
    """The failure beside which lines that follow are told, until `until`."""
    until: int = 0
    failed: tuple[int, Entry] | None = None
    """The last failure that no answer was found for yet, and where it stands."""
    answered: tuple[int, str] | None = None
    """The last 5xx that no failure was found for yet."""


@dataclass(slots=True)
class Stream:
    """One order of lines."""

    source: Source
    block: Block | None = None
    time: str | None = None
    """Of the block's first line."""
    level: Level | None = None
    """Of the record that led to the block."""
    led: Heading | None = None
    """What `heading` was when the block began."""
    part: tuple[int, Peeled] | None = None
    """The beginning of a line that goes on, and its number."""
    heading: Heading | None = None
    """The last line that stood outside a block."""
